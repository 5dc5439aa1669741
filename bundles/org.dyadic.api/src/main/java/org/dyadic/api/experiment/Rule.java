package org.dyadic.api.experiment;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;

/**
 * One rule of a policy. Later rules override earlier ones, part by part: a rule that says nothing
 * of activations leaves them as they were.
 *
 * @param selectors the rule is for layers that any of these selects
 */
public record Rule(
        List<Selector> selectors,
        Optional<QuantizerUse> weights,
        Optional<QuantizerUse> activations,
        Position at) {

    public Rule {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("a rule needs a selector");
        }
    }
}
