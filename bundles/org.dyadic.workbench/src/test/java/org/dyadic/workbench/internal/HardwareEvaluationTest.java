package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Progress;
import org.dyadic.backends.SystolicArray;
import org.dyadic.simulators.AnalyticSimulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HardwareEvaluationTest {

    private final Bench bench = new Bench();
    private final List<String> judged = Collections.synchronizedList(new ArrayList<>());
    private final List<Workload> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private boolean computes;

    /** Three layers alike, and one of another shape. */
    @BeforeEach
    void layersAlike() {
        var nodes = new ArrayList<Node>();
        nodes.add(new Node("image", new Operation.Input(), List.of(), Shape.of(1, 6, 6)));
        nodes.add(new Node("flat", new Operation.Reshape(), List.of(0), Shape.of(36)));
        dense(nodes, "one", 36);
        dense(nodes, "two", 36);
        dense(nodes, "three", 36);
        dense(nodes, "last", 4);
        bench.network = new Network("net", nodes, nodes.size() - 1, true, Map.of());
        bench.policies = List.of(bench.policy("Four", bench.rule("uniform", "uniform")));
        bench.install("backend", "counting", new CountingBackend(), Backend.class);
        bench.install("simulator", "counting", new CountingSimulator(), Simulator.class);
        bench.accelerators = List.of(bench.accelerator("Ints", "counting"));
    }

    private static void dense(List<Node> nodes, String name, int outputs) {
        var random = new SplittableRandom(nodes.size());
        var values = new float[outputs * 36];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        nodes.add(
                new Node(
                        name,
                        new Operation.Dense(
                                Tensor.of(Shape.of(outputs, 36), values), Optional.empty()),
                        List.of(nodes.size() - 1),
                        Shape.of(outputs)));
    }

    private HardwareResult result() {
        var results =
                bench.workbench.run(
                        bench.experiment(),
                        1,
                        new Progress() {
                            @Override
                            public void advance(String stage, long done, long total, String unit) {
                                told.add(stage + " " + done + " of " + total + " " + unit);
                            }

                            @Override
                            public boolean cancelled() {
                                return false;
                            }
                        });
        return ((Outcome.Completed) results.outcomes().get(0)).hardware().orElseThrow();
    }

    @Test
    void layersThatDifferInNameAloneAreOneQuestion() {
        var layers = result().layers();
        assertThat(asked.stream().map(layer -> layer.named(""))).doesNotHaveDuplicates();
        assertThat(asked).hasSize(2);
        assertThat(layers)
                .extracting(layer -> layer.name())
                .containsExactly("one", "two", "three", "last");
        assertThat(layers.get(1).estimate()).isEqualTo(layers.get(0).estimate());
        assertThat(layers.get(3).estimate()).isNotEqualTo(layers.get(0).estimate());
    }

    @Test
    void whoComputesIsAskedOfEveryLayerWithItsIntegers() {
        computes = true;
        result();
        assertThat(asked).hasSize(4).allMatch(layer -> layer.integers().isPresent());
    }

    @Test
    void whoDoesNotComputeGetsNoIntegers() {
        result();
        assertThat(asked).isNotEmpty().allMatch(layer -> layer.integers().isEmpty());
    }

    @Test
    void everyLayerIsJudgedOnce() {
        result();
        assertThat(judged).containsExactly("one", "two", "three", "last");
    }

    @Test
    void theUserHearsHowManyLayersAreDone() {
        result();
        assertThat(told)
                .contains(
                        "Four on Ints: simulate 0 of 4 layers",
                        "Four on Ints: simulate 4 of 4 layers");
    }

    private final class CountingBackend implements Backend {
        private final Backend systolic = new SystolicArray();

        @Override
        public ParameterSpec parameters() {
            return systolic.parameters();
        }

        @Override
        public Machine build(Settings settings) {
            return systolic.build(settings);
        }

        @Override
        public Verdict judge(Operands operands, Settings settings) {
            judged.add(operands.layer());
            return systolic.judge(operands, settings);
        }
    }

    private final class CountingSimulator implements Simulator {
        private final Simulator analytic = new AnalyticSimulator();

        @Override
        public ParameterSpec parameters() {
            return analytic.parameters();
        }

        @Override
        public Fidelity bid(Machine machine) {
            return new Fidelity.Supported(1e-9);
        }

        @Override
        public boolean computes() {
            return computes;
        }

        @Override
        public Estimate estimate(Machine machine, Workload layer) {
            asked.add(layer);
            return analytic.estimate(machine, layer);
        }
    }
}
