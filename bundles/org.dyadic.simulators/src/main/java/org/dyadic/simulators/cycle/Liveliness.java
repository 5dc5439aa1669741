package org.dyadic.simulators.cycle;

import java.util.Optional;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.sim.Switching;

/**
 * Counts zeros and toggles of all groups of a layer. All elements of a row, or of a column, see the
 * same stream, and every fold along the other extent sees it again; so that a stream counts as
 * often as there are rows or columns in the product, and need be looked at once.
 */
final class Liveliness {

    private final Dataflow dataflow;
    private final int depth;
    private double products;
    private double zeros;
    private double changes;
    private double toggles;

    Liveliness(Dataflow dataflow, int depth) {
        this.dataflow = dataflow;
        this.depth = depth;
    }

    /** Bits that these levels need in two's complement. */
    static int bits(int[] levels) {
        int seen = 0;
        for (int level : levels) {
            seen |= level ^ level >> Integer.SIZE - 1; // without sign, and without a branch
        }
        return Integer.SIZE - Integer.numberOfLeadingZeros(seen) + 1;
    }

    void add(int[] activations, int[] weights) {
        int m = activations.length / depth;
        int n = weights.length / depth;
        products += (double) m * n * depth;
        int[] activeAt = others(activations);
        int[] weighingAt = others(weights);
        for (int k = 0; k < depth; k++) {
            double alive = (double) activeAt[k] * weighingAt[k];
            zeros += (double) m * n - alive;
        }
        switch (dataflow) {
            case OUTPUT_STATIONARY -> {
                alongRows(activations, n);
                alongRows(weights, m);
            }
            case WEIGHT_STATIONARY -> downColumns(activations, n);
            default -> downColumns(weights, m);
        }
    }

    /** Numbers that are not zero in each column. */
    private int[] others(int[] matrix) {
        var counts = new int[depth];
        for (int from = 0; from < matrix.length; from += depth) {
            for (int k = 0; k < depth; k++) {
                int level = matrix[from + k];
                counts[k] += (level | -level) >>> Integer.SIZE - 1; // branches cannot be foreseen
            }
        }
        return counts;
    }

    /** Streams of which each is a row of the matrix. */
    private void alongRows(int[] matrix, int seenBy) {
        int bits = bits(matrix);
        long changed = 0;
        for (int from = 0; from < matrix.length; from += depth) {
            for (int at = from + 1; at < from + depth; at++) {
                changed += Integer.bitCount((matrix[at] ^ matrix[at - 1]) & mask(bits));
            }
        }
        count(changed, (long) matrix.length / depth * (depth - 1) * bits, seenBy);
    }

    /** Streams of which each is a column of the matrix. */
    private void downColumns(int[] matrix, int seenBy) {
        int bits = bits(matrix);
        long changed = 0;
        for (int at = depth; at < matrix.length; at++) {
            changed += Integer.bitCount((matrix[at] ^ matrix[at - depth]) & mask(bits));
        }
        count(changed, (matrix.length - (long) depth) * bits, seenBy);
    }

    private void count(long changed, long all, int seenBy) {
        toggles += (double) changed * seenBy;
        changes += (double) all * seenBy;
    }

    private static int mask(int bits) {
        return -1 >>> (Integer.SIZE - bits);
    }

    /** Nothing if no operand follows another, as where one vector meets weights that stay. */
    Optional<Switching> switching() {
        return changes == 0
                ? Optional.empty()
                : Optional.of(new Switching(zeros / products, toggles / changes));
    }
}
