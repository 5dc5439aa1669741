package org.dyadic.simulators;

import org.dyadic.api.hardware.Dataflow;

/**
 * A systolic array with registers that shift values at every clock, written as plainly as can be:
 * the truth that the closed forms are held against. It computes a x b, so that a count of cycles is
 * worth something only if the product is right.
 */
final class SteppedArray {

    private final int rows;
    private final int columns;
    long cycles;
    long macs;

    SteppedArray(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** The product of a, m x k, and b, k x n. */
    long[][] multiply(long[][] a, long[][] b, Dataflow dataflow) {
        return switch (dataflow) {
            case OUTPUT_STATIONARY -> outputStationary(a, b);
            case WEIGHT_STATIONARY -> stationary(a, b);
            // inputs stay, weights stream: the transposed product
            case INPUT_STATIONARY -> transpose(stationary(transpose(b), transpose(a)));
            case ROW_STATIONARY -> throw new IllegalArgumentException();
        };
    }

    /** b stays, a row of the array for each of its rows; a streams from the left. */
    private long[][] stationary(long[][] a, long[][] b) {
        int steps = a.length;
        var result = new long[steps][b[0].length];
        for (int top = 0; top < b.length; top += rows) {
            for (int left = 0; left < b[0].length; left += columns) {
                var held = new long[rows][columns];
                for (int r = rows - 1; r >= 0; r--) { // a row a clock
                    for (int c = 0; c < columns; c++) {
                        held[r][c] = at(b, top + r, left + c);
                    }
                    cycles++;
                }
                var moving = new long[rows][columns];
                var sums = new long[rows][columns];
                int results = 0;
                for (int clock = 0; results < steps * columns; clock++) {
                    var movingBefore = copy(moving);
                    var sumsBefore = copy(sums);
                    for (int r = 0; r < rows; r++) {
                        for (int c = 0; c < columns; c++) {
                            int step = clock - r;
                            moving[r][c] =
                                    c > 0
                                            ? movingBefore[r][c - 1]
                                            : step < 0 ? 0 : at(a, step, top + r);
                            sums[r][c] =
                                    (r > 0 ? sumsBefore[r - 1][c] : 0) + moving[r][c] * held[r][c];
                            int worksOn = clock - r - c;
                            if (worksOn >= 0
                                    && worksOn < steps
                                    && top + r < b.length
                                    && left + c < b[0].length) {
                                macs++;
                            }
                        }
                    }
                    for (int c = 0; c < columns; c++) {
                        int step = clock - (rows - 1) - c;
                        if (step >= 0 && step < steps) {
                            results++;
                            if (left + c < b[0].length) {
                                result[step][left + c] += sums[rows - 1][c];
                            }
                        }
                    }
                    cycles++;
                }
            }
        }
        return result;
    }

    /** Sums stay; a streams from the left and b from above. */
    private long[][] outputStationary(long[][] a, long[][] b) {
        int steps = b.length;
        var result = new long[a.length][b[0].length];
        for (int top = 0; top < a.length; top += rows) {
            for (int left = 0; left < b[0].length; left += columns) {
                var fromLeft = new long[rows][columns];
                var fromAbove = new long[rows][columns];
                var sums = new long[rows][columns];
                int done = 0;
                for (int clock = 0; done < rows * columns * steps; clock++) {
                    var leftBefore = copy(fromLeft);
                    var aboveBefore = copy(fromAbove);
                    for (int r = 0; r < rows; r++) {
                        for (int c = 0; c < columns; c++) {
                            fromLeft[r][c] =
                                    c > 0 ? leftBefore[r][c - 1] : at(a, top + r, clock - r);
                            fromAbove[r][c] =
                                    r > 0 ? aboveBefore[r - 1][c] : at(b, clock - c, left + c);
                            sums[r][c] += fromLeft[r][c] * fromAbove[r][c];
                            int step = clock - r - c;
                            if (step >= 0 && step < steps) {
                                done++;
                                if (top + r < a.length && left + c < b[0].length) {
                                    macs++;
                                }
                            }
                        }
                    }
                    cycles++;
                }
                for (int r = 0; r < rows && top + r < a.length; r++) {
                    for (int c = 0; c < columns && left + c < b[0].length; c++) {
                        result[top + r][left + c] = sums[r][c];
                    }
                }
            }
        }
        return result;
    }

    private static long at(long[][] matrix, int row, int column) {
        return row < 0 || row >= matrix.length || column < 0 || column >= matrix[0].length
                ? 0
                : matrix[row][column];
    }

    private static long[][] copy(long[][] matrix) {
        var copy = new long[matrix.length][];
        for (int i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    static long[][] transpose(long[][] matrix) {
        var result = new long[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
