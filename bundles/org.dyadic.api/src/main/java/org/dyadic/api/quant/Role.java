package org.dyadic.api.quant;

/** What a tensor is in its layer. */
public enum Role {
    WEIGHTS,
    ACTIVATIONS
}
