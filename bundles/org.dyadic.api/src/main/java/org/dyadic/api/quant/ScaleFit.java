package org.dyadic.api.quant;

/** A scale and the mean squared error it gives. */
public record ScaleFit(double scale, double squaredError) {}
