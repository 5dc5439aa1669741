package org.dyadic.api.sim;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Estimates cycles and activity of a layer on a machine. Stateless; the platform runs the loop over
 * layers.
 */
@ConsumerType
public interface Simulator {

    /** What this simulator is, and its settings. */
    ParameterSpec parameters();

    /**
     * This simulator with settings of its {@link #parameters}, which are the defaults until then;
     * itself if not overridden, for those who have none.
     */
    default Simulator with(Settings settings) {
        return this;
    }

    /** How well this simulator can estimate the machine; the best bid wins. */
    Fidelity bid(Machine machine);

    /**
     * Why a layer cannot run on a machine that is right in all else, such as a buffer too small for
     * any part of it; empty, as it is if not overridden, if it can. The reason finishes the
     * sentence {@code layer x: ...}; the design is infeasible then, and no estimate is asked for.
     */
    default Optional<String> refusal(Machine machine, Workload layer) {
        return Optional.empty();
    }

    /**
     * Whether estimates depend on {@link Workload#integers}; true if not overridden. Who says no
     * gets none, and is asked once of layers that multiply different integers in the same way.
     */
    default boolean computes() {
        return true;
    }

    /**
     * Cycles and activity of one layer on one image; asked only of a machine it bid for, and a
     * layer it does not refuse. Layers may be asked for at the same time, and of those that differ
     * in name alone one.
     */
    Estimate estimate(Machine machine, Workload layer);

    /**
     * Cycles and activity of what a network does between its layers; empty, as it is if not
     * overridden, for a simulator that counts layers alone.
     */
    default Optional<Estimate> estimate(Machine machine, Elementwise operation) {
        return Optional.empty();
    }

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
