package org.dyadic.api.spec;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** A value as a user writes it, before anyone knows whether it is allowed. */
public sealed interface Value {

    /** A number with or without unit: {@code 4}, {@code 0.5}, {@code 64 KiB}. */
    record Number(Quantity quantity) implements Value {
        public Number {
            Objects.requireNonNull(quantity, "quantity");
        }

        @Override
        public String toString() {
            return quantity.exact();
        }
    }

    /** A number whose unit nobody knows; kept so that the message can show it. */
    record Unrecognised(double number, String unit) implements Value {
        @Override
        public String toString() {
            return Quantity.of(number, Unit.ONE).exact() + " " + unit;
        }
    }

    /** Rows and columns: {@code 16 x 16}. Not yet checked: either may be zero. */
    record Extent(int rows, int columns) implements Value {
        @Override
        public String toString() {
            return rows + " x " + columns;
        }
    }

    /** A bare word: {@code per-channel}. */
    record Word(String word) implements Value {
        public Word {
            Objects.requireNonNull(word, "word");
        }

        /** The word of a constant: {@code PER_CHANNEL} is {@code per-channel}. */
        public static Word of(Enum<?> constant) {
            return new Word(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /** A quoted text. */
    record Text(String text) implements Value {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return '"' + text + '"';
        }
    }

    /** Several values in a row: {@code 123.675, 116.28, 103.53}. */
    record Sequence(List<Value> values) implements Value {
        public Sequence {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream().map(Value::toString).collect(Collectors.joining(", "));
        }
    }

    /** Settings in braces. */
    record Block(List<Setting> settings) implements Value {
        public Block {
            settings = List.copyOf(settings);
        }

        @Override
        public String toString() {
            return settings.isEmpty()
                    ? "{ }"
                    : settings.stream()
                            .map(Setting::toString)
                            .collect(Collectors.joining("  ", "{ ", " }"));
        }
    }
}
