package org.dyadic.api.experiment;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;

/** How each layer of a network is quantized. What no rule mentions stays in single precision. */
public record PolicyUse(
        String name, Optional<Calibration> calibration, List<Rule> rules, Position at) {

    public PolicyUse {
        rules = List.copyOf(rules);
    }
}
