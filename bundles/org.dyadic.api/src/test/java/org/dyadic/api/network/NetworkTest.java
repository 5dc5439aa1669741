package org.dyadic.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static final Shape IMAGE = Shape.of(4, 8, 8);
    private static final Node INPUT = node("image", new Operation.Input(), IMAGE);

    @Test
    void countsMultipliesAndParametersOfAConvolution() {
        // 6 x 8 x 8 results, each of 4 x 3 x 3 products; 216 weights and 6 biases
        var layer = conv(6, 4, 3, 1, true);
        assertThat(Network.macs(layer)).isEqualTo(6 * 8 * 8 * 4 * 3 * 3);
        assertThat(Network.parameters(layer)).isEqualTo(6 * 4 * 3 * 3 + 6);
        assertThat(Network.parameters(conv(6, 4, 3, 1, false))).isEqualTo(6 * 4 * 3 * 3);
    }

    @Test
    void aGroupSeesItsOwnChannelsOnly() {
        var depthwise = conv(4, 1, 3, 4, false);
        assertThat(Network.macs(depthwise)).isEqualTo(4 * 8 * 8 * 3 * 3);
        assertThat(((Operation.Convolution) depthwise.operation()).depthwise()).isTrue();
        assertThat(((Operation.Convolution) conv(4, 2, 3, 2, false).operation()).depthwise())
                .isFalse();
        assertThat(((Operation.Convolution) conv(4, 1, 3, 1, false).operation()).depthwise())
                .isFalse();
    }

    @Test
    void countsADenseLayerAndANormalization() {
        var dense =
                node(
                        "fc",
                        new Operation.Dense(zeros(10, 256), Optional.of(zeros(10))),
                        Shape.of(10),
                        0);
        assertThat(Network.macs(dense)).isEqualTo(2560);
        assertThat(Network.parameters(dense)).isEqualTo(2570);
        var normal =
                new Operation.BatchNormalization(zeros(4), zeros(4), zeros(4), zeros(4), 1e-5f);
        assertThat(Network.parameters(node("bn", normal, IMAGE, 0))).isEqualTo(8);
        assertThat(Network.macs(node("bn", normal, IMAGE, 0))).isZero();
    }

    @Test
    void aNetworkIsTheSumOfItsNodes() {
        var network = network(1, INPUT, conv(4, 4, 1, 1, true));
        assertThat(network.macs()).isEqualTo(4 * 8 * 8 * 4);
        assertThat(network.parameters()).isEqualTo(20);
        assertThat(network.inputShape()).isEqualTo(IMAGE);
        assertThat(network.outputShape()).isEqualTo(Shape.of(4, 8, 8));
        assertThat(network.node(0)).isSameAs(INPUT);
    }

    @Test
    void aResultIsLastUsedByTheLastNodeThatTakesIt() {
        var relu = new Operation.Pointwise(new Function.Relu());
        var network =
                network(
                        2, // the output is in the middle, and taken once more
                        INPUT,
                        node("a", relu, IMAGE, 0),
                        node("b", new Operation.Add(), IMAGE, 0, 1),
                        node("c", relu, IMAGE, 2));
        assertThat(network.lastUse()).containsExactly(2, 2, Integer.MAX_VALUE, 0);
    }

    @Test
    void manyMultipliesDoNotOverflow() {
        var large = Shape.of(2048, 512, 512);
        var layer =
                node(
                        "c",
                        new Operation.Convolution(
                                zeros(2048, 2048, 7, 7),
                                Optional.empty(),
                                Window.square(7, 1, 3),
                                1),
                        large,
                        0);
        assertThat(Network.macs(layer)).isEqualTo(2048L * 512 * 512 * 2048 * 49);
        var widest = new Operation.Dense(zeros(2, Integer.MAX_VALUE / 2), Optional.of(zeros(2)));
        assertThat(Network.parameters(node("fc", widest, Shape.of(2), 0)))
                .isEqualTo(2L * (Integer.MAX_VALUE / 2) + 2);
    }

    @Test
    void refusesAGraphThatCannotBeComputedInOrder() {
        var relu = new Operation.Pointwise(new Function.Relu());
        refused(
                () -> network(0, node("r", relu, IMAGE, 0)),
                "the input must be the first node and only that");
        refused(
                () -> network(0, INPUT, node("b", new Operation.Input(), IMAGE)),
                "the input must be the first node and only that");
        refused(
                () -> network(0, INPUT, node("image", relu, IMAGE, 0)),
                "two nodes are called 'image'");
        refused(
                () -> network(0, INPUT, node("r", relu, IMAGE, 1)),
                "node 'r' uses node 1, which does not come before it");
        refused(
                () -> network(0, INPUT, node("r", relu, IMAGE, -1)),
                "node 'r' uses node -1, which does not come before it");
        refused(() -> network(1, INPUT), "node 1 cannot be the output of 1 nodes");
        refused(() -> network(-1, INPUT), "node -1 cannot be the output of 1 nodes");
        refused(() -> network(0), "node 0 cannot be the output of 0 nodes");
    }

    @Test
    void refusesLayersThatAreNone() {
        refused(() -> conv(6, 4, 3, 4, false), "6 output channels do not divide into 4 groups");
        refused(() -> conv(6, 4, 3, 0, false), "6 output channels do not divide into 0 groups");
        refused(
                () -> new Operation.Dense(zeros(10, 2), Optional.of(zeros(9))),
                "a bias of 9 numbers does not fit 10 outputs");
        refused(
                () -> new Operation.Dense(zeros(10), Optional.empty()),
                "dense weights have 2 axes, was 10");
        refused(
                () ->
                        new Operation.Convolution(
                                zeros(4, 4, 3), Optional.empty(), Window.square(3, 1, 1), 1),
                "convolution weights have 4 axes, was 4 x 4 x 3");
    }

    @Test
    void keepsItsCollectionsToItself() {
        var nodes = new ArrayList<>(List.of(INPUT));
        var metadata = new HashMap<>(Map.of("mean", "1"));
        var network = new Network("n", nodes, 0, true, metadata);
        nodes.clear();
        metadata.clear();
        assertThat(network.nodes()).hasSize(1);
        assertThat(network.metadata()).containsEntry("mean", "1");
        var axes = new ArrayList<>(List.of(1, 2));
        var mean = new Operation.Mean(axes);
        axes.clear();
        assertThat(mean.axes()).containsExactly(1, 2);
    }

    private static Node conv(int outputs, int inputs, int size, int groups, boolean bias) {
        return node(
                "conv",
                new Operation.Convolution(
                        zeros(outputs, inputs, size, size),
                        bias ? Optional.of(zeros(outputs)) : Optional.empty(),
                        Window.square(size, 1, size / 2),
                        groups),
                Shape.of(outputs, 8, 8),
                0);
    }

    private static Tensor zeros(int... extents) {
        return Tensor.filled(Shape.of(extents), 0);
    }

    private static Node node(String name, Operation operation, Shape shape, Integer... inputs) {
        return new Node(name, operation, List.of(inputs), shape);
    }

    private static Network network(int output, Node... nodes) {
        return new Network("n", List.of(nodes), output, true, Map.of());
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
