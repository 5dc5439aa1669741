package org.dyadic.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Scaling in 32 bits is scaling in unbounded integers, wherever it is offered. */
class ScalingTest {

    private static final int CHANNELS = 16;

    private final SplittableRandom random = new SplittableRandom(8);
    private final PairKernels kernels = PairKernels.scalar();

    @Test
    void sumsOf16Bits() {
        int offered = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            long[] multipliers = numbers(random.nextInt(1, 33), false);
            long[] addends = numbers(random.nextInt(1, 60), true);
            int[] shifts = random.ints(CHANNELS, 1, 63).toArray();
            if (trial % 2 == 0) {
                shifts = random.ints(CHANNELS, 16, 48).toArray();
            }
            var scaling = Scaling.of(multipliers, addends, shifts, CHANNELS);
            if (scaling.isEmpty()) {
                continue;
            }
            offered++;
            int[] sums = {-32768, 32767, 0, 1, -1, random.nextInt(-32768, 32768)};
            for (int sum : sums) {
                var pairs = new int[CHANNELS];
                Arrays.fill(pairs, (sum & 0xffff) | (sum << 16));
                var wide = new int[CHANNELS];
                kernels.requantize(pairs, 1, scaling.get(), -32768, 32767, wide);
                for (int c = 0; c < CHANNELS; c++) {
                    int expected = scaled(sum, multipliers[c], addends[c], shifts[c]);
                    assertThat((int) (short) wide[c]).isEqualTo(expected);
                    assertThat(wide[c] >> 16).isEqualTo(expected);
                }
            }
        }
        assertThat(offered).isGreaterThan(4_000);
    }

    @Test
    void sumsOf32Bits() {
        everyOfferIsExact(
                0,
                20,
                (multipliers, addends, shifts, bound) ->
                        WideScaling.of(multipliers, addends, shifts, CHANNELS, bound)
                                .map(
                                        scaling ->
                                                (low, high, wide) ->
                                                        kernels.requantize(
                                                                low, high, 1, scaling, -32768,
                                                                32767, wide)));
    }

    @Test
    void sumsThatLeaveRoomForADigit() {
        everyOfferIsExact(
                9,
                26,
                (multipliers, addends, shifts, bound) ->
                        DigitScaling.of(multipliers, addends, shifts, CHANNELS, bound)
                                .map(
                                        scaling ->
                                                (low, high, wide) ->
                                                        kernels.requantize(
                                                                low, high, 1, scaling, -32768,
                                                                32767, wide)));
    }

    /** Scales a pair of sums in each channel. */
    private interface Scaled {
        void to(int[] low, int[] high, int[] wide);
    }

    /** What a scaling offers for sums up to a bound. */
    private interface Offer {
        Optional<Scaled> of(long[] multipliers, long[] addends, int[] shifts, int bound);
    }

    /** Of sums that lack between so many bits of 32. */
    private void everyOfferIsExact(int fewest, int most, Offer offer) {
        int offered = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            long[] multipliers = numbers(random.nextInt(1, 33), false);
            long[] addends = numbers(random.nextInt(1, 62), true);
            int[] shifts = random.ints(CHANNELS, 1, 63).toArray();
            int bound = Integer.MAX_VALUE >> random.nextInt(fewest, most);
            var scaled = offer.of(multipliers, addends, shifts, bound);
            if (scaled.isEmpty()) {
                continue;
            }
            offered++;
            int[] sums = {-bound, bound, 0, 1, -1, Math.min(bound, 65535), random.nextInt(bound)};
            for (int sum : sums) {
                var low = new int[CHANNELS];
                Arrays.fill(low, sum);
                var high = new int[CHANNELS];
                Arrays.fill(high, -sum);
                var wide = new int[CHANNELS];
                scaled.get().to(low, high, wide);
                for (int c = 0; c < CHANNELS; c++) {
                    assertThat((int) (short) wide[c])
                            .isEqualTo(scaled(sum, multipliers[c], addends[c], shifts[c]));
                    assertThat(wide[c] >> 16)
                            .isEqualTo(scaled(-sum, multipliers[c], addends[c], shifts[c]));
                }
            }
        }
        assertThat(offered).isGreaterThan(1_000);
    }

    private long[] numbers(int bits, boolean signed) {
        return random.longs(CHANNELS)
                .map(x -> signed ? x >> (64 - bits) : x >>> (64 - bits))
                .map(x -> random.nextInt(4) == 0 ? x & -1L << random.nextInt(30) : x)
                .toArray();
    }

    private static int scaled(long sum, long multiplier, long addend, int shift) {
        var exact =
                BigInteger.valueOf(sum)
                        .multiply(BigInteger.valueOf(multiplier))
                        .add(BigInteger.valueOf(addend))
                        .shiftRight(shift);
        return exact.max(BigInteger.valueOf(-32768)).min(BigInteger.valueOf(32767)).intValue();
    }
}
