package org.dyadic.onnxruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.dyadic.api.network.Network;
import org.dyadic.kernels.Kernels;
import org.dyadic.network.FloatEngines;
import org.dyadic.network.Folding;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.junit.jupiter.api.Test;

/** The engine by itself; that it computes what ours does is another test. */
class OnnxRuntimeEngineTest {

    private final OnnxRuntimeEngine engine = new OnnxRuntimeEngine();

    static Network example() throws Exception {
        var root = Path.of(System.getProperty("dyadic.root", "../.."));
        return Folding.fold(
                new OnnxReader()
                        .read(root.resolve("examples/01-first-run/models/resnet8-fashion.onnx")));
    }

    static float[] image(Network network, long seed) {
        var random = new SplittableRandom(seed);
        var image = new float[network.inputShape().size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) random.nextDouble(-1, 2);
        }
        return image;
    }

    @Test
    void itsLibraryLoadsWhereThisIsTested() {
        assertThat(engine.hindrance()).isEmpty();
        assertThat(engine.title()).matches("ONNX Runtime \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void itIsChosenWhereItWorks() throws Exception {
        var opened = FloatEngines.of(Kernels.scalar(), engine).open(example());
        try (var session = opened.session()) {
            assertThat(opened.engine()).isEqualTo(engine.title());
            assertThat(opened.warning()).isEmpty();
            assertThat(session.run(image(example(), 1))).hasSize(10);
        }
    }

    @Test
    void anImageGivesTheSameBitsWhateverElseRuns() throws Exception {
        var network = example();
        try (var session = engine.open(network);
                var another = engine.open(network)) {
            var alone = new ArrayList<float[]>();
            var tasks = new ArrayList<Callable<float[]>>();
            for (int seed = 0; seed < 200; seed++) {
                var image = image(network, seed);
                alone.add(session.run(image));
                tasks.add(() -> another.run(image));
            }
            var threads = Executors.newFixedThreadPool(5);
            try {
                var together = threads.invokeAll(tasks);
                for (int i = 0; i < alone.size(); i++) {
                    assertThat(together.get(i).get()).isEqualTo(alone.get(i));
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void anImageOfAnotherSizeIsRefused() throws Exception {
        try (var session = engine.open(example())) {
            assertThatThrownBy(() -> session.run(new float[5]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 x 28 x 28")
                    .hasMessageContaining("5");
        }
    }
}
