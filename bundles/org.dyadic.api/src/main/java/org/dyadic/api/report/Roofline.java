package org.dyadic.api.report;

import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Workload;

/**
 * How near a layer comes to what array and off-chip memory allow (Williams et al., CACM 2009).
 * Rates are multiply-accumulates a second.
 *
 * @param intensity multiply-accumulates for each byte of off-chip traffic
 * @param peak what the array does when every element works
 * @param attainable the lesser of the peak and what memory delivers operands for
 * @param achieved what the simulator says
 */
public record Roofline(double intensity, double peak, double attainable, double achieved) {

    public Roofline {
        if (!(intensity > 0 && peak > 0 && attainable > 0 && attainable <= peak && achieved >= 0)) {
            throw new IllegalArgumentException(
                    "a roofline has positive rates and nothing attains more than the peak, was "
                            + intensity
                            + ", "
                            + peak
                            + ", "
                            + attainable
                            + ", "
                            + achieved);
        }
    }

    /** Of a layer that a simulator estimated; all that it moves off the chip counts. */
    public static Roofline of(Machine machine, Workload layer, Estimate estimate) {
        var activity = estimate.activity();
        double bytes = Math.max(1, activity.dramReadBits() + activity.dramWriteBits()) / 8.0;
        double intensity = layer.macs() / bytes;
        double peak = machine.clock().base() * machine.elements() * layer.macsPerCycle();
        return new Roofline(
                intensity,
                peak,
                Math.min(peak, intensity * machine.offChip().bandwidth().base()),
                layer.macs() * machine.clock().base() / estimate.cycles());
    }

    /** True if it is memory that sets the limit, not computing. */
    public boolean boundByMemory() {
        return attainable < peak;
    }
}
