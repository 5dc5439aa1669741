package org.dyadic.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/**
 * One unit and one number of decimals for a whole column, so that its figures can be compared at a
 * glance: the smallest shows three digits.
 */
record Measure(Unit unit, int decimals) {

    private static final int DIGITS = 3;
    private static final int MOST_DECIMALS = 6;

    static Measure of(Dimension dimension, Collection<Quantity> quantities) {
        double largest = quantities.stream().mapToDouble(q -> Math.abs(q.base())).max().orElse(0);
        // Units of area lie far apart: 0.41 mm2 reads better than 410000 um2.
        double atLeast = dimension == Dimension.AREA ? 0.01 : 1;
        var units =
                Arrays.stream(Unit.values())
                        .filter(unit -> unit.dimension() == dimension)
                        .sorted(Comparator.comparingDouble(Unit::factor).reversed())
                        .toList();
        var unit =
                units.stream()
                        .filter(candidate -> largest >= candidate.factor() * atLeast)
                        .findFirst()
                        .orElse(units.get(units.size() - 1));
        double smallest =
                quantities.stream()
                        .mapToDouble(quantity -> Math.abs(quantity.in(unit)))
                        .filter(value -> value > 0)
                        .min()
                        .orElse(1);
        int before = (int) Math.floor(Math.log10(smallest)) + 1;
        return new Measure(unit, Math.max(0, Math.min(MOST_DECIMALS, DIGITS - before)));
    }

    String format(Quantity quantity) {
        return String.format(Locale.ROOT, "%." + decimals + "f", quantity.in(unit));
    }
}
