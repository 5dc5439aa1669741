package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.OffChip;
import org.dyadic.api.network.Window;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** What every simulator must do. A test class implements this and inherits the tests. */
public interface SimulatorContract {

    Simulator simulator();

    /** The settings to try, as {@link BackendContract#settings()}. */
    default List<Settings> settings() {
        return Variations.of(simulator().parameters());
    }

    /** Machines to bid for: arrays of integer multipliers of every systolic dataflow. */
    default List<Machine> machines() {
        var all = new ArrayList<Machine>();
        for (var dataflow : Dataflow.SYSTOLIC) {
            all.add(machine(dataflow, 16, 16));
            all.add(machine(dataflow, 4, 8));
        }
        return all;
    }

    private static Machine machine(Dataflow dataflow, int rows, int columns) {
        var spec = Chassis.parameters("an array", dataflow);
        var datapath = Datapath.wide();
        return Chassis.of(spec.with(Setting.of("array", new Value.Extent(rows, columns))))
                .machine(
                        datapath,
                        List.of(new BillItem("multipliers", new Component.Multiplier(8, 9), 1)),
                        new Component.Requantize(datapath, 8, 0),
                        List.of());
    }

    /** Layers to estimate: a matrix, a convolution, one of groups, one of narrow codes. */
    default List<Workload> layers() {
        var matrix = new Workload("matrix", 1, 10, 64, 1, 8, 8, 8, 64, 10, 1);
        return List.of(
                matrix,
                new Workload("single", 1, 1, 1, 1, 8, 8, 8, 1, 1, 1),
                new Workload("convolution", 64, 40, 72, 1, 8, 8, 8, 512, 2560, 1)
                        .sliding(new Sliding(8, 8, 8, Window.square(3, 1, 1))),
                new Workload("depthwise", 64, 1, 9, 8, 8, 8, 8, 512, 512, 1)
                        .sliding(new Sliding(8, 8, 1, Window.square(3, 1, 1))),
                new Workload("narrow", 100, 20, 30, 1, 2, 4, 4, 3000, 2000, 1));
    }

    private void estimates(Simulator simulator, BiConsumer<Machine, Workload> each) {
        int asked = 0;
        for (var machine : machines()) {
            if (simulator.bid(machine) instanceof Fidelity.Supported) {
                for (var layer : layers()) {
                    if (simulator.refusal(machine, layer).isEmpty()) {
                        each.accept(machine, layer);
                        asked++;
                    }
                }
            }
        }
        assertThat(asked).as("layers that it estimates").isPositive();
    }

    /** All of an estimate that compares by value. */
    private static List<Object> values(Estimate estimate) {
        return List.of(
                estimate.cycles(),
                estimate.stalls(),
                estimate.utilisation(),
                estimate.activity(),
                estimate.kind());
    }

    @Test
    default void everyParameterHasADefaultAndALineOfDocumentation() {
        Documented.check(simulator().parameters());
    }

    @Test
    default void itBidsTheSameForEqualMachinesAndSaysWhyItDoesNot() {
        for (var machine : machines()) {
            var bid = simulator().bid(machine);
            assertThat(bid).isNotNull().isEqualTo(simulator().bid(machine));
            if (bid instanceof Fidelity.Unsupported no) {
                Documented.endOfASentence(no.reason(), "reason");
            }
            for (var layer : layers()) {
                simulator()
                        .refusal(machine, layer)
                        .ifPresent(no -> Documented.endOfASentence(no, "refusal"));
            }
        }
    }

    @Test
    default void equalQuestionsGetEqualAnswersFromAnyThread() throws Exception {
        var simulator = simulator();
        for (var machine : machines()) {
            if (simulator.bid(machine) instanceof Fidelity.Supported) {
                var layers =
                        layers().stream()
                                .filter(one -> simulator.refusal(machine, one).isEmpty())
                                .toList();
                var expected = layers.stream().map(one -> estimate(simulator, machine, one));
                assertThat(
                                Concurrently.ask(
                                        () ->
                                                layers.stream()
                                                        .map(
                                                                one ->
                                                                        estimate(
                                                                                simulator, machine,
                                                                                one))
                                                        .toList()))
                        .containsOnly(expected.toList());
            }
        }
    }

    private static List<Object> estimate(Simulator simulator, Machine machine, Workload layer) {
        return values(simulator.estimate(machine, layer));
    }

    @Test
    default void everySettingIsTakenAndLeavesTheOriginalAsItWas() {
        var simulator = simulator();
        var before = new ArrayList<List<Object>>();
        estimates(simulator, (machine, one) -> before.add(estimate(simulator, machine, one)));
        for (var settings : settings()) {
            var other = simulator.with(settings);
            assertThat(other).as("simulator with %s", settings).isNotNull();
            estimates(other, (machine, one) -> other.estimate(machine, one));
        }
        var after = new ArrayList<List<Object>>();
        estimates(simulator, (machine, one) -> after.add(estimate(simulator, machine, one)));
        assertThat(after).isEqualTo(before);
    }

    @Test
    default void itCountsEveryProductAndEveryResult() {
        var simulator = simulator();
        estimates(
                simulator,
                (machine, layer) -> {
                    var activity = simulator.estimate(machine, layer).activity();
                    assertThat(activity.macs()).as(layer.layer()).isEqualTo(layer.macs());
                    assertThat(activity.requantizations())
                            .as("results of %s", layer.layer())
                            .isEqualTo((long) layer.m() * layer.n() * layer.groups());
                });
    }

    @Test
    default void noLayerIsFasterThanTheArray() {
        var simulator = simulator();
        estimates(
                simulator,
                (machine, layer) -> {
                    var estimate = simulator.estimate(machine, layer);
                    double most = machine.elements() * layer.macsPerCycle();
                    assertThat(estimate.cycles())
                            .as("cycles of %s", layer.layer())
                            .isGreaterThanOrEqualTo((long) Math.ceil(layer.macs() / most));
                    assertThat(estimate.utilisation())
                            .as("utilisation by %s", layer.layer())
                            .isCloseTo(layer.macs() / (most * estimate.cycles()), within(1e-3));
                });
    }

    @Test
    default void everyWeightIsReadFromMemoryAndTrafficIsInBits() {
        var simulator = simulator();
        estimates(
                simulator,
                (machine, layer) -> {
                    var activity = simulator.estimate(machine, layer).activity();
                    assertThat(activity.dramReadBits())
                            .as("bits read for %s", layer.layer())
                            .isGreaterThanOrEqualTo(layer.weightElements() * layer.weightBits());
                });
    }

    @Test
    default void aFasterMemoryNeverMakesALayerSlower() {
        var simulator = simulator();
        estimates(
                simulator,
                (machine, layer) ->
                        assertThat(simulator.estimate(faster(machine), layer).cycles())
                                .as("cycles of %s", layer.layer())
                                .isLessThanOrEqualTo(simulator.estimate(machine, layer).cycles()));
    }

    private static Machine faster(Machine machine) {
        var memory = machine.offChip();
        var twice =
                Quantity.of(2 * memory.bandwidth().in(Unit.BYTE_PER_SECOND), Unit.BYTE_PER_SECOND);
        return new Machine(
                machine.rows(),
                machine.columns(),
                machine.dataflow(),
                machine.clock(),
                machine.technology(),
                machine.buffers(),
                new OffChip(twice, memory.type(), memory.energyPerBit()),
                machine.datapath(),
                machine.element(),
                machine.requantizer(),
                machine.bill());
    }
}
