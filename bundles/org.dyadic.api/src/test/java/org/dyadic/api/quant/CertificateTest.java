package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CertificateTest {

    @Test
    void noSearchDealsWithMoreThanThereIs() {
        assertThat(new Certificate(0, 0, 0, 0, 0, false, "").evaluated()).isZero();
        assertThat(new Certificate(5, 2, 3, 0, 0, false, "").pruned()).isEqualTo(2);
        for (long[] counts :
                new long[][] {{3, 0, 4}, {3, 2, 2}, {3, 4, 0}, {3, -1, 2}, {3, 2, -1}}) {
            assertThatThrownBy(
                            () -> new Certificate(counts[0], counts[1], counts[2], 0, 0, true, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "cannot have pruned %d and evaluated %d of %d candidates",
                            counts[1], counts[2], counts[0]);
        }
        assertThatThrownBy(() -> new Certificate(Long.MAX_VALUE, Long.MAX_VALUE, 1, 0, 0, true, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noBoundLiesAboveWhatItBounds() {
        assertThat(bounded(0.5, 0.5 * (1 + 1e-12), true).gap()).isZero();
        for (double[] pair :
                new double[][] {{0.5, 0.6}, {0.5, -0.1}, {0.5, Double.NaN}, {Double.NaN, 0}}) {
            assertThatThrownBy(() -> bounded(pair[0], pair[1], false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("was " + pair[1] + " for an error of " + pair[0]);
        }
        assertThatThrownBy(() -> bounded(Double.POSITIVE_INFINITY, 0, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theGapIsInDecibels() {
        assertThat(bounded(0.2, 0.1, false).gap()).isCloseTo(3.0103, within(1e-4));
        assertThat(bounded(0.2, 0.1, true).gap()).isZero();
        assertThat(bounded(0.2, 0.2, false).gap()).isZero();
        assertThat(bounded(0, 0, false).gap()).isZero();
        assertThat(bounded(0.2, 0, false).gap()).isInfinite();
    }

    private static Certificate bounded(double error, double bound, boolean proven) {
        return new Certificate(1, 0, 1, error, bound, proven, "");
    }
}
