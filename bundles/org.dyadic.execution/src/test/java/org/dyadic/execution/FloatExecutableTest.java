package org.dyadic.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngines;
import org.dyadic.onnxruntime.OnnxRuntimeEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A network in single precision by ONNX Runtime, as a run executes it. */
class FloatExecutableTest {

    private static final Normalisation NORMALISATION =
            new Normalisation(List.of(120.0), List.of(60.0));

    private final SplittableRandom random = new SplittableRandom(2);
    private final Network network = network();
    private final FloatExecutable executable = open();

    private Network network() {
        var features = Shape.of(24, 11, 9);
        return Examples.chain(
                Shape.of(3, 11, 9),
                List.of(
                        Examples.convolution(random, 24, 3, 1, Window.square(3, 1, 1)),
                        new Operation.Pointwise(new Function.Relu()),
                        Examples.convolution(random, 24, 24, 1, Window.square(3, 1, 1)),
                        new Operation.Mean(List.of(1, 2)),
                        new Operation.Dense(Examples.tensor(random, 10, 24), Optional.empty())),
                List.of(features, features, features, Shape.of(24), Shape.of(10)));
    }

    private FloatExecutable open() {
        var opened = FloatEngines.of(Kernels.scalar(), new OnnxRuntimeEngine()).open(network);
        return new FloatExecutable(network, NORMALISATION, opened.session(), opened.engine());
    }

    @AfterEach
    void close() {
        executable.close();
    }

    private double[][] run(byte[]... images) {
        return executable.run(images, new LongAdder());
    }

    @Test
    void batchesOfAnySizeOnAnyThreadsGiveTheSameBits() {
        var images = new byte[60][3 * 11 * 9];
        Arrays.stream(images).forEach(random::nextBytes);
        var expected = run(images);
        for (int size : new int[] {1, 2, 7, 8, 60}) {
            var results = new double[images.length][];
            IntStream.rangeClosed(0, (images.length - 1) / size)
                    .parallel()
                    .forEach(
                            batch -> {
                                int from = batch * size;
                                int to = Math.min(images.length, from + size);
                                var own = run(Arrays.copyOfRange(images, from, to));
                                System.arraycopy(own, 0, results, from, own.length);
                            });
            assertThat(results).as("batches of %d", size).isDeepEqualTo(expected);
        }
    }

    @Test
    void theReportNamesTheEngineForEveryLayer() {
        assertThat(executable.arithmetic()).isEqualTo("float32");
        assertThat(executable.kernels().keySet()).containsExactly("n0", "n2", "n4");
        assertThat(executable.kernels().values())
                .allMatch(engine -> engine.startsWith("ONNX Runtime 1."));
    }
}
