package org.dyadic.simulators;

import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Quantity;
import org.osgi.service.component.annotations.Component;

/**
 * Closed forms: cycles of {@link Mapping}, movements of {@link Traffic}. Groups of a convolution
 * run one after another, so that a depth-wise layer keeps one column busy. Off-chip transfers
 * overlap with computing as far as they can, and the rest is stalls. Layers do not overlap, and
 * feature maps go off the chip between them.
 */
@Component
@SimulatorService(id = "analytic")
public final class AnalyticSimulator implements Simulator {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of("closed forms for cycles and memory traffic of a systolic array");

    /** The forms are exact for an array that never waits; off-chip memory is at its peak rate. */
    private static final Fidelity BID = new Fidelity.Supported(0.2); // a guess, not yet measured

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fidelity bid(Machine machine) {
        return BID;
    }

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        var mapping = Mapping.of(machine, layer);
        var traffic = Traffic.of(mapping, machine, layer);
        // An element that takes several cycles for a product holds up the whole wave.
        long computing = ceil(mapping.cycles() * layer.groups() / layer.macsPerCycle());
        long transferring =
                ceil((traffic.readBits() + traffic.writeBits()) / bitsPerCycle(machine));
        long stalls = Math.max(0, transferring - computing);
        long cycles = computing + stalls;
        double capacity = (double) cycles * machine.elements() * layer.macsPerCycle();
        return new Estimate(
                cycles,
                stalls,
                layer.macs() / capacity,
                new Activity(
                        layer.macs(),
                        ceil(layer.macs() / layer.macsPerCycle()),
                        (long) layer.m() * layer.n() * layer.groups(),
                        traffic.weightReads(),
                        traffic.activationReads(),
                        traffic.outputWords(),
                        traffic.readBits(),
                        traffic.writeBits()),
                Kind.MODELLED);
    }

    private static double bitsPerCycle(Machine machine) {
        return base(machine.offChip().bandwidth()) * Byte.SIZE / base(machine.clock());
    }

    /** In base units; exact decimals would take longer than all the rest. */
    private static double base(Quantity quantity) {
        return quantity.value() * quantity.unit().factor();
    }

    /** As a whole number, with a little slack for the rounding of thirds. */
    private static long ceil(double number) {
        return Math.max(1, (long) Math.ceil(number * (1 - 1e-12)));
    }
}
