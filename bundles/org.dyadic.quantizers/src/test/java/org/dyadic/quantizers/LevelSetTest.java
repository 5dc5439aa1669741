package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LevelSetTest {

    @Test
    void holdsEverySumOnceInOrder() {
        var levels = new LevelSet(10, 8, false);
        levels.become(new int[] {3, -3, 0}, new int[] {0, 3});
        assertThat(levels.toArray()).containsExactly(-3, 0, 3, 6);
        assertThat(levels.hasZero()).isTrue();
        levels.become(new int[] {10}, new int[] {0});
        assertThat(levels.toArray()).containsExactly(10);
        assertThat(levels.hasZero()).isFalse();
        levels.become(new int[] {-10, 10}, new int[] {0});
        assertThat(levels.toArray()).containsExactly(-10, 10);
    }

    @Test
    void mirrorsWhatHasASign() {
        var levels = new LevelSet(10, 8, true);
        levels.become(new int[] {0, 1}, new int[] {0, 4});
        assertThat(levels.toArray()).containsExactly(-5, -4, -1, 0, 1, 4, 5);
    }

    @Test
    void theAnchorIsNearestToZeroAndNeighboursAreWeighedByTheirGap() {
        var random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            var levels = new LevelSet(100, 16, false);
            levels.become(random.ints(4, -50, 51).toArray(), random.ints(4, -50, 51).toArray());
            int[] sorted = levels.toArray();
            int nearest = Arrays.stream(sorted).map(Math::abs).min().orElseThrow();
            assertThat(Math.abs(levels.anchor())).isEqualTo(nearest);

            var table = random.doubles(401).toArray();
            double expected = 0;
            for (int k = 1; k < sorted.length; k++) {
                expected += (sorted[k] - sorted[k - 1]) * table[sorted[k] + sorted[k - 1] + 200];
            }
            assertThat(levels.weigh(table)).isEqualTo(expected);
        }
    }
}
