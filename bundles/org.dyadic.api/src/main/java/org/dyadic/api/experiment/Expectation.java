package org.dyadic.api.experiment;

import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.unit.Quantity;

/**
 * A limit stated by an experiment: {@code expect accuracy of FourBit >= 90 %}.
 *
 * @param accelerator the limit holds on this one; without it, on every accelerator
 * @param atLeast true for {@code >=}, false for {@code <=}
 */
public record Expectation(
        Metric metric,
        String policy,
        Optional<String> accelerator,
        boolean atLeast,
        Quantity limit,
        Position at) {

    public Expectation {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(accelerator, "accelerator");
        Objects.requireNonNull(at, "at");
        if (limit.unit().dimension() != metric.dimension()) {
            throw new IllegalArgumentException(
                    metric.id() + " is " + metric.dimension().phrase() + ", limit was " + limit);
        }
    }

    /** True if a figure of the metric keeps within the limit. */
    public boolean holds(Quantity figure) {
        return atLeast ? figure.compareTo(limit) >= 0 : figure.compareTo(limit) <= 0;
    }

    /** As it stands in a file, after {@code expect}. */
    @Override
    public String toString() {
        return metric.id()
                + " of "
                + policy
                + accelerator.map(name -> " on " + name).orElse("")
                + (atLeast ? " >= " : " <= ")
                + limit.exact();
    }
}
