package org.dyadic.simulators.scalesim;

import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * How a matrix product fills an array again and again: in folds of rows x columns, one after
 * another and without overlap, all folds along the rows before the next along the columns.
 *
 * @param spatialRows extent that lies along the rows; {@code spatialColumns} the same
 * @param steps extent that passes in time
 */
record Folds(
        Dataflow dataflow,
        long rows,
        long columns,
        long spatialRows,
        long spatialColumns,
        long steps) {

    static Folds of(Machine machine, Workload layer) {
        return of(
                machine.dataflow(),
                machine.rows(),
                machine.columns(),
                layer.m(),
                layer.n(),
                layer.k());
    }

    static Folds of(Dataflow dataflow, long rows, long columns, long m, long n, long k) {
        return switch (dataflow) {
            case OUTPUT_STATIONARY -> new Folds(dataflow, rows, columns, m, n, k);
            case WEIGHT_STATIONARY -> new Folds(dataflow, rows, columns, k, n, m);
            case INPUT_STATIONARY -> new Folds(dataflow, rows, columns, k, m, n);
            case ROW_STATIONARY -> throw notSystolic();
        };
    }

    long rowFolds() {
        return ceilDivide(spatialRows, rows);
    }

    long columnFolds() {
        return ceilDivide(spatialColumns, columns);
    }

    long count() {
        return rowFolds() * columnFolds();
    }

    /** Rows that a fold uses: all but in the last fold along the rows. */
    long rowsUsed(long rowFold) {
        return Math.min(rows, spatialRows - rowFold * rows);
    }

    long columnsUsed(long columnFold) {
        return Math.min(columns, spatialColumns - columnFold * columns);
    }

    /** Cycles that a stationary operand takes to be loaded, a row a cycle. */
    long loading() {
        return dataflow == Dataflow.OUTPUT_STATIONARY ? 0 : rows;
    }

    /** Cycles of a fold, from its first request to its last result. */
    long cycles() {
        return loading() + steps + rows + columns - 2;
    }

    static long ceilDivide(long a, long b) {
        return (a + b - 1) / b;
    }

    /** Of a machine that this simulator never bids for. */
    static IllegalArgumentException notSystolic() {
        return new IllegalArgumentException("folds are of a systolic array");
    }
}
