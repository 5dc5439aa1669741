package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
import org.osgi.service.component.annotations.Component;

/**
 * For comparing with SCALE-Sim v3 under {@code InterfaceBandwidth: USER} and nothing else: each of
 * the three buffers has an interface of its own, as fast as the whole off-chip memory of the
 * machine in whole bytes a cycle. The program fetches in the order of folds, in lines with holes,
 * counts the holes, and adds the wait for a fill twice, and lets a fill that is early make up for
 * other cycles (its issue 130). Steps through all cycles, so that large layers take long.
 */
@Component(service = Simulator.class)
@SimulatorService(id = "scale-sim-v3-compat")
public final class ScaleSimV3Bandwidth extends Mode {

    public ScaleSimV3Bandwidth() {
        super(
                "SCALE-Sim v3 with finite bandwidth, for comparison only: its slips included; writes its"
                        + " reports",
                true,
                (machine, layer) ->
                        FiniteBandwidth.figures(machine, layer, Mode.bytesPerCycle(machine), true));
    }
}
