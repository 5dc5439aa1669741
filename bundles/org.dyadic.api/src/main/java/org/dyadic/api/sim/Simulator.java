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

    Fidelity bid(Machine machine);

    Estimate estimate(Machine machine, Workload layer);
}
