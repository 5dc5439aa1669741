package org.dyadic.network.internal.execution;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory for the columns and sums of a convolution. Kept from one image to the next, because
 * clearing fresh arrays would take a fifth of the time.
 */
public final class Scratch {

    /** Scratches that nobody uses now: as many as ran at once. */
    public static final class Pool {

        private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

        public Scratch borrow() {
            var scratch = idle.poll();
            return scratch == null ? new Scratch() : scratch;
        }

        public void giveBack(Scratch scratch) {
            idle.add(scratch);
        }
    }

    private float[][] columns = {};
    private float[][] sums = {};

    /** So many rows of at least so many elements, with anything in them. */
    float[][] columns(int rows, int length) {
        columns = atLeast(columns, rows, length);
        return columns;
    }

    /** So many rows of at least so many elements, with anything in them; not those of columns. */
    float[][] sums(int rows, int length) {
        sums = atLeast(sums, rows, length);
        return sums;
    }

    private static float[][] atLeast(float[][] matrix, int rows, int length) {
        var result = matrix.length < rows ? Arrays.copyOf(matrix, rows) : matrix;
        for (int row = 0; row < rows; row++) {
            if (result[row] == null || result[row].length < length) {
                result[row] = new float[length];
            }
        }
        return result;
    }
}
