package org.dyadic.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever form an encoder takes, it gives the levels of its table. */
class EncoderTest {

    private final SplittableRandom random = new SplittableRandom(2);

    /** The nearest of the levels, half way going up. */
    private static int[] table(int[] levels, double ratio) {
        return IntStream.range(-32768, 32768)
                .map(
                        x -> {
                            int i = 0;
                            while (i + 1 < levels.length
                                    && x >= Math.ceil(ratio * (levels[i] + levels[i + 1]) / 2)) {
                                i++;
                            }
                            return levels[i];
                        })
                .toArray();
    }

    private static Encoder check(int[] levels, double ratio) {
        int[] table = table(levels, ratio);
        var encoder = Encoder.of(table, ratio);
        int[] encoded = IntStream.range(-32768, 32768).map(encoder::level).toArray();
        assertThat(encoded).isEqualTo(table);
        return encoder;
    }

    @Test
    void evenLevelsAreAProduct() {
        for (int bits = 2; bits <= 8; bits++) {
            int top = (1 << bits) - 1;
            for (int trial = 0; trial < 8; trial++) {
                double ratio = 32768.0 / top * random.nextDouble(0.1, 1);
                var kinds = List.of(Encoder.Rounded.class, Encoder.Even.class);
                assertThat(check(IntStream.rangeClosed(0, top).toArray(), ratio).getClass())
                        .isIn(kinds);
                assertThat(
                                check(IntStream.rangeClosed(-top / 2, top / 2).toArray(), ratio)
                                        .getClass())
                        .isIn(kinds);
            }
        }
        // Four bits leave a factor of single precision room; half way, it rounds to even.
        assertThat(check(IntStream.rangeClosed(0, 15).toArray(), 1234.567))
                .isInstanceOf(Encoder.Rounded.class);
        assertThat(check(IntStream.rangeClosed(-7, 7).toArray(), 1024))
                .isInstanceOf(Encoder.Even.class);
    }

    @Test
    void fewUnevenLevelsAreComparisons() {
        for (int trial = 0; trial < 20; trial++) {
            int[] levels = random.ints(16, -100, 100).distinct().sorted().toArray();
            assertThat(check(levels, random.nextDouble(50, 300)))
                    .isInstanceOf(Encoder.Uneven.class);
        }
    }

    @Test
    void manyUnevenLevelsAreATable() {
        int[] levels = random.ints(100, -3000, 3000).distinct().sorted().toArray();
        assertThat(check(levels, 9.7)).isInstanceOf(Encoder.Table.class);
    }

    @Test
    void levelsThatNoFormFitsAreATable() {
        int[] far = {-30000, -1, 30000};
        assertThat(check(far, 1.0)).isInstanceOf(Encoder.Table.class);
        assertThat(check(new int[] {7}, 1.0).level(-5)).isEqualTo(7);
        assertThat(Arrays.stream(new int[] {-32768, 32767}).map(check(far, 0.3)::level))
                .containsExactly(-30000, 30000);
    }
}
