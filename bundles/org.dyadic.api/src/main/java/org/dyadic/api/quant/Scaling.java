package org.dyadic.api.quant;

import java.util.List;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.Settings;

/** Whether a tensor has one scale or each output channel its own. */
public enum Scaling {
    /** One scale. */
    PER_TENSOR,
    /** A scale for each output channel of the weights. */
    PER_CHANNEL;

    /**
     * The parameter by which a policy chooses; every quantizer that scales should declare this one.
     */
    public static final Parameter PARAMETER =
            Parameter.choice("scale", List.of(PER_CHANNEL, PER_TENSOR))
                    .defaultsTo(PER_CHANNEL)
                    .documented(
                            "one scale for each output channel of the weights, or one for the tensor; "
                                    + "activations always have one");

    /** What the settings of a quantizer that declares {@link #PARAMETER} say. */
    public static Scaling of(Settings settings) {
        return settings.choice(PARAMETER.name(), Scaling.class);
    }
}
