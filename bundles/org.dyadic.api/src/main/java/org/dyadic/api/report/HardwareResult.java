package org.dyadic.api.report;

import java.util.List;

/**
 * A network on a machine, for one image.
 *
 * @param simulator the id of the simulator that estimated it
 * @param areaShares the parts that {@code area} is the sum of
 */
public record HardwareResult(
        String simulator,
        long cycles,
        Figure latency,
        Figure energy,
        Figure area,
        List<Share> areaShares,
        List<LayerHardware> layers) {

    public HardwareResult {
        areaShares = List.copyOf(areaShares);
        layers = List.copyOf(layers);
    }
}
