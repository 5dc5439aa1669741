package org.dyadic.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.dyadic.kernels.DigitScaling;
import org.dyadic.kernels.Encoder;
import org.dyadic.kernels.PairKernels;
import org.dyadic.kernels.Scaling;
import org.dyadic.kernels.WideScaling;
import org.junit.jupiter.api.Test;

/**
 * Vector loops equal the scalar ones to the bit: on random and extreme integers, at all lengths.
 */
class VectorPairKernelsTest {

    private static final int[] EXTREMES = {
        0, 1, -1, Short.MAX_VALUE, Short.MIN_VALUE, 0x80008000, 0x7fff8000, 0x80007fff, 0xffff0000
    };
    private static final int[] LENGTHS = {0, 1, 3, 15, 16, 17, 31, 64, 97, 4098};
    private static final int[] COUNTS = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 40};
    private static final int[] CHANNELS = {16, 32, 48, 64, 80, 96, 144};

    private final SplittableRandom random = new SplittableRandom(5);
    private final PairKernels scalar = PairKernels.scalar();
    private final PairKernels vector = new VectorPairKernels();

    private int[] pairs(int length) {
        return random.ints(length)
                .map(x -> random.nextInt(4) == 0 ? EXTREMES[(x >>> 1) % EXTREMES.length] : x)
                .toArray();
    }

    private static int[] both(int[] weights) {
        return Arrays.stream(weights).map(w -> (w & 0xffff) | (w << 16)).toArray();
    }

    /** Both kernels, on an array each; then the arrays are equal. */
    private void same(int length, BiConsumer<PairKernels, int[]> loop) {
        int[] start = pairs(length);
        int[] expected = start.clone();
        int[] result = start.clone();
        loop.accept(scalar, expected);
        loop.accept(vector, result);
        assertThat(result).isEqualTo(expected);
    }

    @Test
    void productsOf16Bits() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int depth = random.nextInt(1, 40);
                int from = random.nextInt(depth);
                int to = random.nextInt(from, depth + 1);
                int[] codes = pairs(600);
                int[] pixels = random.ints(count + 3, 0, 250).toArray();
                int[] taps = random.ints(depth, 0, 250).toArray();
                int[] weights = pairs(depth * channels);
                same(
                        count * channels + 7,
                        (kernels, sums) ->
                                kernels.multiply(
                                        codes, 50, pixels, 3, count, taps, from, to, weights,
                                        channels, sums, 7));
            }
        }
    }

    @Test
    void productsOf16BitsOfCodesSideBySide() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int depth = random.nextInt(1, 40);
                int from = random.nextInt(depth);
                int to = random.nextInt(from, depth + 1);
                int[] codes = pairs(900);
                int[] scattered = random.ints(count + 3, 0, 800).toArray();
                int[] sideBySide = IntStream.range(0, count + 3).map(p -> 16 * p).toArray();
                int[] taps = IntStream.range(10, 10 + depth).toArray();
                int[] weights = pairs(depth * channels);
                for (int[] pixels : List.of(scattered, sideBySide)) {
                    same(
                            count * channels + 7,
                            (kernels, sums) ->
                                    kernels.multiply(
                                            codes, 50, pixels, 3, count, taps, from, to, weights,
                                            channels, sums, 7));
                }
            }
        }
    }

    @Test
    void productsInSinglePrecision() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int depth = random.nextInt(1, 40);
                int from = random.nextInt(depth);
                int to = random.nextInt(from, depth + 1);
                // 40 x 255 x 411 is the most below 2^22
                float[] codes = integers(500, 256);
                int[] pixels = random.ints(count + 3, 0, 200).toArray();
                int[] taps = random.ints(depth, 0, 200).toArray();
                float[] weights = integers(depth * channels, 412);
                same(
                        count * channels + 7,
                        (kernels, sums) ->
                                kernels.multiply(
                                        codes, 100, pixels, 3, count, taps, from, to, weights,
                                        channels, sums, 7));
            }
        }
    }

    @Test
    void productsInSinglePrecisionOfCodesSideBySide() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int rows = random.nextInt(1, 4);
                int columns = random.nextInt(12, 24); // some of them too few to pay
                int from = random.nextInt(2);
                int depth = rows * columns;
                float[] codes = integers(1000, 256);
                int[] scattered = random.ints(count + 3, 0, 700).toArray();
                int[] sideBySide = IntStream.range(0, count + 3).map(p -> 16 * p).toArray();
                int[] taps =
                        IntStream.range(0, depth)
                                .map(tap -> tap / columns * 40 + tap % columns)
                                .toArray();
                float[] weights = integers(depth * channels, 200);
                for (int[] pixels : List.of(scattered, sideBySide)) {
                    same(
                            count * channels + 7,
                            (kernels, sums) ->
                                    kernels.multiply(
                                            codes, 100, pixels, 3, count, taps, from, depth,
                                            weights, channels, sums, 7));
                }
            }
        }
    }

    private float[] integers(int length, int bound) {
        var numbers = new float[length];
        for (int i = 0; i < length; i++) {
            int number = random.nextInt(8) == 0 ? bound - 1 : random.nextInt(bound);
            numbers[i] = random.nextBoolean() ? number : -number;
        }
        return numbers;
    }

    @Test
    void productsOfEachChannel() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int depth = random.nextBoolean() ? 9 : random.nextInt(1, 26);
                int[] codes = pairs(600);
                int[] pixels = random.ints(count + 3, 0, 200).toArray();
                int[] taps = random.ints(depth, 0, 200).toArray();
                int[] weights = both(pairs(depth * channels));
                same(
                        count * channels,
                        (kernels, sums) ->
                                kernels.multiplyEach(
                                        codes, pixels, 3, count, taps, weights, channels, sums));
                int[] low = new int[count * channels];
                same(
                        count * channels,
                        (kernels, high) ->
                                kernels.multiplyEach(
                                        codes, pixels, 3, count, taps, weights, channels, low,
                                        high));
                int[] high = new int[count * channels];
                same(
                        count * channels,
                        (kernels, sums) ->
                                kernels.multiplyEach(
                                        codes, pixels, 3, count, taps, weights, channels, sums,
                                        high));
            }
        }
    }

    @Test
    void productsOfEachChannelInTwoParts() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int depth = random.nextBoolean() ? 9 : random.nextInt(1, 26);
                int shift = random.nextInt(1, 15);
                int[] codes = pairs(600);
                int[] pixels = random.ints(count + 3, 0, 200).toArray();
                int[] taps = random.ints(depth, 0, 200).toArray();
                int[] upper = both(pairs(depth * channels));
                int[] lower = both(pairs(depth * channels));
                int[] other = new int[count * channels];
                same(
                        count * channels,
                        (kernels, high) ->
                                kernels.multiplyEach(
                                        codes, pixels, 3, count, taps, upper, lower, shift,
                                        channels, other, high));
                same(
                        count * channels,
                        (kernels, low) ->
                                kernels.multiplyEach(
                                        codes, pixels, 3, count, taps, upper, lower, shift,
                                        channels, low, other));
            }
        }
    }

    @Test
    void tilesOfWinograd() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int line = 5 * channels;
                int step = count * channels + 16;
                int[] codes = pairs(400 + 20 * channels);
                int[] tiles = random.ints(count + 2, 0, 400).toArray();
                same(
                        16 * step,
                        (kernels, to) ->
                                kernels.toTiles(codes, tiles, 2, count, line, channels, to, step));
                int[] products = pairs(16 * step);
                int[] places =
                        java.util.stream.IntStream.range(0, 4 * count + 8)
                                .map(i -> random.nextInt(5) == 0 ? -1 : (i + 1) * channels)
                                .toArray();
                same(
                        (4 * count + 8) * channels,
                        (kernels, sums) ->
                                kernels.fromTiles(
                                        products, step, count, channels, places, 2, channels,
                                        sums));
            }
        }
    }

    @Test
    void halvesAreSpread() {
        for (int channels = 32; channels <= 160; channels += 32) {
            for (int count : COUNTS) {
                int own = channels;
                int[] halves = pairs(count * channels / 2);
                same(
                        count * channels + 3,
                        (kernels, sums) -> kernels.spread(halves, count, own, sums, 3));
            }
        }
    }

    @Test
    void sumsGrowWider() {
        for (int length : LENGTHS) {
            int[] sums = pairs(length);
            int[] others = pairs(length);
            same(length, (kernels, low) -> kernels.widen(sums, length, low, others.clone()));
            same(length, (kernels, high) -> kernels.widen(sums, length, others.clone(), high));
        }
    }

    @Test
    void scaledSumsOf16Bits() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                var by =
                        Scaling.of(
                                        longs(channels, 0, 1L << 31),
                                        longs(channels, -(1L << 45), 1L << 45),
                                        random.ints(channels, 16, 48).toArray(),
                                        channels)
                                .orElseThrow();
                int[] sums = pairs(count * channels);
                same(
                        count * channels,
                        (kernels, wide) ->
                                kernels.requantize(sums, count, by, -32768, 32767, wide));
                same(
                        count * channels,
                        (kernels, wide) -> kernels.requantize(sums, count, by, 0, 999, wide));
            }
        }
    }

    private long[] longs(int length, long from, long to) {
        return random.longs(length, from, to).toArray();
    }

    @Test
    void scaledSumsOf32Bits() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                var by =
                        WideScaling.of(
                                        longs(channels, 0, 1L << 31),
                                        longs(channels, -(1L << 44), 1L << 44),
                                        random.ints(channels, 20, 50).toArray(),
                                        channels,
                                        1 << 19)
                                .orElseThrow();
                int[] low = pairs(count * channels);
                int[] high = pairs(count * channels);
                same(
                        count * channels,
                        (kernels, wide) ->
                                kernels.requantize(low, high, count, by, -32768, 32767, wide));
            }
        }
    }

    @Test
    void scaledSumsOfSome20Bits() {
        for (int channels : CHANNELS) {
            for (int count : COUNTS) {
                int bits = random.nextInt(13, 20);
                var by =
                        DigitScaling.of(
                                        longs(channels, 0, 1L << 31),
                                        longs(channels, -(1L << 44), 1L << 44),
                                        random.ints(channels, 26, 50).toArray(),
                                        channels,
                                        1 << bits)
                                .orElseThrow();
                int[] low = random.ints(count * channels, -(1 << bits), 1 << bits).toArray();
                int[] high = random.ints(count * channels, -(1 << bits), 1 << bits).toArray();
                same(
                        count * channels,
                        (kernels, wide) ->
                                kernels.requantize(low, high, count, by, -32768, 32767, wide));
            }
        }
    }

    @Test
    void sums() {
        for (int length : LENGTHS) {
            int[] other = pairs(length + 5);
            same(
                    length + 9,
                    (kernels, own) ->
                            kernels.add(
                                    own, 9, 3000, other, 5, -2999, 77, 11, -32768, 32767, own, 9,
                                    length));
            same(
                    length,
                    (kernels, to) ->
                            kernels.add(other, 5, 1, other, 2, 16, 0, 4, 0, 32767, to, 0, length));
        }
    }

    @Test
    void limitsAndMaxima() {
        for (int length : LENGTHS) {
            int[] other = pairs(length + 5);
            same(length + 7, (kernels, own) -> kernels.clamp(own, 7, length, -300, 12345));
            same(length + 7, (kernels, own) -> kernels.max(own, 7, other, 5, length));
        }
    }

    @Test
    void levels() {
        assertThat(Arrays.stream(EncoderExamples.all()).map(Encoder::getClass).distinct())
                .as("forms of encoders")
                .hasSize(4);
        for (var encoder : EncoderExamples.all()) {
            for (int length : LENGTHS) {
                int[] wide = pairs(length + 5);
                same(
                        length + 3,
                        (kernels, codes) -> kernels.encode(wide, 5, length, encoder, codes, 3));
            }
        }
    }

    @Test
    void halvesAsNumbers() {
        for (int length : LENGTHS) {
            int[] codes = pairs(length + 2);
            var expected = new float[2 * length + 8];
            var result = new float[2 * length + 8];
            scalar.split(codes, 2, length, expected, 1, length + 3);
            vector.split(codes, 2, length, result, 1, length + 3);
            assertThat(result).isEqualTo(expected);
        }
    }

    /** Encoders of each kind. */
    private static final class EncoderExamples {

        static Encoder[] all() {
            return new Encoder[] {
                Encoder.of(even(16, 0, 3000.7), 3000.7),
                Encoder.of(even(255, -127, 91.3), 91.3),
                Encoder.of(even(255, -127, 128), 128),
                Encoder.of(uneven(15), 1),
                Encoder.of(uneven(40), 1)
            };
        }

        private static int[] even(int count, int lowest, double ratio) {
            return IntStream.range(-32768, 32768)
                    .map(
                            x ->
                                    (int)
                                            Math.max(
                                                    lowest,
                                                    Math.min(
                                                            lowest + count - 1,
                                                            Math.floor(x / ratio + 0.5))))
                    .toArray();
        }

        private static int[] uneven(int count) {
            return IntStream.range(-32768, 32768)
                    .map(x -> (x + 32768) * count / 65536)
                    .map(i -> i * i - 50)
                    .toArray();
        }
    }
}
