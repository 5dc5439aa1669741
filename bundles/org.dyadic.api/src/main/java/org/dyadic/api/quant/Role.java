package org.dyadic.api.quant;

/** What a tensor is in its layer. */
public enum Role {
    /** Known before any image; each output channel has its own. */
    WEIGHTS,
    /** What enters the layer, which depends on the image. */
    ACTIVATIONS
}
