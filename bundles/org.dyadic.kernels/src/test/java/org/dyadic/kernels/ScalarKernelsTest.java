package org.dyadic.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarKernelsTest {

    private final Kernels kernels = Kernels.scalar();
    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,4,5", "2,7,64", "16,144,257", "5,9,1000", "1,4098,3"})
    void integersEqualTheTripleLoop(int rows, int depth, int count) {
        for (int bound : new int[] {2, 255, Integer.MAX_VALUE}) {
            int[] weights = random.ints(3 + (long) rows * depth, -bound, bound).toArray();
            var columns = new int[depth][];
            for (int k = 0; k < depth; k++) {
                columns[k] = random.ints(count, -bound, bound).toArray();
            }
            var result = new int[rows][count + 2];
            var wide = new long[rows][count + 2];
            kernels.multiply(weights, 3, rows, depth, columns, count, result);
            kernels.multiply(weights, 3, rows, depth, columns, count, wide);
            for (int r = 0; r < rows; r++) {
                for (int p = 0; p < count; p++) {
                    long sum = 0;
                    for (int k = 0; k < depth; k++) {
                        sum += (long) weights[3 + r * depth + k] * columns[k][p];
                    }
                    assertThat(wide[r][p]).isEqualTo(sum);
                    assertThat(result[r][p]).isEqualTo((int) sum);
                }
                assertThat(result[r][count]).as("nothing is written beyond the count").isZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,4,5", "2,7,64", "16,144,257"})
    void floatsAreCloseToTheTripleLoop(int rows, int depth, int count) {
        var weights = new float[rows * depth];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-1, 1);
        }
        var columns = new float[depth][count];
        for (var column : columns) {
            for (int p = 0; p < count; p++) {
                column[p] = (float) random.nextDouble(-1, 1);
            }
        }
        var result = new float[rows][count];
        kernels.multiply(weights, 0, rows, depth, columns, count, result);
        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < count; p++) {
                double sum = 0;
                double size = 0;
                for (int k = 0; k < depth; k++) {
                    double product = (double) weights[r * depth + k] * columns[k][p];
                    sum += product;
                    size += Math.abs(product);
                }
                assertThat((double) result[r][p]).isCloseTo(sum, Offset.offset(1e-6 * size));
            }
        }
    }
}
