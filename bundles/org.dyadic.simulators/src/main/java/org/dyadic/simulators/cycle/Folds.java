package org.dyadic.simulators.cycle;

import java.util.function.Consumer;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * How one group of a layer is folded onto an array: which part of it the elements hold, fold after
 * fold, and when each works.
 *
 * @param alongRows extent of the product that lies along the rows: m if sums stay, else k
 * @param alongColumns extent along the columns: n, or m if inputs stay
 * @param steps extent that streams through in time
 */
record Folds(Dataflow dataflow, int rows, int columns, int alongRows, int alongColumns, int steps) {

    /**
     * A part that fits the array.
     *
     * @param top first index along the rows; {@code left} along the columns
     * @param rows that have work, from the first on; {@code columns} the same
     */
    record Fold(int top, int left, int rows, int columns) {}

    static Folds of(Machine machine, Workload layer) {
        int m = layer.m();
        int n = layer.n();
        int k = layer.k();
        var dataflow = machine.dataflow();
        return switch (dataflow) {
            case OUTPUT_STATIONARY ->
                    new Folds(dataflow, machine.rows(), machine.columns(), m, n, k);
            case WEIGHT_STATIONARY ->
                    new Folds(dataflow, machine.rows(), machine.columns(), k, n, m);
            case INPUT_STATIONARY ->
                    new Folds(dataflow, machine.rows(), machine.columns(), k, m, n);
            case ROW_STATIONARY ->
                    throw new IllegalArgumentException(
                            dataflow.id() + " arrays do not move operands in step");
        };
    }

    /** True if sums stay in the elements, and both operands stream. */
    boolean sumsStay() {
        return dataflow == Dataflow.OUTPUT_STATIONARY;
    }

    /** Each fold in its turn: sums that go through several folds do so one after another. */
    void forEach(Consumer<Fold> what) {
        for (int left = 0; left < alongColumns; left += columns) {
            for (int top = 0; top < alongRows; top += rows) {
                what.accept(
                        new Fold(
                                top,
                                left,
                                Math.min(rows, alongRows - top),
                                Math.min(columns, alongColumns - left)));
            }
        }
    }

    /** How often something else comes to stay. */
    long count() {
        return (long) times(alongRows, rows) * times(alongColumns, columns);
    }

    private static int times(int extent, int lanes) {
        return (extent - 1) / lanes + 1;
    }

    /** Clocks of a fold in which what stays comes in, a row a clock. */
    long load() {
        return sumsStay() ? 0 : rows;
    }

    /** Clocks in which streams enter the first element. */
    long stream() {
        return steps;
    }

    /** Clocks until the last result has left the far corner. */
    long drain() {
        return workingSince(rows - 1, columns - 1) - workingSince(0, 0);
    }

    /** The clock of a fold at which an element works on its first step. */
    long workingSince(int row, int column) {
        return load() + row + column;
    }

    /** Clocks of a fold; folds do not overlap. */
    long cycles() {
        return load() + stream() + drain();
    }

    /** Steps that each element works on in all folds, row by row. */
    long[] uses() {
        var uses = new long[rows * columns];
        forEach(
                fold -> {
                    for (int row = 0; row < fold.rows(); row++) {
                        int from = row * columns;
                        for (int i = from; i < from + fold.columns(); i++) {
                            uses[i] += steps;
                        }
                    }
                });
        return uses;
    }
}
