package org.dyadic.api.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dyadic.api.unit.Quantity;

/**
 * What a parameter takes. Closed, because the language, its editor and its documentation handle
 * each case.
 */
public sealed interface ParameterType {

    /** What is allowed, for messages and documentation: {@code a whole number from 2 to 8}. */
    String allowed();

    /** A whole number from {@code min} to {@code max}. */
    record Whole(int min, int max) implements ParameterType {
        public Whole {
            if (min > max) {
                throw new IllegalArgumentException("empty range " + min + " to " + max);
            }
        }

        @Override
        public String allowed() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** A number from {@code min} to {@code max}. */
    record Real(double min, double max) implements ParameterType {
        public Real {
            if (!(min <= max)) {
                throw new IllegalArgumentException("empty range " + min + " to " + max);
            }
        }

        @Override
        public String allowed() {
            return "a number from " + plain(min) + " to " + plain(max);
        }
    }

    /** Numbers separated by commas, each from {@code min} to {@code max}. */
    record Reals(double min, double max) implements ParameterType {
        public Reals {
            if (!(min <= max)) {
                throw new IllegalArgumentException("empty range " + min + " to " + max);
            }
        }

        @Override
        public String allowed() {
            return "numbers from " + plain(min) + " to " + plain(max) + ", separated by commas";
        }
    }

    /** A quantity from {@code min} to {@code max}, in any unit of their dimension. */
    record Measure(Quantity min, Quantity max) implements ParameterType {
        public Measure {
            if (min.compareTo(max) > 0) {
                throw new IllegalArgumentException("empty range " + min + " to " + max);
            }
        }

        @Override
        public String allowed() {
            return min.unit().dimension().phrase() + " from " + min + " to " + max;
        }
    }

    /** Rows and columns, each from 1 to {@code max}. */
    record Extent(int max) implements ParameterType {
        public Extent {
            if (max < 1) {
                throw new IllegalArgumentException("empty range 1 to " + max);
            }
        }

        @Override
        public String allowed() {
            return "rows x columns, each from 1 to " + max;
        }
    }

    /**
     * One of a few words.
     *
     * @param formerWords what some of them were before, each with the word it is now
     */
    record Choice(List<String> options, Map<String, String> formerWords) implements ParameterType {
        public Choice {
            options = List.copyOf(options);
            formerWords = Map.copyOf(formerWords);
            if (options.isEmpty()) {
                throw new IllegalArgumentException("a choice needs options");
            }
            for (var former : formerWords.entrySet()) {
                if (options.contains(former.getKey()) || !options.contains(former.getValue())) {
                    throw new IllegalArgumentException(
                            "a former word stands for one of "
                                    + options
                                    + " and is none of them, was "
                                    + former.getKey()
                                    + " for "
                                    + former.getValue());
                }
            }
        }

        /** A choice among words that never were others. */
        public Choice(List<String> options) {
            this(options, Map.of());
        }

        /** The same, with one more former word. */
        Choice formerly(String old, String now) {
            var all = new HashMap<>(formerWords);
            all.put(old, now);
            return new Choice(options, all);
        }

        @Override
        public String allowed() {
            return "one of " + String.join(", ", options);
        }
    }

    /** A quoted text. */
    record Text() implements ParameterType {
        @Override
        public String allowed() {
            return "a text in quotes";
        }
    }

    /** Settings in braces, declared by a specification of their own. */
    record Block(ParameterSpec spec) implements ParameterType {
        public Block {
            Objects.requireNonNull(spec, "spec");
        }

        @Override
        public String allowed() {
            return "settings in braces: " + String.join(", ", spec.names());
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
