package org.dyadic.api.experiment;

import java.util.Objects;
import java.util.regex.Pattern;

/** Which layers a rule is for. */
public sealed interface Selector {

    /** Every layer: the rule that starts with {@code default}. */
    record Every() implements Selector {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** Layers of a class. */
    record Classed(LayerClass layers) implements Selector {
        public Classed {
            Objects.requireNonNull(layers, "layers");
        }

        @Override
        public String toString() {
            return layers.id();
        }
    }

    /** Layers whose name matches a pattern, in which {@code *} stands for any characters. */
    record Named(String pattern) implements Selector {
        public Named {
            Objects.requireNonNull(pattern, "pattern");
        }

        /** True if the whole of {@code name} matches. */
        public boolean matches(String name) {
            var parts = pattern.split("\\*", -1);
            var expression = new StringBuilder("(?s)");
            for (int i = 0; i < parts.length; i++) {
                expression.append(i > 0 ? ".*" : "").append(Pattern.quote(parts[i]));
            }
            return name.matches(expression.toString());
        }

        @Override
        public String toString() {
            return '"' + pattern + '"';
        }
    }
}
