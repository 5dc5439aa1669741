package org.dyadic.simulators;

import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Workload;

/**
 * How a matrix product lies on an array, for one group of a layer. The operand that stays is cut
 * into folds of rows x columns; during a fold the others stream through for so many steps.
 *
 * @param spatialRows extent that lies along the rows; {@code spatialColumns} the same
 * @param steps extent that streams through in time
 * @param rowFolds folds along the rows; {@code columnFolds} the same
 * @param passes times that a fold is repeated on a part of its stream, because the partial sums of
 *     the whole stream do not fit the output buffer
 */
record Mapping(
        Dataflow dataflow,
        int rows,
        int columns,
        long spatialRows,
        long spatialColumns,
        long steps,
        long rowFolds,
        long columnFolds,
        long passes) {

    static Mapping of(Machine machine, Workload layer) {
        var dataflow = machine.dataflow();
        long spatialRows = dataflow == Dataflow.OUTPUT_STATIONARY ? layer.m() : layer.k();
        long spatialColumns = dataflow == Dataflow.INPUT_STATIONARY ? layer.m() : layer.n();
        long steps =
                switch (dataflow) {
                    case OUTPUT_STATIONARY -> layer.k();
                    case WEIGHT_STATIONARY -> layer.m();
                    case INPUT_STATIONARY -> layer.n();
                    case ROW_STATIONARY -> throw unknown(dataflow);
                };
        long rowFolds = ceilDivide(spatialRows, machine.rows());
        long columnFolds = ceilDivide(spatialColumns, machine.columns());
        long passes = 1;
        if (dataflow != Dataflow.OUTPUT_STATIONARY && rowFolds > 1) {
            long sumsAStep = Math.min(spatialColumns, machine.columns());
            long room =
                    Traffic.half(machine.buffers().outputs())
                            / (sumsAStep * machine.datapath().accumulatorBits());
            passes = ceilDivide(steps, Math.max(1, Math.min(steps, room)));
        }
        return new Mapping(
                dataflow,
                machine.rows(),
                machine.columns(),
                spatialRows,
                spatialColumns,
                steps,
                rowFolds,
                columnFolds,
                passes);
    }

    long folds() {
        return rowFolds * columnFolds;
    }

    /**
     * Cycles from the first operand to the last result. A pass loads the stationary operand, a row
     * a cycle, streams the other, and ends when the last result leaves the far corner; output
     * stationary has nothing to load, and its results leave while the next fold begins. Otherwise
     * folds do not overlap. With one pass these are the closed forms of SCALE-Sim (Samajdar et al.,
     * ISPASS 2020), whose reports print one cycle less for a layer.
     */
    long cycles() {
        long load = dataflow == Dataflow.OUTPUT_STATIONARY ? 0 : rows;
        return folds() * (passes * (load + rows + columns - 2) + steps);
    }

    /** A dataflow whose backend times its layers itself never comes here. */
    static IllegalArgumentException unknown(Dataflow dataflow) {
        return new IllegalArgumentException(
                dataflow.id() + " arrays are timed by their backend, and this one is not");
    }

    static long ceilDivide(long a, long b) {
        return (a + b - 1) / b;
    }
}
