package org.dyadic.quantizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.dyadic.api.quant.Distribution;
import org.dyadic.testkit.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBoundTest {

    private static final int REACH = 128;

    static Stream<String> names() {
        return Nasty.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void neverExceedsTheLeastError(String name) {
        var data = Nasty.all().get(name);
        var random = new SplittableRandom(2);
        for (int steps : new int[] {2, 16, 1024}) {
            var bound = new ErrorBound(data, REACH, steps);
            for (int i = 0; i < 300; i++) {
                var levels = someLevels(random);
                double least = data.bestScale(levels.toArray()).squaredError();
                for (double limit : new double[] {data.power(), least * 1.5, least, least / 2}) {
                    assertThat(bound.of(levels, limit))
                            .isLessThanOrEqualTo(
                                    Math.min(limit, least) + 1e-13 * data.power() + 1e-70);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024})
    void isCloseToTheLeastErrorWithManySteps(int steps) {
        var data = Distribution.of(Samples.gauss(5000, 1));
        var bound = new ErrorBound(data, REACH, steps);
        var random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            var levels = someLevels(random);
            double least = data.bestScale(levels.toArray()).squaredError();
            double step = Math.log(2 * data.absMax() * REACH / 0.05) / steps;
            assertThat(bound.of(levels, data.power()))
                    .isBetween(least - step * step * data.power(), least + 1e-13);
        }
    }

    @Test
    void theLimitIsAnsweredWhereNothingIsBelowIt() {
        var data = Distribution.of(Samples.gauss(5000, 1));
        var levels = new LevelSet(REACH, 16, false);
        levels.become(new int[] {-100, -50, 0, 50}, new int[] {0, 25});
        double least = data.bestScale(levels.toArray()).squaredError();
        assertThat(new ErrorBound(data, REACH, 1024).of(levels, 0.9 * least))
                .isEqualTo(0.9 * least);
    }

    private static LevelSet someLevels(SplittableRandom random) {
        var levels = new LevelSet(REACH, 32, random.nextBoolean());
        int low = random.nextInt(4) == 0 ? 0 : -REACH / 2;
        levels.become(
                random.ints(1 + random.nextInt(4), low, REACH / 2 + 1).toArray(),
                random.ints(1 + random.nextInt(4), low, REACH / 2 + 1).toArray());
        return levels;
    }
}
