package org.dyadic.simulators.scalesim;

import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.SimulatorService;
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
@Component(service = Simulator.class)
@SimulatorService(id = "scale-sim")
public final class ScaleSimSimulator extends Mode {

    public ScaleSimSimulator() {
        super(
                "SCALE-Sim v3 without stalls, value for value, its slips included; writes its"
                        + " reports",
                true,
                LayerFigures::of);
    }
}
