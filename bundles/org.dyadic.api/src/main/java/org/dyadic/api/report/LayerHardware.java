package org.dyadic.api.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.sim.Estimate;

/**
 * One layer on one machine, for one image, or what the network does between two layers.
 *
 * @param kind in a word, such as {@code depthwise} or {@code max-pool}
 * @param energy split by purpose
 * @param roofline nothing for what multiplies nothing
 */
public record LayerHardware(
        String name,
        String kind,
        Estimate estimate,
        List<Share> energy,
        Optional<Roofline> roofline) {

    public LayerHardware {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(estimate, "estimate");
        Objects.requireNonNull(roofline, "roofline");
        energy = List.copyOf(energy);
    }

    /** A layer without roofline. */
    public LayerHardware(String name, Estimate estimate, List<Share> energy) {
        this(name, "layer", estimate, energy, Optional.empty());
    }
}
