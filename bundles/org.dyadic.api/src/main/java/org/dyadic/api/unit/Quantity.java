package org.dyadic.api.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;

/**
 * A number with its unit, such as {@code 64 KiB}. Equal only when number and unit are both equal.
 */
public record Quantity(double value, Unit unit) implements Comparable<Quantity> {

    public Quantity {
        Objects.requireNonNull(unit, "unit");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a quantity must be finite, was " + value);
        }
    }

    public static Quantity of(double value, Unit unit) {
        return new Quantity(value, unit);
    }

    /** The number of {@code target} units; throws if {@code target} has another dimension. */
    public double in(Unit target) {
        if (target.dimension() != unit.dimension()) {
            throw new IllegalArgumentException(
                    this
                            + " is "
                            + unit.dimension().phrase()
                            + ", not "
                            + target.dimension().phrase());
        }
        return target == unit ? value : value * unit.factor() / target.factor();
    }

    /** The number in the base unit of the dimension: SI, and bytes for sizes. */
    public double base() {
        return value * unit.factor();
    }

    @Override
    public int compareTo(Quantity other) {
        return Double.compare(value, other.in(unit));
    }

    /** The number with at most six significant digits, and the unit. */
    @Override
    public String toString() {
        var number = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = number.signum() == 0 || Math.abs(Math.log10(Math.abs(value))) < 7;
        String digits = plain ? number.toPlainString() : number.toString();
        return unit.symbol().isEmpty() ? digits : digits + " " + unit.symbol();
    }
}
