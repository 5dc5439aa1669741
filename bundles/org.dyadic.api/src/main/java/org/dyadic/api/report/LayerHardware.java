package org.dyadic.api.report;

import java.util.List;
import org.dyadic.api.sim.Estimate;

/** One layer on one machine, for one image. {@code energy} is split by purpose. */
public record LayerHardware(String name, Estimate estimate, List<Share> energy) {

    public LayerHardware {
        energy = List.copyOf(energy);
    }
}
