package org.dyadic.api.sim;

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
}
