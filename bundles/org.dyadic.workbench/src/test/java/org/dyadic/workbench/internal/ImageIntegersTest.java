package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.simulators.cycle.CycleSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What simulators compute with, and how they are held to it. */
class ImageIntegersTest {

    private final Bench bench = new Bench();

    ImageIntegersTest() {
        bench.policies = List.of(bench.policy("Four", bench.rule("uniform", "uniform")));
        bench.install("simulator", "cycle", new CycleSimulator(), Simulator.class);
    }

    private Outcome run(String simulator) {
        var plain = bench.experiment();
        var experiment =
                new Experiment(
                        plain.name(),
                        plain.network(),
                        plain.dataset(),
                        plain.policies(),
                        plain.accelerators().subList(0, 1),
                        Optional.of(new SimulatorUse(simulator, Bench.HERE)),
                        plain.expectations(),
                        plain.file(),
                        plain.at());
        return bench.workbench.run(experiment, 1, Progress.silent()).outcomes().get(0);
    }

    private static HardwareResult hardware(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Completed.class);
        return ((Outcome.Completed) outcome).hardware().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"output-stationary", "weight-stationary", "input-stationary"})
    void steppedSumsAreThoseOfExecution(String dataflow) {
        for (int bits : new int[] {8, 32, 40}) {
            for (String overflow : List.of("wrap", "saturate")) {
                bench.accelerators =
                        List.of(
                                bench.accelerator(
                                        "Array",
                                        "systolic",
                                        Setting.of("array", new Value.Extent(3, 2)),
                                        Setting.of("dataflow", new Value.Word(dataflow)),
                                        Setting.of("overflow", new Value.Word(overflow)),
                                        Setting.of(
                                                "accumulator",
                                                new Value.Number(Quantity.of(bits, Unit.ONE)))));
                var result = hardware(run("cycle"));
                assertThat(result.latency().source())
                        .endsWith(
                                "its sums equal to execution's in 2 of 2 layers for the first"
                                        + " image");
                assertThat(result.attachments())
                        .extracting(file -> file.file())
                        .containsExactly("layers.csv", "utilisation.csv", "trace.json");
                assertThat(result.layers()).allMatch(layer -> layer.estimate().witness().isEmpty());
            }
        }
    }

    @Test
    void aSumThatDiffersIsNamed() {
        bench.install(
                "simulator",
                "sloppy",
                new Changed(
                        sums -> {
                            if (sums.length == 36 * 3) {
                                sums[7]++; // row 2, column 1
                            }
                            return sums;
                        }),
                Simulator.class);

        assertThat(run("sloppy"))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken -> {
                            assertThat(broken.plugin()).contains("simulator sloppy");
                            assertThat(broken.reason())
                                    .matches(
                                            "layer conv: group 0, row 2, column 1: its sum is"
                                                    + " -?\\d+, and that of execution -?\\d+");
                        });
    }

    @Test
    void sumsThatAreMissingAreNamed() {
        bench.install(
                "simulator", "lazy", new Changed(sums -> new long[] {sums[0]}), Simulator.class);

        assertThat(run("lazy"))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken ->
                                assertThat(broken.reason())
                                        .isEqualTo(
                                                "layer conv: it gives 1 sums of group 0, and there"
                                                        + " are 36 x 3"));
    }

    @Test
    void withoutImagesOrTrainingThereAreNoIntegers() {
        bench.withDataset = false;
        assertThat(hardware(run("cycle")).latency().source()).doesNotContain("execution");

        bench.network = Bench.network(false);
        assertThat(hardware(run("cycle")).attachments())
                .filteredOn(file -> file.file().equals("layers.csv"))
                .allMatch(file -> file.text().contains("none: untrained or no data set"));
    }

    @Test
    void sumsOfNoIntegersAreInvented() {
        bench.withDataset = false;
        bench.install(
                "simulator",
                "inventor",
                new Changed(
                        sums -> sums,
                        Optional.of(new Witness(List.of(new long[1]), 1, 1, new long[1]))),
                Simulator.class);

        assertThat(run("inventor"))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken -> assertThat(broken.reason()).contains("nobody gave it"));
    }

    /** The cycle simulator with other sums. */
    private record Changed(UnaryOperator<long[]> change, Optional<Witness> invented)
            implements Simulator {

        Changed(UnaryOperator<long[]> change) {
            this(change, Optional.empty());
        }

        @Override
        public ParameterSpec parameters() {
            return ParameterSpec.of("wrong");
        }

        @Override
        public Fidelity bid(Machine machine) {
            return new Fidelity.Supported(1);
        }

        @Override
        public Estimate estimate(Machine machine, Workload layer) {
            var right = new CycleSimulator().estimate(machine, layer);
            return new Estimate(
                    right.cycles(),
                    right.stalls(),
                    right.utilisation(),
                    right.activity(),
                    right.kind(),
                    invented.or(
                            () ->
                                    right.witness()
                                            .map(witness -> changed(machine, layer, witness))));
        }

        private Witness changed(Machine machine, Workload layer, Witness witness) {
            var sums = new ArrayList<long[]>();
            for (int group = 0; group < layer.groups(); group++) {
                sums.add(change.apply(witness.sums(group)));
            }
            return new Witness(
                    sums,
                    machine.rows(),
                    machine.columns(),
                    new long[machine.rows() * machine.columns()]);
        }
    }
}
