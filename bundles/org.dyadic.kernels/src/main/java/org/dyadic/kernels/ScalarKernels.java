package org.dyadic.kernels;

import java.util.Arrays;
import org.osgi.service.component.annotations.Component;

/** The products in plain Java, four terms at a time, in loops that C2 vectorises. */
@Component(service = Kernels.class)
public class ScalarKernels implements Kernels {

    @Override
    public String id() {
        return "scalar";
    }

    @Override
    public void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            int[][] result) {
        int whole = depth & ~3;
        for (int r = 0; r < rows; r++) {
            int[] sums = result[r];
            Arrays.fill(sums, 0, count, 0);
            int at = offset + r * depth;
            for (int k = 0; k < whole; k += 4) {
                int w0 = weights[at + k];
                int w1 = weights[at + k + 1];
                int w2 = weights[at + k + 2];
                int w3 = weights[at + k + 3];
                // Four-bit weights are zero often enough for this test to pay.
                if ((w0 | w1 | w2 | w3) != 0) {
                    add(
                            sums,
                            columns[k],
                            columns[k + 1],
                            columns[k + 2],
                            columns[k + 3],
                            w0,
                            w1,
                            w2,
                            w3,
                            count);
                }
            }
            for (int k = whole; k < depth; k++) {
                add(sums, columns[k], weights[at + k], count);
            }
        }
    }

    @Override
    public void multiply(
            float[] weights,
            int offset,
            int rows,
            int depth,
            float[][] columns,
            int count,
            float[][] result) {
        int whole = depth & ~3;
        for (int r = 0; r < rows; r++) {
            float[] sums = result[r];
            Arrays.fill(sums, 0, count, 0);
            int at = offset + r * depth;
            for (int k = 0; k < whole; k += 4) {
                add(
                        sums,
                        columns[k],
                        columns[k + 1],
                        columns[k + 2],
                        columns[k + 3],
                        weights[at + k],
                        weights[at + k + 1],
                        weights[at + k + 2],
                        weights[at + k + 3],
                        count);
            }
            for (int k = whole; k < depth; k++) {
                add(sums, columns[k], weights[at + k], count);
            }
        }
    }

    @Override
    public void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            long[][] result) {
        int whole = depth & ~3;
        for (int r = 0; r < rows; r++) {
            long[] sums = result[r];
            Arrays.fill(sums, 0, count, 0);
            int at = offset + r * depth;
            for (int k = 0; k < whole; k += 4) {
                add(
                        sums,
                        columns[k],
                        columns[k + 1],
                        columns[k + 2],
                        columns[k + 3],
                        weights[at + k],
                        weights[at + k + 1],
                        weights[at + k + 2],
                        weights[at + k + 3],
                        count);
            }
            for (int k = whole; k < depth; k++) {
                add(sums, columns[k], weights[at + k], count);
            }
        }
    }

    // One loop a method, over whole arrays with one index: the shape that C2 of JDK 17 vectorises.
    // Two results at a time, or four, are not vectorised and run at a quarter of the speed.

    private static void add(
            int[] sums,
            int[] c0,
            int[] c1,
            int[] c2,
            int[] c3,
            int w0,
            int w1,
            int w2,
            int w3,
            int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += w0 * c0[p] + w1 * c1[p] + w2 * c2[p] + w3 * c3[p];
        }
    }

    private static void add(
            long[] sums,
            int[] c0,
            int[] c1,
            int[] c2,
            int[] c3,
            long w0,
            long w1,
            long w2,
            long w3,
            int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += w0 * c0[p] + w1 * c1[p] + w2 * c2[p] + w3 * c3[p];
        }
    }

    private static void add(long[] sums, int[] column, long weight, int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += weight * column[p];
        }
    }

    private static void add(int[] sums, int[] column, int weight, int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += weight * column[p];
        }
    }

    private static void add(
            float[] sums,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float w0,
            float w1,
            float w2,
            float w3,
            int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += w0 * c0[p] + w1 * c1[p] + w2 * c2[p] + w3 * c3[p];
        }
    }

    private static void add(float[] sums, float[] column, float weight, int count) {
        for (int p = 0; p < count; p++) {
            sums[p] += weight * column[p];
        }
    }
}
