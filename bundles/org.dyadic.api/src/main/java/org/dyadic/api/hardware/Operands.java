package org.dyadic.api.hardware;

import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Fit;

/** What a layer would feed a machine: its operation and how weights and activations are encoded. */
public record Operands(String layer, Operation operation, Fit weights, Fit activations) {}
