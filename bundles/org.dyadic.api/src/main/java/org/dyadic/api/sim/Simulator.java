package org.dyadic.api.sim;

import java.util.List;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.spec.ParameterSpec;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Estimates cycles and activity of a layer on a machine. Stateless; the platform runs the loop over
 * layers.
 */
@ConsumerType
public interface Simulator {

    /** What this simulator is, and its settings. */
    ParameterSpec parameters();

    /** How well this simulator can estimate the machine; the best bid wins. */
    Fidelity bid(Machine machine);

    /** Cycles and activity of one layer on one image; asked only of a machine it bid for. */
    Estimate estimate(Machine machine, Workload layer);

    /**
     * Files for the run folder on all layers of a network, in their order; none if not overridden.
     * For those who have more to tell of a layer than {@link Estimate} holds, such as a trace or
     * the reports of another program.
     *
     * @param estimates what {@link #estimate} answered for each layer
     */
    default List<Attachment> attachments(
            Machine machine, List<Workload> layers, List<Estimate> estimates) {
        return List.of();
    }
}
