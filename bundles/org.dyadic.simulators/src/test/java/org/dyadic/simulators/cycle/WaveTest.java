package org.dyadic.simulators.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.simulators.Machines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaveTest {

    /** Wide sums are taken product by product, in the order of folds, elements and clocks. */
    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void manyElementsAtATimeMakeTheSumsOfOneAfterAnother(Dataflow dataflow) {
        var random = new SplittableRandom(1);
        for (int trial = 0; trial < 40; trial++) {
            boolean tall = random.nextBoolean();
            int m = 1 + random.nextInt(tall ? 1300 : 40);
            int n = 1 + random.nextInt(tall ? 40 : 1300);
            int k = 1 + random.nextInt(90);
            int rows = 1 + random.nextInt(70);
            int columns = 1 + random.nextInt(70);
            var machine = Machines.array(rows, columns, dataflow, Machines.AMPLE);
            var folds = Folds.of(machine, Machines.product(m, n, k));
            // sums leave 32 bits in every second trial, and must wrap
            int most = trial % 2 == 0 ? 127 : 1 << 30;
            int[] activations = random.ints((long) m * k, -most, most).toArray();
            int[] weights = random.ints((long) n * k, -most, most).toArray();
            var wave = new Wave(folds, k, activations, weights);

            assertThat(wave.narrow())
                    .as("%d x %d x %d on %d x %d", m, n, k, rows, columns)
                    .isEqualTo(Arrays.stream(wave.wide()).map(sum -> (int) sum).toArray());
        }
    }
}
