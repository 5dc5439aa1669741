package org.dyadic.api.sim;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a simulator saw that stepped through a layer with its integers. The platform holds the sums
 * against those of execution: one that differs is a broken simulator.
 */
public final class Witness {

    private final List<long[]> sums;
    private final int rows;
    private final int columns;
    private final long[] uses;
    private final Optional<Switching> switching;

    /**
     * @param sums of each group, m rows of n, as the accumulators hold them: without bias, wrapped
     *     or saturated
     * @param rows of the array; {@code columns} the same
     * @param uses cycles that each element worked in, row by row
     * @param switching if the simulator counted it
     */
    public Witness(
            List<long[]> sums, int rows, int columns, long[] uses, Optional<Switching> switching) {
        if (uses.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(
                    rows + " x " + columns + " elements have no " + uses.length + " counts");
        }
        this.sums = sums.stream().map(long[]::clone).toList();
        this.rows = rows;
        this.columns = columns;
        this.uses = uses.clone();
        this.switching = Objects.requireNonNull(switching, "switching");
    }

    /** One that counted no switching. */
    public Witness(List<long[]> sums, int rows, int columns, long[] uses) {
        this(sums, rows, columns, uses, Optional.empty());
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

    /** How lively the integers were, if the simulator counted it. */
    public Optional<Switching> switching() {
        return switching;
    }
}
