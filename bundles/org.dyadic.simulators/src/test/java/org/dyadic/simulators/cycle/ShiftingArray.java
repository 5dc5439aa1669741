package org.dyadic.simulators.cycle;

import org.dyadic.api.hardware.Dataflow;

/**
 * The slow twin: an array whose registers shift at every clock, every element of it, written as
 * plainly as can be. An element counts its work when both its operands are of the layer.
 */
final class ShiftingArray {

    private final int rows;
    private final int columns;
    final long[] uses;
    long cycles;

    ShiftingArray(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.uses = new long[rows * columns];
    }

    /** The product of a, m x k, and the transposed b, n x k: m rows of n. */
    long[][] multiply(int[][] a, int[][] b, Dataflow dataflow) {
        return switch (dataflow) {
            case OUTPUT_STATIONARY -> staying(a, b);
            case WEIGHT_STATIONARY -> passing(a, b);
            // a stays and b streams: the transposed product
            case INPUT_STATIONARY -> transposed(passing(b, a));
            case ROW_STATIONARY -> throw new IllegalArgumentException();
        };
    }

    /** A number on its way through the array; none in a bubble. */
    private record Token(int value, int step) {}

    private long[][] staying(int[][] a, int[][] b) {
        int steps = a[0].length;
        var result = new long[a.length][b.length];
        for (int left = 0; left < b.length; left += columns) {
            for (int top = 0; top < a.length; top += rows) {
                var fromLeft = new Token[rows][columns];
                var fromAbove = new Token[rows][columns];
                // until the far corner has seen the last step
                for (int clock = 0;
                        clock <= steps - 1 + rows - 1 + columns - 1;
                        clock++, cycles++) {
                    for (int r = rows - 1; r >= 0; r--) {
                        for (int c = columns - 1; c >= 0; c--) {
                            fromLeft[r][c] = c > 0 ? fromLeft[r][c - 1] : at(a, top + r, clock - r);
                            fromAbove[r][c] =
                                    r > 0 ? fromAbove[r - 1][c] : at(b, left + c, clock - c);
                            if (fromLeft[r][c] != null && fromAbove[r][c] != null) {
                                result[top + r][left + c] +=
                                        (long) fromLeft[r][c].value * fromAbove[r][c].value;
                                uses[r * columns + c]++;
                            }
                        }
                    }
                }
            }
        }
        return result;
    }

    /** The numbers of {@code holding} stay, one of its rows in a column of the array. */
    private long[][] passing(int[][] moving, int[][] holding) {
        int steps = moving.length;
        int depth = holding[0].length;
        var result = new long[steps][holding.length];
        for (int left = 0; left < holding.length; left += columns) {
            for (int top = 0; top < depth; top += rows) {
                var held = new Token[rows][columns];
                for (int row = 0; row < rows; row++, cycles++) { // a row comes in from above
                    for (int r = rows - 1; r >= 0; r--) {
                        for (int c = 0; c < columns; c++) {
                            held[r][c] =
                                    r > 0
                                            ? held[r - 1][c]
                                            : at(holding, left + c, top + rows - 1 - row);
                        }
                    }
                }
                var passed = new Token[rows][columns];
                var sums = new long[rows][columns];
                for (int clock = 0;
                        clock <= steps - 1 + rows - 1 + columns - 1;
                        clock++, cycles++) {
                    for (int r = rows - 1; r >= 0; r--) {
                        for (int c = columns - 1; c >= 0; c--) {
                            passed[r][c] =
                                    c > 0 ? passed[r][c - 1] : stepOf(moving, clock - r, top + r);
                            sums[r][c] = r > 0 ? sums[r - 1][c] : 0;
                            if (passed[r][c] != null && held[r][c] != null) {
                                sums[r][c] += (long) passed[r][c].value * held[r][c].value;
                                uses[r * columns + c]++;
                            }
                        }
                    }
                    for (int c = 0; c < columns && left + c < holding.length; c++) {
                        int step = clock - (rows - 1) - c;
                        if (step >= 0 && step < steps) {
                            result[step][left + c] += sums[rows - 1][c];
                        }
                    }
                }
            }
        }
        return result;
    }

    private static Token at(int[][] matrix, int row, int step) {
        return row < matrix.length && step >= 0 && step < matrix[row].length
                ? new Token(matrix[row][step], step)
                : null;
    }

    private static Token stepOf(int[][] matrix, int step, int k) {
        return step >= 0 && step < matrix.length && k < matrix[step].length
                ? new Token(matrix[step][k], step)
                : null;
    }

    private static long[][] transposed(long[][] matrix) {
        var result = new long[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix[0].length; j++) {
                result[j][i] = matrix[i][j];
            }
        }
        return result;
    }
}
