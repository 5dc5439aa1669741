package org.dyadic.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.junit.jupiter.api.Test;

/** What folding changes and what it leaves; that results stay is compared in other tests. */
class FoldingTest {

    private static final Shape IMAGE = Shape.of(2, 4, 4);

    private final List<Node> nodes = new ArrayList<>();

    @Test
    void normalizationMovesIntoTheConvolutionBeforeIt() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        add("bn", normalization(), IMAGE, layer);
        var folded = fold(true);
        assertThat(names(folded)).containsExactly("x", "conv");
        var convolution = (Operation.Convolution) folded.node(1).operation();
        // Scale 6 / sqrt(8.5 + 0.5) = 2 for channel 0, 8 / sqrt(3.5 + 0.5) = 4 for channel 1.
        assertThat(convolution.weights().toArray()).containsExactly(2, 4, 12, 16);
        // Shift - scale mean: 1 - 2 x 3, 2 - 4 x 5.
        assertThat(convolution.bias().orElseThrow().toArray()).containsExactly(-5, -18);
        assertThat(folded.output()).isEqualTo(1);
    }

    @Test
    void biasIsScaledAlong() {
        int input = add("x", new Operation.Input(), IMAGE);
        var plain = convolution(1, 1, 1, 1);
        var bias = Optional.of(Tensor.of(Shape.of(2), 10, 20));
        int layer =
                add(
                        "conv",
                        new Operation.Convolution(plain.weights(), bias, plain.window(), 1),
                        IMAGE,
                        input);
        add("bn", normalization(), IMAGE, layer);
        var convolution = (Operation.Convolution) fold(true).node(1).operation();
        assertThat(convolution.bias().orElseThrow().toArray()).containsExactly(15, 62);
    }

    @Test
    void normalizationOfAResultUsedTwiceStays() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        int normalized = add("bn", normalization(), IMAGE, layer);
        add("add", new Operation.Add(), IMAGE, layer, normalized);
        assertThat(names(fold(true))).containsExactly("x", "conv", "bn", "add");
    }

    @Test
    void normalizationOfTheOutputsOwnLayerStays() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        add("bn", normalization(), IMAGE, layer);
        var network = new Network("n", nodes, layer, true, Map.of());
        assertThat(Folding.fold(network).node(1).operation())
                .isEqualTo(nodes.get(layer).operation());
    }

    @Test
    void normalizationAfterSomethingElseStays() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        int relu = add("relu", new Operation.Pointwise(new Function.Relu()), IMAGE, layer);
        add("bn", normalization(), IMAGE, relu);
        assertThat(names(fold(true))).containsExactly("x", "conv", "relu", "bn");
    }

    @Test
    void constantThatDiffersAlongPixelsStays() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        int row = add("c", new Operation.Constant(Tensor.of(Shape.of(4), 1, 2, 3, 4)), Shape.of(4));
        add("add", new Operation.Add(), IMAGE, layer, row);
        assertThat(names(fold(true))).containsExactly("x", "conv", "c", "add");
    }

    @Test
    void untrainedWeightsStayWhatTheyAre() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        add("bn", normalization(), IMAGE, layer);
        var before = (Operation.Convolution) nodes.get(layer).operation();
        var folded = fold(false);
        assertThat(names(folded)).containsExactly("x", "conv");
        var after = (Operation.Convolution) folded.node(1).operation();
        assertThat(after.weights()).isSameAs(before.weights());
        assertThat(after.bias()).isPresent();
    }

    @Test
    void whatChangesNothingGoes() {
        int at = add("x", new Operation.Input(), IMAGE);
        at = add("transpose", new Operation.Transpose(List.of(0, 1, 2)), IMAGE, at);
        at = add("pool", new Operation.MaxPool(Window.square(1, 1, 0)), IMAGE, at);
        at = add("mean", new Operation.AveragePool(Window.square(1, 1, 0), true), IMAGE, at);
        at = add("slice", new Operation.Slice(List.of(0, 0, 0), List.of(1, 1, 1)), IMAGE, at);
        at = add("pad", new Operation.Pad(List.of(0, 0, 0), List.of(0, 0, 0), 1), IMAGE, at);
        at = add("reshape", new Operation.Reshape(), IMAGE, at);
        at = add("concat", new Operation.Concat(0), IMAGE, at);
        int one = add("1", new Operation.Constant(Tensor.filled(Shape.of(), 1)), Shape.of());
        at = add("multiply", new Operation.Multiply(), IMAGE, one, at);
        int zero = add("0", new Operation.Constant(Tensor.filled(Shape.of(), 0)), Shape.of());
        at = add("add", new Operation.Add(), IMAGE, at, zero);
        add("relu", new Operation.Pointwise(new Function.Relu()), IMAGE, at);
        assertThat(names(fold(true))).containsExactly("x", "relu");
    }

    @Test
    void whatReversesOrMovesStays() {
        var square = Shape.of(4, 4, 4);
        int at = add("x", new Operation.Input(), square);
        at = add("transpose", new Operation.Transpose(List.of(0, 2, 1)), square, at);
        at = add("slice", new Operation.Slice(List.of(0, 3, 0), List.of(1, -1, 1)), square, at);
        add("pool", new Operation.MaxPool(Window.square(3, 1, 1)), square, at);
        assertThat(names(fold(true))).containsExactly("x", "transpose", "slice", "pool");
    }

    @Test
    void borderOfZerosMovesIntoTheConvolution() {
        int input = add("x", new Operation.Input(), IMAGE);
        int pad =
                add(
                        "pad",
                        new Operation.Pad(List.of(0, 1, 2), List.of(0, 3, 4), 0),
                        Shape.of(2, 8, 10),
                        input);
        add("conv", convolution(1, 2, 3, 4), Shape.of(2, 8, 10), pad);
        var folded = fold(true);
        assertThat(names(folded)).containsExactly("x", "conv");
        assertThat(((Operation.Convolution) folded.node(1).operation()).window())
                .isEqualTo(new Window(1, 1, 1, 1, 1, 2, 3, 4, 1, 1));
    }

    @Test
    void foldingTwiceChangesNoMore() {
        int input = add("x", new Operation.Input(), IMAGE);
        int layer = add("conv", convolution(1, 2, 3, 4), IMAGE, input);
        add("bn", normalization(), IMAGE, layer);
        var once = fold(true);
        assertThat(Folding.fold(once)).isEqualTo(once);
    }

    private Network fold(boolean trained) {
        return Folding.fold(new Network("n", nodes, nodes.size() - 1, trained, Map.of()));
    }

    private int add(String name, Operation operation, Shape shape, int... inputs) {
        var list = Arrays.stream(inputs).boxed().toList();
        nodes.add(new Node(name, operation, list, shape));
        return nodes.size() - 1;
    }

    private static Operation.Convolution convolution(float... weights) {
        return new Operation.Convolution(
                Tensor.of(Shape.of(2, 2, 1, 1), weights),
                Optional.empty(),
                Window.square(1, 1, 0),
                1);
    }

    private static Operation.BatchNormalization normalization() {
        return new Operation.BatchNormalization(
                Tensor.of(Shape.of(2), 6, 8),
                Tensor.of(Shape.of(2), 1, 2),
                Tensor.of(Shape.of(2), 3, 5),
                Tensor.of(Shape.of(2), 8.5f, 3.5f),
                0.5f);
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }
}
