package org.dyadic.api.hardware;

import java.util.Objects;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.quant.Fit;

/**
 * What a layer would feed a machine: its operation, the shapes it takes and makes, and how weights
 * and activations are encoded.
 *
 * @param input without the batch; {@code output} the same
 */
public record Operands(
        String layer,
        Operation operation,
        Shape input,
        Shape output,
        Fit weights,
        Fit activations) {

    public Operands {
        Objects.requireNonNull(layer, "layer");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(output, "output");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(activations, "activations");
    }
}
