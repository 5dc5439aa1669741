package org.dyadic.api.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.sim.Attachment;

/**
 * A network on a machine, for one image.
 *
 * @param simulator the id of the simulator that estimated it
 * @param areaShares the parts that {@code area} is the sum of
 * @param attachments files of the simulator, for the run folder
 * @param clock that is asked for and that its elements reach, if a cost model can tell
 */
public record HardwareResult(
        String simulator,
        long cycles,
        Figure latency,
        Figure energy,
        Figure area,
        List<Share> areaShares,
        List<LayerHardware> layers,
        List<Attachment> attachments,
        Optional<Clock> clock) {

    public HardwareResult {
        areaShares = List.copyOf(areaShares);
        layers = List.copyOf(layers);
        attachments = List.copyOf(attachments);
        Objects.requireNonNull(clock, "clock");
    }

    /** A result of elements whose speed nobody tells. */
    public HardwareResult(
            String simulator,
            long cycles,
            Figure latency,
            Figure energy,
            Figure area,
            List<Share> areaShares,
            List<LayerHardware> layers,
            List<Attachment> attachments) {
        this(
                simulator,
                cycles,
                latency,
                energy,
                area,
                areaShares,
                layers,
                attachments,
                Optional.empty());
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
