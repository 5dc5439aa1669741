package org.dyadic.api.experiment;

import org.dyadic.api.diagnostic.Position;

/** A simulator that an experiment insists on. */
public record SimulatorUse(String id, Position at) {}
