package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergeSortTest {

    @Test
    void ordersAsTheStableSortOfTheLibraryDoes() {
        var random = new SplittableRandom(3);
        for (int n = 0; n < 200; n++) {
            // Few distinct values, so that many are equal; a run length from none to all.
            int distinct = 1 + random.nextInt(20);
            int run = 1 + random.nextInt(n + 1);
            var samples = random.doubles(n).map(x -> Math.rint(x * distinct)).toArray();
            for (int start = 0; start < n; start += run) {
                Arrays.sort(samples, start, Math.min(n, start + run));
            }
            assertThat(MergeSort.ascending(samples))
                    .isEqualTo(
                            IntStream.range(0, n)
                                    .boxed()
                                    .sorted(Comparator.comparingDouble(i -> samples[i]))
                                    .mapToInt(Integer::intValue)
                                    .toArray());
        }
    }
}
