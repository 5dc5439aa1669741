package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.osgi.service.component.annotations.Component;

/**
 * For comparing with SCALE-Sim v2 under {@code InterfaceBandwidth: USER} and nothing else: each of
 * the three buffers has an interface of its own, as fast as the whole off-chip memory of the
 * machine in whole bytes a cycle. The program fetches in the order of folds, in lines with holes,
 * counts the holes, and does not report cycles with prefetch. Steps through all cycles, so that
 * large layers take long.
 */
@Component(service = Simulator.class)
@SimulatorService(id = "scale-sim-v2-compat")
public final class ScaleSimV2Bandwidth extends Mode {

    public ScaleSimV2Bandwidth() {
        super(
                "SCALE-Sim v2 with finite bandwidth, for comparison only: its slips included; writes its"
                        + " reports",
                false,
                (machine, layer) ->
                        FiniteBandwidth.figures(
                                machine, layer, Mode.bytesPerCycle(machine), false));
    }
}
