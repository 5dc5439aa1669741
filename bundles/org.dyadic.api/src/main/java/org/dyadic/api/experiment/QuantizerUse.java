package org.dyadic.api.experiment;

import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Settings;

/** A quantizer with its settings, as a rule of a policy names it. */
public record QuantizerUse(String id, Settings settings, Position at) {}
