package org.dyadic.api.sim;

import java.util.List;

/**
 * What a simulator saw that stepped through a layer with its integers. The platform holds the sums
 * against those of execution: one that differs is a broken simulator.
 */
public final class Witness {

    private final List<long[]> sums;
    private final int rows;
    private final int columns;
    private final long[] uses;

    /**
     * @param sums of each group, m rows of n, as the accumulators hold them: without bias, wrapped
     *     or saturated
     * @param rows of the array; {@code columns} the same
     * @param uses cycles that each element worked in, row by row
     */
    public Witness(List<long[]> sums, int rows, int columns, long[] uses) {
        if (uses.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    rows + " x " + columns + " elements have no " + uses.length + " counts");
        }
        this.sums = sums.stream().map(long[]::clone).toList();
        this.rows = rows;
        this.columns = columns;
        this.uses = uses.clone();
    }

    public int groups() {
        return sums.size();
    }

    /** Sums of a group, m rows of n; a copy. */
    public long[] sums(int group) {
        return sums.get(group).clone();
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Cycles that an element worked in. */
    public long uses(int row, int column) {
        return uses[row * columns + column];
    }
}
