package org.dyadic.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FunctionTest {

    private static final float[] SOME = {-100, -3, -1, -0.25f, 0, 0.25f, 1, 3, 100};

    @Test
    void everyFunctionIsItsDefinition() {
        for (float x : SOME) {
            assertThat(new Function.Relu().apply(x)).isEqualTo(x > 0 ? x : 0);
            assertThat(new Function.Clip(-1, 6).apply(x)).isEqualTo(x < -1 ? -1 : x > 6 ? 6 : x);
            assertThat(new Function.LeakyRelu(0.1f).apply(x)).isEqualTo(x > 0 ? x : 0.1f * x);
            assertThat((double) new Function.Sigmoid().apply(x))
                    .isCloseTo(0.5 * (1 + Math.tanh(0.5 * x)), within(1e-7));
            assertThat((double) new Function.HardSigmoid(0.2f, 0.5f).apply(x))
                    .isCloseTo(Math.min(1, Math.max(0, 0.2 * x + 0.5)), within(1e-7));
            assertThat((double) new Function.HardSwish().apply(x))
                    .isCloseTo(x * Math.min(1, Math.max(0, x / 6.0 + 0.5)), within(1e-5));
            assertThat((double) new Function.Tanh().apply(x))
                    .isCloseTo(1 - 2 / (Math.exp(2.0 * x) + 1), within(1e-7));
        }
    }

    @Test
    void aClipMayBeOpenAtAnEnd() {
        assertThat(new Function.Clip(Float.NEGATIVE_INFINITY, 1).apply(-1e30f)).isEqualTo(-1e30f);
        assertThat(new Function.Clip(0, Float.POSITIVE_INFINITY).apply(1e30f)).isEqualTo(1e30f);
    }

    @Test
    void whatIsNotANumberStaysThat() {
        assertThat(new Function.Relu().apply(Float.NaN)).isNaN();
        assertThat(new Function.Clip(0, 1).apply(Float.NaN)).isNaN();
        assertThat(new Function.Sigmoid().apply(Float.NaN)).isNaN();
        assertThat(new Function.Sigmoid().apply(Float.NEGATIVE_INFINITY)).isZero();
    }
}
