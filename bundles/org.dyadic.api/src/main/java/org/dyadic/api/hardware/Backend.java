package org.dyadic.api.hardware;

import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of accelerator. It makes a machine of its settings and says which encodings that machine
 * executes. It prices nothing: cost models do, from the bill of materials. Stateless.
 */
@ConsumerType
public interface Backend {

    /** What this accelerator is, and its settings. */
    ParameterSpec parameters();

    /** The machine that the settings describe. */
    Machine build(Settings settings);

    /** Whether the machine, which this backend built of the settings, can execute a layer. */
    Verdict judge(Operands operands, Settings settings);
}
