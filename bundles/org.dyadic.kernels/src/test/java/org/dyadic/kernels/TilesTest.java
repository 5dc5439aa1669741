package org.dyadic.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Winograd's tiles give the sums of 3 x 3 windows, to the bit. */
class TilesTest {

    /** The matrix G of F(2 x 2, 3 x 3), times two. */
    private static final int[][] G = {{2, 0, 0}, {1, 1, 1}, {1, -1, 1}, {0, 0, 2}};

    private static final int CHANNELS = PairKernels.ROUND;

    private final SplittableRandom random = new SplittableRandom(12);
    private final PairKernels kernels = PairKernels.scalar();

    @Test
    void productsOfTilesAreSumsOfWindows() {
        for (int trial = 0; trial < 300; trial++) {
            // One tile, one input channel that meets another weight in each output channel.
            var low = random.ints(16, 0, 16).toArray();
            var high = random.ints(16, -7, 16).toArray();
            var codes = new int[16 * CHANNELS];
            for (int pixel = 0; pixel < 16; pixel++) {
                for (int c = 0; c < CHANNELS; c++) {
                    codes[pixel * CHANNELS + c] = (low[pixel] & 0xffff) | (high[pixel] << 16);
                }
            }
            var tile = new int[16 * CHANNELS];
            kernels.toTiles(codes, new int[1], 0, 1, 4 * CHANNELS, CHANNELS, tile, CHANNELS);
            int[][] weights = new int[CHANNELS][];
            var products = new int[16 * CHANNELS];
            for (int c = 0; c < CHANNELS; c++) {
                weights[c] = random.ints(9, -8, 8).toArray();
                for (int place = 0; place < 16; place++) {
                    int weight = transformed(weights[c], place / 4, place % 4);
                    int x = tile[place * CHANNELS + c];
                    products[place * CHANNELS + c] =
                            ((x * weight) & 0xffff) | (((x >> 16) * weight) << 16);
                }
            }
            var sums = new int[4 * CHANNELS];
            int[] places = {0, CHANNELS, 2 * CHANNELS, 3 * CHANNELS};
            kernels.fromTiles(products, CHANNELS, 1, CHANNELS, places, 0, 0, sums);
            for (int c = 0; c < CHANNELS; c++) {
                for (int y = 0; y < 2; y++) {
                    for (int x = 0; x < 2; x++) {
                        int sum = sums[(2 * y + x) * CHANNELS + c];
                        assertThat((int) (short) sum).isEqualTo(window(low, weights[c], y, x));
                        assertThat(sum >> 16).isEqualTo(window(high, weights[c], y, x));
                    }
                }
            }
        }
    }

    private static int transformed(int[] weights, int y, int x) {
        int sum = 0;
        for (int dy = 0; dy < 3; dy++) {
            for (int dx = 0; dx < 3; dx++) {
                sum += G[y][dy] * weights[3 * dy + dx] * G[x][dx];
            }
        }
        return sum;
    }

    private static int window(int[] pixels, int[] weights, int y, int x) {
        int sum = 0;
        for (int dy = 0; dy < 3; dy++) {
            for (int dx = 0; dx < 3; dx++) {
                sum += pixels[4 * (y + dy) + x + dx] * weights[3 * dy + dx];
            }
        }
        return sum;
    }
}
