package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.QuantizedLayer;
import org.dyadic.kernels.Kernels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayersAloneTest {

    private final Bench bench = new Bench();

    private PolicyUse policy(String layers) {
        return bench.policy(
                "P",
                new Rule(
                        List.of(new Selector.Named(layers)),
                        Optional.of(bench.quantizer("uniform")),
                        Optional.of(bench.quantizer("upot")),
                        Bench.HERE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conv", "dense"})
    void aLayerAloneIsWhatTheWholeNetworkMakesOfItWithAllOthersInFloat(String name) {
        bench.policies = List.of(policy("*"), policy(name));
        var preparation = new Preparation(bench.catalog, bench.experiment());
        var quantizing = new Quantizing(preparation, Kernels.scalar(), 1);
        var every = bench.policies.get(0);
        var one = bench.policies.get(1);

        var slow = quantizing.quantize(one, preparation.rules().resolve(one), Progress.silent());
        var alone = new TreeMap<Integer, QuantizedLayer>();
        new LayersAlone(
                        preparation.folded(),
                        every,
                        quantizing,
                        Kernels.scalar(),
                        Progress.silent())
                .each(
                        preparation.rules().resolve(every),
                        quantizing.images(every, Progress.silent()),
                        (layer, quantized) -> alone.put(layer, quantized.get()));

        assertThat(alone).hasSize(2);
        int index = name.equals("conv") ? alone.firstKey() : alone.lastKey();
        assertThat(preparation.folded().node(index).name()).isEqualTo(name);
        var fast = alone.get(index);
        assertThat(fast.weights()).isEqualTo(slow.layer(index).weights());
        assertThat(fast.activations()).isEqualTo(slow.layer(index).activations());
        assertThat(fast.bias()).isEqualTo(slow.layer(index).bias());
        assertThat(fast.held().values().toArray())
                .isEqualTo(slow.layer(index).held().values().toArray());
        assertThat(fast.activationsSeen().all().power())
                .isEqualTo(slow.layer(index).activationsSeen().all().power());
    }
}
