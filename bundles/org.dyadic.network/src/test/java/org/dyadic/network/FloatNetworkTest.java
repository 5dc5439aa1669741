package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.junit.jupiter.api.Test;

/** The ways to run a network; what each operation computes is compared in other tests. */
class FloatNetworkTest {

    private final Network network = residual();

    @Test
    void everyWayToRunGivesTheSame() {
        var floats = new FloatNetwork(network);
        var image = image(1);
        var all = floats.runAll(image);
        assertThat(Arrays.asList(all)).hasSize(network.nodes().size()).doesNotContainNull();
        assertThat(all[0]).isEqualTo(image);
        assertThat(floats.run(image)).isEqualTo(all[network.output()]);
        for (int node = 1; node < all.length; node++) {
            assertThat(floats.evaluate(node, all)).isEqualTo(all[node]);
            assertThat(all[node]).hasSize(network.node(node).shape().size());
        }
    }

    @Test
    void runningWritesIntoNoResult() {
        var floats = new FloatNetwork(network);
        var image = image(1);
        var before = floats.runAll(image.clone());
        var copies = new ArrayList<float[]>();
        for (var result : before) {
            copies.add(result.clone());
        }
        floats.runAll(image(2));
        assertThat(before).isEqualTo(copies.toArray(float[][]::new));
        assertThat(image).isEqualTo(image(1));
    }

    @Test
    void manyThreadsGetWhatOneGets() throws Exception {
        var floats = new FloatNetwork(network);
        var expected = new ArrayList<float[]>();
        var tasks = new ArrayList<Callable<float[]>>();
        for (int i = 0; i < 400; i++) {
            var image = image(i);
            expected.add(floats.run(image));
            tasks.add(() -> floats.run(image));
        }
        var threads = Executors.newFixedThreadPool(4);
        try {
            var results = threads.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get()).isEqualTo(expected.get(i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void imageOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> new FloatNetwork(network).run(new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 x 12 x 12")
                .hasMessageContaining("5");
    }

    private static float[] image(long seed) {
        var random = new Random(seed);
        var image = new float[3 * 12 * 12];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat() - 0.5f;
        }
        return image;
    }

    private static Network residual() {
        var shape = Shape.of(8, 12, 12);
        var nodes = new ArrayList<Node>();
        nodes.add(new Node("x", new Operation.Input(), List.of(), Shape.of(3, 12, 12)));
        nodes.add(new Node("conv", convolution(8, 3, 1), List.of(0), shape));
        nodes.add(new Node("depthwise", convolution(8, 1, 8), List.of(1), shape));
        nodes.add(
                new Node("relu", new Operation.Pointwise(new Function.Relu()), List.of(2), shape));
        nodes.add(new Node("add", new Operation.Add(), List.of(1, 3), shape));
        nodes.add(new Node("mean", new Operation.Mean(List.of(1, 2)), List.of(4), Shape.of(8)));
        nodes.add(
                new Node(
                        "dense",
                        new Operation.Dense(weights(Shape.of(4, 8)), Optional.empty()),
                        List.of(5),
                        Shape.of(4)));
        nodes.add(new Node("flat", new Operation.Reshape(), List.of(6), Shape.of(1, 4)));
        return new Network("residual", nodes, 7, true, Map.of());
    }

    private static Operation convolution(int outputs, int inputs, int groups) {
        return new Operation.Convolution(
                weights(Shape.of(outputs, inputs, 3, 3)),
                Optional.of(weights(Shape.of(outputs))),
                Window.square(3, 1, 1),
                groups);
    }

    private static Tensor weights(Shape shape) {
        var random = new Random(shape.hashCode());
        var data = new float[shape.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return Tensor.of(shape, data);
    }
}
