package org.dyadic.api.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;

/**
 * A number with its unit, such as {@code 64 KiB}. Equal only when number and unit are both equal;
 * ordered by how much it is, so that {@code 1 kB} and {@code 1000 B} compare as 0. Numbers count as
 * the decimals they are written with: {@code 57 %} is no more than {@code 0.57}.
 */
public record Quantity(double value, Unit unit) implements Comparable<Quantity> {

    public Quantity {
        Objects.requireNonNull(unit, "unit");
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a quantity must be finite, was " + value);
        }
    }

    /** A finite number of a unit. */
    public static Quantity of(double value, Unit unit) {
        return new Quantity(value, unit);
    }

    /** The number of {@code target} units; throws if {@code target} has another dimension. */
    public double in(Unit target) {
        requireDimension(target);
        return target == unit
                ? value
                : decimal()
                        .divide(BigDecimal.valueOf(target.factor()), MathContext.DECIMAL128)
                        .doubleValue();
    }

    /** The number in the base unit of the dimension: SI, and bytes for sizes. */
    public double base() {
        return decimal().doubleValue();
    }

    /** By amount, whatever the units; throws if the dimensions differ. */
    @Override
    public int compareTo(Quantity other) {
        other.requireDimension(unit);
        return decimal().compareTo(other.decimal());
    }

    /** The number with at most six significant digits, and the unit: for people. */
    @Override
    public String toString() {
        return print(BigDecimal.valueOf(value).round(new MathContext(6)), 7);
    }

    /** The number with every digit it needs, and the unit: for files, which are read again. */
    public String exact() {
        return print(BigDecimal.valueOf(value), 16);
    }

    /** The number in base units, by decimal arithmetic: 57 x 0.01 must not exceed 0.57. */
    private BigDecimal decimal() {
        return BigDecimal.valueOf(value).multiply(BigDecimal.valueOf(unit.factor()));
    }

    private void requireDimension(Unit target) {
        if (target.dimension() != unit.dimension()) {
            throw new IllegalArgumentException(
                    this
                            + " is "
                            + unit.dimension().phrase()
                            + ", not "
                            + target.dimension().phrase());
        }
    }

    /** Without a power of ten if there are at most {@code places} digits before the point. */
    private String print(BigDecimal rounded, int places) {
        var number = rounded.stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        boolean plain = number.signum() == 0 || (exponent >= -7 && exponent < places);
        String digits = plain ? number.toPlainString() : number.toString();
        return unit.symbol().isEmpty() ? digits : digits + " " + unit.symbol();
    }
}
