package org.dyadic.kernels.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
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

    /** What loads classes ends with the framework, whatever the warm-up is doing. */
    @Test
    void endsQuietlyWithTheFramework() {
        var stopped =
                (PairKernels)
                        Proxy.newProxyInstance(
                                PairKernels.class.getClassLoader(),
                                new Class<?>[] {PairKernels.class},
                                (proxy, method, arguments) -> {
                                    throw new NoClassDefFoundError("the framework has stopped");
                                });
        var warmUp = new WarmUp(stopped);
        assertThatThrownBy(warmUp::run).isInstanceOf(NoClassDefFoundError.class);
        assertThatCode(warmUp::untilStopped).doesNotThrowAnyException();
    }

    @Test
    void levelsOfEveryFormAreAmongThem() {
        assertThat(new WarmUp(PairKernels.scalar()).encoders)
                .hasExactlyElementsOfTypes(
                        Encoder.Rounded.class, Encoder.Even.class, Encoder.Uneven.class);
    }
}
