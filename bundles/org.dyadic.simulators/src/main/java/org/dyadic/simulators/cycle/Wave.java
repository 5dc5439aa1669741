package org.dyadic.simulators.cycle;

import java.util.Arrays;
import org.dyadic.api.hardware.Dataflow;

/**
 * The wave of operands through an array, for one group of a layer: every element multiplies and
 * adds at each clock that it works, in its own order. What an element meets clock after clock, or
 * elements that share what they hold meet, is laid out in a row, so that a virtual machine makes
 * vector instructions of the plain loops.
 *
 * <p>32 bits do for sums that are proven to fit and for those that wrap in no more, as two's
 * complement forgets the same bits sooner or later; all others take 64.
 */
final class Wave {

    /**
     * Elements of a column that a sum passes in one loop. Of eight, virtual machines do not make
     * vector instructions reliably.
     */
    private static final int DEEP = 4;

    /** Steps that go through a fold before the next ones, so that they stay near the processor. */
    private static final int BLOCK = 512;

    /** Rows of a matrix that are turned into columns together, as many as share a cache line. */
    private static final int TURNED = 16;

    private final Folds folds;
    private final int depth;
    private final int[] activations;
    private final int[] weights;

    /**
     * @param activations rows of k, as many as m
     * @param weights rows of k, as many as n
     */
    Wave(Folds folds, int depth, int[] activations, int[] weights) {
        this.folds = folds;
        this.depth = depth;
        this.activations = activations;
        this.weights = weights;
    }

    /** The sums, m rows of n, as long as no sum on its way needs more than 32 bits. */
    long[] narrow() {
        var inSpace = folds.sumsStay() ? inSpace() : folds;
        return inSpace.dataflow() == Dataflow.WEIGHT_STATIONARY
                ? transposed(passing(inSpace, activations, weights), inSpace.steps())
                : flat(passing(inSpace, weights, activations), inSpace.steps());
    }

    /**
     * Sums that stay, as if they passed: an element meets at successive clocks what a column with a
     * row for each clock would hold. As folds do not touch each other's sums, those that share what
     * they hold then go through such a column one behind the other, along the longer extent.
     */
    private Folds inSpace() {
        int m = folds.alongRows();
        int n = folds.alongColumns();
        return m >= n
                ? new Folds(Dataflow.WEIGHT_STATIONARY, depth, folds.columns(), depth, n, m)
                : new Folds(Dataflow.INPUT_STATIONARY, depth, folds.rows(), depth, m, n);
    }

    /**
     * Sums pass down a column, a number from the left is multiplied with what an element holds.
     * Those of the fold above come back from the buffer and go on.
     *
     * @param holding what the columns hold, rows of k
     * @return for each column its sums, step after step
     */
    private int[][] passing(Folds folds, int[] moving, int[] holding) {
        var streams = columnsOf(moving);
        int steps = folds.steps();
        var nothing = new int[steps];
        var sums = new int[folds.alongColumns()][steps];
        folds.forEach(
                fold -> {
                    var passed = new int[DEEP][];
                    var held = new int[DEEP];
                    for (int from = 0; from < steps; from += BLOCK) {
                        int to = Math.min(steps, from + BLOCK);
                        for (int row = 0; row < fold.rows(); row += DEEP) {
                            int top = fold.top() + row;
                            int deep = Math.min(DEEP, fold.rows() - row);
                            for (int i = 0; i < DEEP; i++) {
                                passed[i] = i < deep ? streams[top + i] : nothing;
                            }
                            for (int column = 0; column < fold.columns(); column++) {
                                int at = fold.left() + column;
                                Arrays.fill(held, deep, DEEP, 0);
                                System.arraycopy(holding, at * depth + top, held, 0, deep);
                                elements(sums[at], passed, held, from, to);
                            }
                        }
                    }
                });
        return sums;
    }

    /** Clocks of elements one below the other, each of which passes on the sum that it gets. */
    private static void elements(int[] sums, int[][] passed, int[] held, int from, int to) {
        int[] x0 = passed[0];
        int[] x1 = passed[1];
        int[] x2 = passed[2];
        int[] x3 = passed[3];
        int w0 = held[0];
        int w1 = held[1];
        int w2 = held[2];
        int w3 = held[3];
        for (int step = from; step < to; step++) {
            sums[step] += w0 * x0[step] + w1 * x1[step] + w2 * x2[step] + w3 * x3[step];
        }
    }

    /** The sums, m rows of n, whatever they need up to 64 bits. */
    long[] wide() {
        int m = activations.length / depth;
        int n = weights.length / depth;
        var sums = new long[m * n];
        folds.forEach(
                fold -> {
                    for (int row = fold.top(); row < fold.top() + fold.rows(); row++) {
                        for (int column = fold.left();
                                column < fold.left() + fold.columns();
                                column++) {
                            for (int step = 0; step < folds.steps(); step++) {
                                switch (folds.dataflow()) {
                                    case OUTPUT_STATIONARY -> add(sums, n, row, column, step);
                                    case WEIGHT_STATIONARY -> add(sums, n, step, column, row);
                                    default -> add(sums, n, column, step, row);
                                }
                            }
                        }
                    }
                });
        return sums;
    }

    /** One product of one element. */
    private void add(long[] sums, int n, int m, int column, int k) {
        sums[m * n + column] += (long) activations[m * depth + k] * weights[column * depth + k];
    }

    private int[][] columnsOf(int[] matrix) {
        int rows = matrix.length / depth;
        var columns = new int[depth][rows];
        for (int from = 0; from < rows; from += TURNED) {
            int to = Math.min(rows, from + TURNED);
            for (int k = 0; k < depth; k++) {
                int[] column = columns[k];
                for (int row = from; row < to; row++) {
                    column[row] = matrix[row * depth + k];
                }
            }
        }
        return columns;
    }

    private static long[] transposed(int[][] sums, int steps) {
        int columns = sums.length;
        var result = new long[steps * columns];
        for (int from = 0; from < columns; from += TURNED) {
            int to = Math.min(columns, from + TURNED);
            for (int step = 0; step < steps; step++) {
                for (int column = from; column < to; column++) {
                    result[step * columns + column] = sums[column][step];
                }
            }
        }
        return result;
    }

    private static long[] flat(int[][] sums, int steps) {
        var result = new long[steps * sums.length];
        for (int row = 0; row < sums.length; row++) {
            for (int step = 0; step < steps; step++) {
                result[row * steps + step] = sums[row][step];
            }
        }
        return result;
    }
}
