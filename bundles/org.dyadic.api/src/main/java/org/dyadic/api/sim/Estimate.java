package org.dyadic.api.sim;

import java.util.Objects;
import java.util.Optional;
import org.dyadic.api.hardware.Kind;

/**
 * A simulator's answer for one layer and one image.
 *
 * @param cycles from the first operand to the last result, stalls included
 * @param stalls of these, cycles that wait for off-chip memory
 * @param utilisation share of the multiply-accumulates that the array could have done in these
 *     cycles, 0 to 1
 * @param witness of a simulator that stepped through the layer with its integers
 */
public record Estimate(
        long cycles,
        long stalls,
        double utilisation,
        Activity activity,
        Kind kind,
        Optional<Witness> witness) {

    public Estimate {
        if (cycles < 1 || stalls < 0 || stalls > cycles) {
            throw new IllegalArgumentException(
                    "impossible cycles " + cycles + " with stalls " + stalls);
        }
        if (!(utilisation >= 0 && utilisation <= 1 + 1e-9)) {
            throw new IllegalArgumentException(
                    "utilisation lies between 0 and 1, was " + utilisation);
        }
        Objects.requireNonNull(activity, "activity");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(witness, "witness");
    }

    /** One without integers. */
    public Estimate(long cycles, long stalls, double utilisation, Activity activity, Kind kind) {
        this(cycles, stalls, utilisation, activity, kind, Optional.empty());
    }

    /** The same without the integers, which take room. */
    public Estimate withoutWitness() {
        return new Estimate(cycles, stalls, utilisation, activity, kind);
    }
}
