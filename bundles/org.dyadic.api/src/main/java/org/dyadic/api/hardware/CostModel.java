package org.dyadic.api.hardware;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Prices components. Of all installed models, the one of highest service ranking that knows a
 * component prices it.
 */
@ConsumerType
public interface CostModel {

    /** What this model is based on, in one line. */
    String documentation();

    /** The price of a component in a technology, or nothing if this model cannot tell. */
    Optional<Price> price(Component component, Technology technology);

    /**
     * The technologies this model has constants for, in words: {@code 7, 10 and 14 nm}. For
     * messages; empty if not overridden.
     */
    default String technologies() {
        return "";
    }

    /**
     * How long a signal takes through components one after another, or nothing if this model cannot
     * tell. Their delays in a row if not overridden; less where one begins before the other ends.
     */
    default Optional<Path> path(List<Component> components, Technology technology) {
        var prices = new ArrayList<Price>();
        for (var component : components) {
            var price = price(component, technology);
            if (price.isEmpty()) {
                return Optional.empty();
            }
            prices.add(price.get());
        }
        if (prices.isEmpty()) {
            return Optional.empty();
        }
        var constants = new LinkedHashSet<Constant>();
        prices.forEach(price -> constants.addAll(price.constants()));
        double nanoseconds =
                prices.stream().mapToDouble(price -> price.delay().in(Unit.NANOSECOND)).sum();
        return Optional.of(
                new Path(
                        Quantity.of(nanoseconds, Unit.NANOSECOND),
                        Kind.MODELLED,
                        "delays of the parts, one after another",
                        List.copyOf(constants)));
    }
}
