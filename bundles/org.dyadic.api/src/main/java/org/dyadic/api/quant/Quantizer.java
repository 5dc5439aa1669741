package org.dyadic.api.quant;

import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Chooses the grid of a tensor. Implement this, annotate it with {@code @Component} and {@link
 * QuantizerService}, and the id is a word of the language.
 *
 * <p>A quantizer is stateless and may be called from many threads; equal arguments give equal
 * answers. It returns a grid and never touches the tensor: encoding, calibration and execution are
 * the platform's.
 */
@ConsumerType
public interface Quantizer {

    /** What this quantizer is, and the parameters a policy may set. */
    ParameterSpec parameters();

    /** The grid for what was seen of a tensor. */
    Fit fit(Observation observed, Settings settings);
}
