package org.dyadic.simulators.scalesim;

import java.util.List;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.ParameterSpec;
import org.osgi.service.component.annotations.Component;

/**
 * For comparing with SCALE-Sim v2 under {@code InterfaceBandwidth: USER} and nothing else: each of
 * the three buffers has an interface of its own, as fast as the whole off-chip memory of the
 * machine in whole bytes a cycle. The program fetches in the order of folds, in lines with holes,
 * counts the holes, and does not report cycles with prefetch. Steps through all cycles, so that
 * large layers take long.
 */
@Component
@SimulatorService(id = "scale-sim-v2-compat")
public final class ScaleSimV2Bandwidth implements Simulator {

    private static final Mode MODE =
            new Mode(
                    "SCALE-Sim v2 with finite bandwidth, for comparison only: its slips included; writes its"
                            + " reports",
                    false,
                    (machine, layer) ->
                            FiniteBandwidth.figures(
                                    machine, layer, Mode.bytesPerCycle(machine), false));

    @Override
    public ParameterSpec parameters() {
        return MODE.parameters();
    }

    @Override
    public Fidelity bid(Machine machine) {
        return MODE.bid(machine);
    }

    @Override
    public Estimate estimate(Machine machine, Workload layer) {
        return MODE.estimate(machine, layer);
    }

    @Override
    public List<Attachment> attachments(Machine machine, List<Workload> layers) {
        return MODE.attachments(machine, layers);
    }
}
