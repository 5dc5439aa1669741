package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.Share;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.workbench.report.JsonReport;
import org.junit.jupiter.api.Test;

/** What figures are made of: uses, leakage, the clock, and the prices and constants behind them. */
class PricingTest {

    private final Bench bench = new Bench();
    private final PolicyUse four = bench.policies.get(1);

    private Results run(Setting... settings) {
        return run(List.of(four), settings);
    }

    private Results run(List<PolicyUse> policies, Setting... settings) {
        bench.policies = policies;
        bench.accelerators = List.of(bench.accelerator("Ints", "systolic", settings));
        return bench.workbench.run(bench.experiment(), 1, Progress.silent());
    }

    private static HardwareResult hardware(Results results) {
        return ((Outcome.Completed) results.outcomes().get(0)).hardware().orElseThrow();
    }

    private static Setting setting(String name, double value, Unit unit) {
        return Setting.of(name, new Value.Number(Quantity.of(value, unit)));
    }

    private static double leakage(HardwareResult hardware) {
        return hardware.layers().stream()
                .flatMap(layer -> layer.energy().stream())
                .filter(share -> share.purpose().equals(Share.LEAKAGE))
                .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                .sum();
    }

    @Test
    void leakageOfEveryPartTimesLatencyIsAShareOfEveryLayer() {
        var hardware = hardware(run());
        double watts =
                hardware.areaShares().stream()
                        .mapToDouble(
                                share ->
                                        share.count()
                                                * share.price()
                                                        .map(Price::leakage)
                                                        .orElseThrow()
                                                        .in(Unit.WATT))
                        .sum();
        double joules = watts * hardware.latency().quantity().in(Unit.SECOND);
        assertThat(leakage(hardware)).isPositive().isCloseTo(joules, within(1e-9 * joules));
        assertThat(hardware.layers())
                .allSatisfy(
                        layer ->
                                assertThat(layer.energy())
                                        .extracting(Share::purpose)
                                        .containsOnlyOnce(Share.LEAKAGE));
    }

    @Test
    void fastTransistorsLeakThousandsOfTimesMore() {
        var fast = Setting.of("transistors", new Value.Word("high-performance"));
        assertThat(leakage(hardware(run(fast)))).isGreaterThan(1000 * leakage(hardware(run())));
    }

    @Test
    void everyShareIsACountTimesAPrice() {
        var hardware = hardware(run());
        for (var share : hardware.areaShares()) {
            double one = share.price().orElseThrow().area().in(Unit.SQUARE_MILLIMETRE);
            assertThat(share.figure().quantity().in(Unit.SQUARE_MILLIMETRE))
                    .isEqualTo(share.count() * one);
        }
        hardware.layers().stream()
                .flatMap(layer -> layer.energy().stream())
                .filter(share -> share.price().isPresent())
                .forEach(
                        share ->
                                assertThat(share.figure().quantity().in(Unit.JOULE))
                                        .isEqualTo(
                                                share.count()
                                                        * share.price()
                                                                .get()
                                                                .energy()
                                                                .in(Unit.JOULE)));
    }

    @Test
    void aClockThatTheElementsDoNotReachIsToldOnceAndNoOther() {
        assertThat(run().diagnostics()).isEmpty();
        var results = run(List.of(four, four), setting("clock", 2, Unit.GIGAHERTZ));
        assertThat(results.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.CLOCK_TOO_FAST);
        var clock = hardware(results).clock().orElseThrow();
        assertThat(clock.reached()).isFalse();
        assertThat(results.diagnostics().get(0).message())
                .contains("Ints: the clock of 2 GHz is faster than its elements")
                .contains(Math.round(clock.fastest().quantity().in(Unit.MEGAHERTZ)) + " MHz");
        // the same elements at half of what they reach
        double half = clock.fastest().quantity().in(Unit.MEGAHERTZ) / 2;
        assertThat(run(setting("clock", half, Unit.MEGAHERTZ)).diagnostics()).isEmpty();
    }

    @Test
    void whatHasNoPriceAnywhereIsToldWithTheNodesThatHave() {
        bench.install(
                "backend",
                "mesh",
                new Meshed(bench.catalog.backend("systolic").orElseThrow()),
                Backend.class);
        bench.policies = List.of(four);
        bench.accelerators = List.of(bench.accelerator("Mesh", "mesh"));
        var outcome = bench.workbench.run(bench.experiment(), 1, Progress.silent()).outcomes();
        assertThat(((Outcome.Broken) outcome.get(0)).reason())
                .contains(
                        "none of the 1 installed prices a photonic mesh of size 8 in 45 nm at 0.9 V")
                .contains("there are constants for 7, 10, 14, 16, 20, 32, 45, 65, 90, 130 nm")
                .contains("0.6 to 1.3 V");
    }

    /** A backend whose chip has a part that nobody prices. */
    private record Meshed(Backend inner) implements Backend {
        @Override
        public ParameterSpec parameters() {
            return inner.parameters();
        }

        @Override
        public Machine build(Settings settings) {
            var machine = inner.build(settings);
            var bill = new ArrayList<>(machine.bill());
            bill.add(new BillItem("mesh", new Component.Special("photonic mesh", 8), 1));
            return new Machine(
                    machine.rows(),
                    machine.columns(),
                    machine.dataflow(),
                    machine.clock(),
                    machine.technology(),
                    machine.buffers(),
                    machine.offChip(),
                    machine.datapath(),
                    machine.element(),
                    machine.requantizer(),
                    bill);
        }

        @Override
        public Verdict judge(Operands operands, Settings settings) {
            return inner.judge(operands, settings);
        }
    }

    @Test
    void resultsHoldEachPriceOnceAndEveryConstantThatOneNames() {
        var outcome =
                JsonParser.parseString(JsonReport.json(run()))
                        .getAsJsonObject()
                        .getAsJsonArray("outcomes")
                        .get(0)
                        .getAsJsonObject();
        var costs = outcome.getAsJsonObject("costs");
        var names = new TreeSet<String>();
        costs.getAsJsonArray("constants")
                .forEach(one -> names.add(one.getAsJsonObject().get("name").getAsString()));
        var used = new TreeSet<String>();
        var components = new TreeSet<String>();
        for (var price : costs.getAsJsonArray("prices")) {
            assertThat(components.add(price.getAsJsonObject().get("component").getAsString()))
                    .isTrue();
            addNames(price.getAsJsonObject(), used);
        }
        addNames(outcome.getAsJsonObject("clock"), used);
        assertThat(used).isNotEmpty().isEqualTo(names);
        assertThat(names).contains("factor.area", "energy.multiplier.bit-pair", "dram.lpddr4");
        outcome.getAsJsonObject("area")
                .getAsJsonArray("shares")
                .forEach(
                        share ->
                                assertThat(components)
                                        .contains(
                                                share.getAsJsonObject()
                                                        .get("component")
                                                        .getAsString()));
    }

    private static void addNames(JsonObject from, TreeSet<String> names) {
        from.getAsJsonArray("constants").forEach(name -> names.add(name.getAsString()));
    }
}
