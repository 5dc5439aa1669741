package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.SimulatorUse;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.Share;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Switching;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.backends.SystolicArray;
import org.dyadic.simulators.cycle.CycleSimulator;
import org.dyadic.workbench.report.JsonReport;
import org.junit.jupiter.api.Test;

/** Energy goes with the bits that toggle, where a simulator counted them. */
class TogglesTest {

    private static final Workload LAYER =
            new Workload("layer", 64, 8, 16, 1, 8, 8, 8, 64 * 16, 64 * 8, 1);

    private final Bench bench = new Bench();
    private final CycleSimulator simulator = new CycleSimulator();

    private Machine machine(Dataflow dataflow) {
        var use =
                bench.accelerator(
                        "Array",
                        "systolic",
                        Setting.of("array", new Value.Extent(8, 8)),
                        Setting.of("dataflow", new Value.Word(dataflow.id())));
        return new SystolicArray().build(use.settings());
    }

    private record Levels(int[] weights, int[] activations) implements Integers {

        static Levels random(int live) {
            var random = new SplittableRandom(3);
            return new Levels(
                    random.ints(8 * 16, -128, 128).toArray(),
                    random.ints(64 * 16, -128, 128)
                            .map(level -> random.nextInt(100) < live ? level : 0)
                            .toArray());
        }

        @Override
        public int[] weights(int group) {
            return weights.clone();
        }

        @Override
        public int[] activations(int group) {
            return activations.clone();
        }
    }

    private static double joules(List<Share> shares, String purpose) {
        return shares.stream()
                .filter(share -> share.purpose().equals(purpose))
                .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                .sum();
    }

    private List<Share> energy(Machine machine, Integers integers) {
        return new Pricing(bench.catalog, machine)
                .energy(simulator.estimate(machine, LAYER.on(integers)));
    }

    @Test
    void zerosCostLessThanRandomBitsAndNothingButZerosLeast() {
        var machine = machine(Dataflow.WEIGHT_STATIONARY);
        var random = energy(machine, Levels.random(100));
        var half = energy(machine, Levels.random(50));
        var none = energy(machine, Levels.random(0));
        for (String part : List.of("multipliers", "adders")) {
            assertThat(joules(half, part)).isPositive().isLessThan(0.9 * joules(random, part));
            assertThat(joules(none, part)).isZero();
        }
        // the clock of a register does not stop, and buffers are read
        for (String part : List.of("registers", "weight buffer", "activation buffer")) {
            assertThat(joules(none, part)).isPositive().isEqualTo(joules(random, part));
        }
    }

    @Test
    void randomBitsCostWhatThePricesAssume() {
        for (var dataflow : Dataflow.SYSTOLIC) {
            var machine = machine(dataflow);
            var pricing = new Pricing(bench.catalog, machine);
            double priced = joules(pricing.energy(simulator.estimate(machine, LAYER)), "adders");
            assertThat(joules(energy(machine, Levels.random(100)), "adders"))
                    .isCloseTo(priced, within(0.05 * priced));
        }
    }

    @Test
    void theShareOfTogglesThatPricesAssumeCostsExactlyThePrice() {
        var machine = machine(Dataflow.OUTPUT_STATIONARY);
        var plain = simulator.estimate(machine, LAYER);
        var pricing = new Pricing(bench.catalog, machine);
        for (double toggles : new double[] {0.5, 0.25, 1}) {
            var seen =
                    new Witness(
                            List.of(), 8, 8, new long[64], Optional.of(new Switching(0, toggles)));
            var counted =
                    pricing.energy(
                            new Estimate(
                                    plain.cycles(),
                                    plain.stalls(),
                                    plain.utilisation(),
                                    plain.activity(),
                                    plain.kind(),
                                    Optional.of(seen)));
            for (var share : counted) {
                double price = joules(pricing.energy(plain), share.purpose());
                boolean goes = List.of("multipliers", "adders").contains(share.purpose());
                assertThat(share.figure().quantity().in(Unit.JOULE))
                        .as(share.purpose())
                        .isEqualTo(goes ? price * (toggles / 0.5) : price);
                assertThat(share.figure().kind()).isEqualTo(Kind.MODELLED);
            }
        }
    }

    private HardwareResult hardware(Results results) {
        return ((Outcome.Completed) results.outcomes().get(0)).hardware().orElseThrow();
    }

    private Results run(String simulator) {
        bench.install("simulator", "cycle", new CycleSimulator(), Simulator.class);
        bench.policies = List.of(bench.policy("Four", bench.rule("uniform", "uniform")));
        bench.accelerators = List.of(bench.accelerator("Ints", "systolic"));
        var plain = bench.experiment();
        return bench.workbench.run(
                new Experiment(
                        plain.name(),
                        plain.network(),
                        plain.dataset(),
                        plain.policies(),
                        plain.accelerators(),
                        Optional.of(new SimulatorUse(simulator, Bench.HERE)),
                        plain.expectations(),
                        plain.file(),
                        plain.at()),
                1,
                Progress.silent());
    }

    @Test
    void layersAddUpToTheTotalWithWhatWasCountedInEach() {
        var hardware = hardware(run("cycle"));
        double sum = 0;
        for (var layer : hardware.layers()) {
            for (var share : layer.energy()) {
                sum += share.figure().quantity().in(Unit.JOULE);
            }
        }
        assertThat(hardware.energy().quantity().in(Unit.JOULE)).isCloseTo(sum, within(1e-12 * sum));
        var multipliers =
                hardware.layers().get(0).energy().stream()
                        .filter(share -> share.purpose().equals("multipliers"))
                        .findFirst()
                        .orElseThrow();
        double priced =
                multipliers.count() * multipliers.price().orElseThrow().energy().in(Unit.JOULE);
        assertThat(multipliers.figure().quantity().in(Unit.JOULE)).isNotEqualTo(priced);
        assertThat(multipliers.figure().source())
                .matches(".*for 0\\.5 of the bits toggling, of which 0\\.\\d{4} were counted");
    }

    @Test
    void aRunSaysWhetherTogglesWereCountedOrAssumed() {
        assertThat(hardware(run("cycle")).energy().source())
                .endsWith("the bits of the first image that toggle, where operands stream");
        assertThat(hardware(run("analytic")).energy().source())
                .endsWith("; operands toggle as the prices assume");
    }

    @Test
    void resultsTellWhatEachPriceIsFor() {
        var prices =
                JsonParser.parseString(JsonReport.json(run("cycle")))
                        .getAsJsonObject()
                        .getAsJsonArray("outcomes")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("costs")
                        .getAsJsonArray("prices");
        for (var one : prices) {
            var price = one.getAsJsonObject();
            boolean assumes = price.get("constants").toString().contains("\"energy.toggles\"");
            assertThat(price.has("toggles")).as(price.toString()).isEqualTo(assumes);
        }
        assertThat(prices.toString()).contains("\"toggles\":0.5");
    }
}
