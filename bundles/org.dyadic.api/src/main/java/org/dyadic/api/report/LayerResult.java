package org.dyadic.api.report;

/** What a policy made of one layer. {@code activations} are those that enter the layer. */
public record LayerResult(
        String name,
        String kind,
        long macs,
        long parameters,
        TensorResult weights,
        TensorResult activations) {}
