package org.dyadic.kernels;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Matrix products over rows. A matrix of columns is an array of rows, each an array of its own,
 * because loops over separate arrays with one index are what every JIT turns into vector
 * instructions.
 *
 * <p>{@code result[r][p] = sum over k of weights[offset + r depth + k] columns[k][p]}, for r below
 * {@code rows} and p below {@code count}. Results are overwritten. Thread-safe.
 */
@ProviderType
public interface Kernels {

    /** Which implementation this is, for reports. */
    String id();

    /** In 32-bit integers; sums wrap around as Java's do, so the caller proves that they fit. */
    void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            int[][] result);

    /** In single precision, in an unspecified order of additions. */
    void multiply(
            float[] weights,
            int offset,
            int rows,
            int depth,
            float[][] columns,
            int count,
            float[][] result);

    /** In 64-bit integers, for sums that may not fit 32 bits. */
    void multiply(
            int[] weights,
            int offset,
            int rows,
            int depth,
            int[][] columns,
            int count,
            long[][] result);

    /** Loops over pairs of images, if these kernels have them faster than other loops are. */
    default Optional<PairKernels> pairs() {
        return Optional.empty();
    }

    /** The definition. */
    static Kernels scalar() {
        return new ScalarKernels();
    }
}
