package ${package};

import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Unit;
import org.osgi.service.component.annotations.Component;

/** The roofline: a layer takes as long as computing or its traffic, whichever is longer. */
@Component
@SimulatorService(id = "${id}")
public final class ${className} implements Simulator {

    /** Relative; a machine never reaches its roofline. Small bids win if a file names nobody. */
    private static final double EXPECTED_ERROR = 1;

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of("the longer of computing and off-chip traffic: a lower bound");

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Fidelity bid(Machine machine) {
        return new Fidelity.Supported(EXPECTED_ERROR);
    }

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        double most = machine.elements() * layer.macsPerCycle();
        long computing = (long) Math.ceil(layer.macs() / most);
        long readBits =
                layer.weightElements() * layer.weightBits()
                        + layer.inputElements() * layer.activationBits();
        long writtenBits = layer.outputElements() * layer.outputBits();
        double bitsPerCycle =
                machine.offChip().bandwidth().in(Unit.BYTE_PER_SECOND)
                        * Byte.SIZE
                        / machine.clock().in(Unit.HERTZ);
        long moving = (long) Math.ceil((readBits + writtenBits) / bitsPerCycle);
        long cycles = Math.max(computing, moving);
        var activity =
                new Activity(
                        layer.macs(),
                        (long) Math.ceil(layer.macs() / layer.macsPerCycle()),
                        (long) layer.m() * layer.n() * layer.groups(),
                        words(layer.weightElements() * layer.weightBits()),
                        words(layer.inputElements() * layer.activationBits()),
                        words(writtenBits),
                        readBits,
                        writtenBits);
        return new Estimate(
                cycles,
                cycles - computing,
                layer.macs() / (most * cycles),
                activity,
                Kind.MODELLED);
    }

    private static long words(long bits) {
        return (bits + Buffers.WORD_BITS - 1) / Buffers.WORD_BITS;
    }
}
