package org.dyadic.api.report;

import java.util.List;
import org.dyadic.api.sim.Attachment;

/**
 * A network on a machine, for one image.
 *
 * @param simulator the id of the simulator that estimated it
 * @param areaShares the parts that {@code area} is the sum of
 * @param attachments files of the simulator, for the run folder
 */
public record HardwareResult(
        String simulator,
        long cycles,
        Figure latency,
        Figure energy,
        Figure area,
        List<Share> areaShares,
        List<LayerHardware> layers,
        List<Attachment> attachments) {

    public HardwareResult {
        areaShares = List.copyOf(areaShares);
        layers = List.copyOf(layers);
        attachments = List.copyOf(attachments);
    }

    /** A result without files. */
    public HardwareResult(
            String simulator,
            long cycles,
            Figure latency,
            Figure energy,
            Figure area,
            List<Share> areaShares,
            List<LayerHardware> layers) {
        this(simulator, cycles, latency, energy, area, areaShares, layers, List.of());
    }
}
