package org.dyadic.simulators.cycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Overflow;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Elementwise;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Integers;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.simulators.Lanes;
import org.osgi.service.component.annotations.Component;

/**
 * Every element at every clock, with the integers of the first image: sums, cycles, the work of
 * each element and what toggles. The platform holds the sums against those of execution. A network
 * without training, or an experiment without data set, has no integers; then cycles and work are
 * counted alone.
 *
 * <ul>
 *   <li>Folds, and groups of a convolution, come one after another and do not overlap.
 *   <li>An element that takes several cycles for a product holds up the wave: every step of the
 *       array, loading too, takes as many whole cycles.
 *   <li>Off-chip memory is ideal: each operand crosses once, and nothing waits for it. What buffers
 *       and bandwidth cost is told by {@code analytic}.
 *   <li>What happens between layers is modelled, as {@code analytic} does.
 * </ul>
 */
@Component(service = Simulator.class)
@SimulatorService(id = "cycle")
public final class CycleSimulator implements Simulator {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "every element at every clock with the integers of the first image, checked"
                            + " against execution; off-chip memory is ideal");

    /** A layer that waits for off-chip memory takes longer, often by a tenth or more; a guess. */
    private static final Fidelity BID = new Fidelity.Supported(0.1);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fidelity bid(Machine machine) {
        return Dataflow.SYSTOLIC.contains(machine.dataflow())
                ? BID
                : new Fidelity.Unsupported(
                        "it is "
                                + machine.dataflow().id()
                                + " and cycle steps through systolic arrays; use the simulator"
                                + " analytic");
    }

    @Override
    public Optional<String> refusal(Machine machine, Workload layer) {
        if (layer.timing().isPresent()) {
            return Optional.of(
                    "it is timed by its backend, whose array cycle does not know; use the simulator"
                            + " analytic");
        }
        return layer.macsPerCycle() > 1
                ? Optional.of(
                        "its elements do "
                                + layer.macsPerCycle()
                                + " products a cycle, and cycle steps through one at a time; use"
                                + " the simulator analytic")
                : Optional.empty();
    }

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        refusal(machine, layer)
                .ifPresent(
                        why -> {
                            throw new IllegalArgumentException(why);
                        });
        var folds = Folds.of(machine, layer);
        long pace = pace(layer);
        long cycles = Math.multiplyExact(pace * layer.groups(), folds.count() * folds.cycles());
        long[] uses = folds.uses();
        for (int i = 0; i < uses.length; i++) {
            uses[i] *= layer.groups() * pace;
        }
        var traffic = new Traffic(machine, layer, folds);
        return new Estimate(
                cycles,
                0,
                layer.macs() / ((double) cycles * machine.elements() * layer.macsPerCycle()),
                new Activity(
                        layer.macs(),
                        Arrays.stream(uses).sum(),
                        (long) layer.m() * layer.n() * layer.groups(),
                        traffic.weightReads(),
                        traffic.activationReads(),
                        traffic.outputWrites(),
                        layer.weightElements() * layer.weightBits()
                                + layer.inputElements() * layer.activationBits(),
                        layer.outputElements() * layer.outputBits()),
                Kind.SIMULATED,
                layer.integers().map(integers -> witness(machine, layer, folds, uses, integers)));
    }

    /** Whole cycles that a product takes. */
    static long pace(Workload layer) {
        // with a little slack for the rounding of thirds
        return (long) Math.ceil(1 / layer.macsPerCycle() * (1 - 1e-12));
    }

    private static Witness witness(
            Machine machine, Workload layer, Folds folds, long[] uses, Integers integers) {
        var sums = new ArrayList<long[]>();
        var liveliness = new Liveliness(folds.dataflow(), layer.k());
        for (int group = 0; group < layer.groups(); group++) {
            int[] activations = integers.activations(group);
            int[] weights = integers.weights(group);
            var wave = new Wave(folds, layer.k(), activations, weights);
            long[] own =
                    narrow(machine.datapath(), layer.k(), activations, weights)
                            ? wave.narrow()
                            : wave.wide();
            for (int i = 0; i < own.length; i++) {
                own[i] = held(machine.datapath(), own[i]);
            }
            sums.add(own);
            liveliness.add(activations, weights);
        }
        return new Witness(sums, machine.rows(), machine.columns(), uses, liveliness.switching());
    }

    /** True if 32 bits lose nothing that the accumulator keeps. */
    private static boolean narrow(Datapath datapath, int depth, int[] activations, int[] weights) {
        if (datapath.overflow() == Overflow.WRAP && datapath.accumulatorBits() <= Integer.SIZE) {
            return true;
        }
        int lowest = 0;
        int highest = 0;
        for (int activation : activations) {
            lowest = Math.min(lowest, activation);
            highest = Math.max(highest, activation);
        }
        double largest = Math.max(-(double) lowest, highest);
        double most = 0;
        for (int from = 0; from < weights.length; from += depth) {
            long row = 0;
            for (int k = from; k < from + depth; k++) {
                row += Math.abs((long) weights[k]);
            }
            most = Math.max(most, row);
        }
        return most * largest <= Integer.MAX_VALUE;
    }

    /** What the accumulator makes of a sum. */
    private static long held(Datapath datapath, long sum) {
        if (datapath.overflow() == Overflow.SATURATE) {
            return Math.max(datapath.min(), Math.min(datapath.max(), sum));
        }
        int lost = Long.SIZE - datapath.accumulatorBits();
        return sum << lost >> lost;
    }

    @Override
    public Optional<Estimate> estimate(Machine machine, Elementwise operation) {
        return Optional.of(Lanes.estimate(machine, operation));
    }

    @Override
    public List<Attachment> attachments(
            Machine machine, List<Workload> layers, List<Estimate> estimates) {
        return List.of(
                Tables.layers(machine, layers, estimates),
                Tables.utilisation(machine, layers),
                new Trace(machine, layers).attachment());
    }
}
