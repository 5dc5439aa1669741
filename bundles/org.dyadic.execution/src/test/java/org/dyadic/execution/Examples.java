package org.dyadic.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;
import org.dyadic.api.quant.Distribution;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Small tensors, grids and layers for tests. */
final class Examples {

    private Examples() {}

    static float[] floats(SplittableRandom random, int count, double reach) {
        var floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) random.nextDouble(-reach, reach);
        }
        return floats;
    }

    static Tensor tensor(SplittableRandom random, int... extents) {
        var shape = Shape.of(extents);
        return Tensor.of(shape, floats(random, shape.size(), 1));
    }

    static int[] wide(SplittableRandom random, int count) {
        return random.ints(count, Wide.MIN, Wide.MAX + 1).toArray();
    }

    /** Signed integers of so many bits, symmetric. */
    static Grid uniform(int bits, double... scales) {
        int top = (1 << (bits - 1)) - 1;
        return new Grid(
                new Encoding.Uniform(bits, true, 0),
                IntStream.rangeClosed(-top, top).toArray(),
                scales);
    }

    /** An uneven grid without zero. */
    static Grid withoutZero(double scale) {
        return Grid.of(
                new Encoding.PowerSum(false, List.of(List.of(-8, -2, 4, 16), List.of(1, -1))),
                scale);
    }

    static QuantizedLayer layer(Node node, Grid weights, Grid activations, List<Float> bias) {
        var nothing = Observation.ofActivations("", Distribution.of(0), 0);
        return new QuantizedLayer(
                1,
                Fit.of(weights, 0),
                Fit.of(activations, 0),
                HeldWeights.nearest(Layers.weights(node), weights),
                bias,
                nothing,
                nothing);
    }

    /** An input and then the operations, each on the result before it. */
    static Network chain(Shape input, List<Operation> operations, List<Shape> shapes) {
        var nodes = new ArrayList<Node>();
        nodes.add(new Node("image", new Operation.Input(), List.of(), input));
        for (int i = 0; i < operations.size(); i++) {
            nodes.add(new Node("n" + i, operations.get(i), List.of(i), shapes.get(i)));
        }
        return new Network("chain", nodes, nodes.size() - 1, true, Map.of());
    }

    static Operation.Convolution convolution(
            SplittableRandom random, int outputs, int inputsOfGroup, int groups, Window window) {
        return new Operation.Convolution(
                tensor(random, outputs, inputsOfGroup, window.height(), window.width()),
                Optional.of(tensor(random, outputs)),
                window,
                groups);
    }

    /** A quantizer with so many bits, or with 0 by default. */
    static LayerPolicy.Choice choice(Quantizer quantizer, int bits) {
        var settings =
                bits == 0
                        ? quantizer.parameters().defaults()
                        : quantizer
                                .parameters()
                                .with(
                                        Setting.of(
                                                "bits",
                                                new Value.Number(Quantity.of(bits, Unit.ONE))));
        return new LayerPolicy.Choice(quantizer.getClass().getSimpleName(), quantizer, settings);
    }
}
