package org.dyadic.simulators.scalesim;

import java.util.Arrays;
import org.dyadic.api.hardware.Dataflow;

/**
 * The order in which SCALE-Sim's finite-bandwidth mode fetches an operand: fold after fold of its
 * lanes, where a fold has a column a lane of the array, used or not, and a row a step. An operand
 * that passes is fetched along the diagonals of all its folds together, one that stays row by row.
 */
final class Fetching {

    private final Folds folds;
    private final Operand operand;
    private final Elements elements;
    private final long rows;
    private final long lanes;

    Fetching(Folds folds, Operand operand, Elements elements) {
        this.folds = folds;
        this.operand = operand;
        this.elements = elements;
        this.lanes = lanesAreRows() ? folds.rows() : folds.columns();
        this.rows = steps() * (lanesAreRows() ? folds.rowFolds() : folds.columnFolds());
    }

    private boolean lanesAreRows() {
        return !operand.stays(folds)
                && !(folds.dataflow() == Dataflow.OUTPUT_STATIONARY && operand == Operand.FILTER);
    }

    private long steps() {
        return operand.stays(folds) ? folds.spatialRows() : folds.steps();
    }

    /** Places, those of lanes that are not used too. */
    long length() {
        return rows * lanes;
    }

    /** The elements in their order. */
    int[] order() {
        var order = new int[Math.toIntExact(length())];
        int count = 0;
        if (operand.stays(folds)) {
            for (long row = 0; row < rows; row++) {
                for (long lane = 0; lane < lanes; lane++) {
                    int element = element(row, lane);
                    if (element >= 0) {
                        order[count++] = element;
                    }
                }
            }
        } else {
            for (long diagonal = 0; diagonal < rows + lanes - 1; diagonal++) {
                long last = Math.max(0, diagonal - lanes + 1);
                for (long row = Math.min(diagonal, rows - 1); row >= last; row--) {
                    int element = element(row, diagonal - row);
                    if (element >= 0) {
                        order[count++] = element;
                    }
                }
            }
        }
        return Arrays.copyOf(order, count);
    }

    private int element(long row, long lane) {
        long place = row / steps() * lanes + lane;
        long step = row % steps();
        if (place >= (lanesAreRows() ? folds.spatialRows() : folds.spatialColumns())) {
            return Elements.NONE;
        }
        // The matrices are m x k and k x n.
        boolean placeFirst =
                switch (folds.dataflow()) {
                    case OUTPUT_STATIONARY -> operand == Operand.IFMAP;
                    case WEIGHT_STATIONARY -> false;
                    case INPUT_STATIONARY -> true;
                    case ROW_STATIONARY -> throw Folds.notSystolic();
                };
        return placeFirst ? elements.at(place, step) : elements.at(step, place);
    }
}
