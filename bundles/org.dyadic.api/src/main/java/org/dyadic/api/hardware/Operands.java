package org.dyadic.api.hardware;

import java.util.Objects;
import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Fit;

/** What a layer would feed a machine: its operation and how weights and activations are encoded. */
public record Operands(String layer, Operation operation, Fit weights, Fit activations) {

    public Operands {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(activations, "activations");
    }
}
