package org.dyadic.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.dyadic.kernels.Encoder;
import org.dyadic.kernels.PairKernels;
import org.junit.jupiter.api.Test;

/** Warming up ends, and stays within its arrays. */
class WarmUpTest {

    @Test
    void runsEveryLoop() {
        assertThatCode(new WarmUp(new VectorPairKernels())::run).doesNotThrowAnyException();
        assertThatCode(new WarmUp(PairKernels.scalar())::run).doesNotThrowAnyException();
    }

    @Test
    void levelsOfEveryFormAreAmongThem() {
        assertThat(new WarmUp(PairKernels.scalar()).encoders)
                .hasExactlyElementsOfTypes(
                        Encoder.Rounded.class, Encoder.Even.class, Encoder.Uneven.class);
    }
}
