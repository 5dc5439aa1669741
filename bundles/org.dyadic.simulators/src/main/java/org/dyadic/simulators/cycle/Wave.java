package org.dyadic.simulators.cycle;

import java.util.Arrays;

/**
 * The wave of operands through an array, for one group of a layer: every element multiplies and
 * adds at each clock that it works, in its own order. What an element meets clock after clock is
 * laid out in a row, so that a virtual machine makes vector instructions of the plain loops.
 *
 * <p>32 bits do for sums that are proven to fit and for those that wrap in no more, as two's
 * complement forgets the same bits sooner or later; all others take 64.
 */
final class Wave {

    /** Elements of a column that a sum passes in one loop. */
    private static final int DEEP = 8;

    /** Steps that go through a fold before the next ones, so that they stay near the processor. */
    private static final int BLOCK = 512;

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
        return switch (folds.dataflow()) {
            case OUTPUT_STATIONARY -> staying();
            case WEIGHT_STATIONARY -> passing(activations, weights, true);
            default -> passing(weights, activations, false);
        };
    }

    /** Sums stay: at each clock an element takes a number from the left and one from above. */
    private long[] staying() {
        var fromLeft = rowsOf(activations);
        var fromAbove = rowsOf(weights);
        int n = fromAbove.length;
        var sums = new long[fromLeft.length * n];
        folds.forEach(
                fold -> {
                    for (int row = fold.top(); row < fold.top() + fold.rows(); row++) {
                        int column = fold.left();
                        int end = fold.left() + fold.columns();
                        for (; column < end; column++) {
                            sums[row * n + column] = element(fromLeft[row], fromAbove[column]);
                        }
                    }
                });
        return sums;
    }

    /** All clocks of an element whose sum stays. */
    private static int element(int[] fromLeft, int[] fromAbove) {
        int sum = 0;
        for (int step = 0; step < fromLeft.length; step++) {
            sum += fromLeft[step] * fromAbove[step];
        }
        return sum;
    }

    /**
     * Sums pass down a column, a number from the left is multiplied with what an element holds.
     * Those of the fold above come back from the buffer and go on.
     *
     * @param holding what the columns hold, rows of k
     * @param stepsAreRows whether a step makes a row of the result, or a column of it
     */
    private long[] passing(int[] moving, int[] holding, boolean stepsAreRows) {
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
        return stepsAreRows ? transposed(sums, steps) : flat(sums, steps);
    }

    /** Clocks of elements one below the other, each of which passes on the sum that it gets. */
    private static void elements(int[] sums, int[][] passed, int[] held, int from, int to) {
        int[] x0 = passed[0];
        int[] x1 = passed[1];
        int[] x2 = passed[2];
        int[] x3 = passed[3];
        int[] x4 = passed[4];
        int[] x5 = passed[5];
        int[] x6 = passed[6];
        int[] x7 = passed[7];
        int w0 = held[0];
        int w1 = held[1];
        int w2 = held[2];
        int w3 = held[3];
        int w4 = held[4];
        int w5 = held[5];
        int w6 = held[6];
        int w7 = held[7];
        for (int step = from; step < to; step++) {
            sums[step] +=
                    w0 * x0[step]
                            + w1 * x1[step]
                            + w2 * x2[step]
                            + w3 * x3[step]
                            + w4 * x4[step]
                            + w5 * x5[step]
                            + w6 * x6[step]
                            + w7 * x7[step];
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

    private int[][] rowsOf(int[] matrix) {
        var rows = new int[matrix.length / depth][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(matrix, i * depth, (i + 1) * depth));
        return rows;
    }

    private int[][] columnsOf(int[] matrix) {
        int rows = matrix.length / depth;
        var columns = new int[depth][rows];
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < depth; k++) {
                columns[k][row] = matrix[row * depth + k];
            }
        }
        return columns;
    }

    private static long[] transposed(int[][] sums, int steps) {
        var result = new long[steps * sums.length];
        for (int column = 0; column < sums.length; column++) {
            for (int step = 0; step < steps; step++) {
                result[step * sums.length + column] = sums[column][step];
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
