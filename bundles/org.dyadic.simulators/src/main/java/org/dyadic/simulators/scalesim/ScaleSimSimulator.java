package org.dyadic.simulators.scalesim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Sliding;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * SCALE-Sim v3 (Samajdar et al., ISPASS 2020; Raj et al., ISPASS 2025) in its stall-free mode,
 * value for value, for those who compare with it or have scripts for its reports. {@code analytic}
 * is the one to believe. As the program has it:
 *
 * <ul>
 *   <li>words of one byte, whatever the bits of a policy; one product an element and cycle
 *   <li>a layer takes a cycle fewer than it computes (its issue 125)
 *   <li>compute utilisation counts columns twice unless outputs stay; then SRAM writes have rows
 *       and columns more for each fold
 *   <li>results written off the chip include the padding of lines that were closed early; partial
 *       sums leave the chip and are never read back
 *   <li>off-chip memory is as fast as need be, and a read buffer forgets all it holds at once
 *   <li>groups are layers of their own, in the reports too
 * </ul>
 */
@Component
@SimulatorService(id = "scale-sim")
public final class ScaleSimSimulator implements Simulator {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "SCALE-Sim v3 without stalls, value for value, its slips included; writes its"
                            + " reports");

    /** What it leaves out, bits and stalls, may be half of the truth; a guess, not yet measured. */
    private static final Fidelity BID = new Fidelity.Supported(0.5);

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fidelity bid(Machine machine) {
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

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        var group = LayerFigures.of(machine, layer);
        long groups = layer.groups();
        long cycles = Math.max(1, group.cycles() * groups);
        return new Estimate(
                cycles,
                0,
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
    public List<Attachment> attachments(Machine machine, List<Workload> layers) {
        var known = new HashMap<Product, LayerFigures>();
        var figures = new ArrayList<LayerFigures>();
        for (var layer : layers) {
            var group =
                    known.computeIfAbsent(
                            Product.of(layer), product -> LayerFigures.of(machine, layer));
            for (int i = 0; i < layer.groups(); i++) {
                figures.add(group);
            }
        }
        return Reports.of(figures);
    }

    /** All of a layer that its figures depend on. */
    private record Product(int m, int n, int k, Optional<Sliding> sliding) {
        static Product of(Workload layer) {
            return new Product(layer.m(), layer.n(), layer.k(), layer.sliding());
        }
    }
}
