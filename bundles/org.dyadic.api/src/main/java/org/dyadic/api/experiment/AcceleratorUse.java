package org.dyadic.api.experiment;

import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.spec.Settings;

/**
 * An accelerator as an experiment names it: a backend with all its settings, inherited ones
 * included.
 */
public record AcceleratorUse(String name, String backend, Settings settings, Position at) {}
