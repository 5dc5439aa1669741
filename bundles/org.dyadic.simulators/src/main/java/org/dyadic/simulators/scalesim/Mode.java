package org.dyadic.simulators.scalesim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Unit;

/** A mode of SCALE-Sim: what all of them make of its figures. */
abstract class Mode implements Simulator {

    /** What the program leaves out, bits among it, may be half of the truth; a guess. */
    private static final Fidelity BID = new Fidelity.Supported(0.5);

    private final ParameterSpec parameters;
    private final boolean prefetch;
    private final BiFunction<Machine, Workload, LayerFigures> figures;

    /**
     * @param prefetch whether its reports tell cycles with prefetch
     * @param figures of one group of a layer
     */
    Mode(
            String documentation,
            boolean prefetch,
            BiFunction<Machine, Workload, LayerFigures> figures) {
        this.parameters = ParameterSpec.of(documentation);
        this.prefetch = prefetch;
        this.figures = figures;
    }

    @Override
    public final ParameterSpec parameters() {
        return parameters;
    }

    @Override
    public final Fidelity bid(Machine machine) {
        if (!Dataflow.SYSTOLIC.contains(machine.dataflow())) {
            return new Fidelity.Unsupported(
                    "it is "
                            + machine.dataflow().id()
                            + " and SCALE-Sim knows systolic arrays; use the simulator analytic");
        }
        var buffers = machine.buffers();
        return tooSmall("weight", buffers.weights(), ReadBuffer.LEAST_BYTES)
                .or(() -> tooSmall("activation", buffers.activations(), ReadBuffer.LEAST_BYTES))
                .or(() -> tooSmall("output", buffers.outputs(), WriteBuffer.LEAST_BYTES))
                .orElse(BID);
    }

    private static Optional<Fidelity> tooSmall(String buffer, long bytes, long least) {
        return bytes >= least
                ? Optional.empty()
                : Optional.of(
                        new Fidelity.Unsupported(
                                "the "
                                        + buffer
                                        + " buffer has "
                                        + bytes
                                        + " B and SCALE-Sim needs at least "
                                        + least
                                        + " B; add "
                                        + (least - bytes)
                                        + " B, or use the simulator analytic"));
    }

    /** Whole elements that off-chip memory moves in a cycle, at least one. */
    static int bytesPerCycle(Machine machine) {
        double bytes =
                machine.offChip().bandwidth().in(Unit.BYTE_PER_SECOND)
                        / machine.clock().in(Unit.HERTZ);
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.floor(bytes * (1 + 1e-12))));
    }

    @Override
    public final boolean computes() {
        return false;
    }

    @Override
    public final Estimate estimate(Machine machine, Workload layer) {
        var group = figures.apply(machine, layer);
        long groups = layer.groups();
        long cycles = Math.max(1, group.cycles() * groups);
        return new Estimate(
                cycles,
                Math.min(cycles, group.stalls() * groups),
                Math.min(1, layer.macs() / ((double) cycles * machine.elements())),
                new Activity(
                        layer.macs(),
                        (long) Math.ceil(layer.macs() / layer.macsPerCycle()),
                        (long) layer.m() * layer.n() * groups,
                        words(groups * group.filterSram().count()),
                        words(groups * group.ifmapSram().count()),
                        words(groups * group.ofmapSram().count()),
                        groups
                                * Byte.SIZE
                                * (group.ifmapDram().count() + group.filterDram().count()),
                        groups * Byte.SIZE * group.ofmapDram().count()),
                Kind.MODELLED);
    }

    private static long words(long bytes) {
        return (bytes * Byte.SIZE + Buffers.WORD_BITS - 1) / Buffers.WORD_BITS;
    }

    @Override
    public final List<Attachment> attachments(
            Machine machine, List<Workload> layers, List<Estimate> estimates) {
        var known = new HashMap<Workload, LayerFigures>();
        var all = new ArrayList<LayerFigures>();
        for (var layer : layers) {
            var group =
                    known.computeIfAbsent(layer.named(""), alike -> figures.apply(machine, layer));
            for (int i = 0; i < layer.groups(); i++) {
                all.add(group);
            }
        }
        return Reports.of(all, prefetch);
    }
}
