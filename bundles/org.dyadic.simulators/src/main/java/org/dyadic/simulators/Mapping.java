package org.dyadic.simulators;

import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * How a matrix product lies on a systolic array, for one group of a layer: closed forms. The
 * operand that stays is cut into folds of rows x columns; during a fold the others stream through
 * for so many steps.
 *
 * @param spatialRows extent that lies along the rows; {@code spatialColumns} the same
 * @param steps extent that streams through in time
 */
public record Mapping(
        Dataflow dataflow,
        int rows,
        int columns,
        long spatialRows,
        long spatialColumns,
        long steps) {

    /** The product of m x k by k x n on an array. */
    public static Mapping of(Dataflow dataflow, int rows, int columns, long m, long n, long k) {
        return switch (dataflow) {
            case OUTPUT_STATIONARY -> new Mapping(dataflow, rows, columns, m, n, k);
            case WEIGHT_STATIONARY -> new Mapping(dataflow, rows, columns, k, n, m);
            case INPUT_STATIONARY -> new Mapping(dataflow, rows, columns, k, m, n);
            case ROW_STATIONARY ->
                    throw new IllegalArgumentException(
                            dataflow.id() + " arrays are timed by their backend");
        };
    }

    /** One group of a layer, whole, on the array of a machine. */
    public static Mapping of(Machine machine, Workload layer) {
        return of(
                machine.dataflow(),
                machine.rows(),
                machine.columns(),
                layer.m(),
                layer.n(),
                layer.k());
    }

    long rowFolds() {
        return ceilDivide(spatialRows, rows);
    }

    long columnFolds() {
        return ceilDivide(spatialColumns, columns);
    }

    /** Times that something else comes to stay. */
    public long folds() {
        return rowFolds() * columnFolds();
    }

    /**
     * Cycles from the first operand to the last result if nothing is waited for. A fold loads what
     * stays, a row a cycle, streams the other operand, and ends when the last result leaves the far
     * corner; output stationary has nothing to load, and its results leave while the next fold
     * begins. Otherwise folds do not overlap. These are the closed forms of SCALE-Sim (Samajdar et
     * al., ISPASS 2020), whose reports print one cycle less for a layer.
     */
    public long cycles() {
        return folds() * (overhead(dataflow, rows, columns) + steps);
    }

    /** Cycles of a fold in which nothing streams. */
    static long overhead(Dataflow dataflow, int rows, int columns) {
        return (dataflow == Dataflow.OUTPUT_STATIONARY ? 0L : rows) + rows + columns - 2;
    }

    static long ceilDivide(long a, long b) {
        return (a + b - 1) / b;
    }
}
