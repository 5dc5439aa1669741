package org.dyadic.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.network.OnnxGraph;
import org.dyadic.network.OnnxGraph.Type;

/**
 * A network of convolutions, ReLU and residual sums as ONNX Runtime computes fastest: QLinearConv
 * with unsigned activations and signed weights of 8 bits, ReLU for nothing, as no activation is
 * negative. Its scales are made up and its results mean nothing; it is there to be timed.
 */
final class Int8Peer {

    private final OnnxGraph graph;
    private final Network network;
    private final String[] values;
    private final String scale;
    private final String zero;

    private Int8Peer(Network network) {
        this.network = network;
        this.graph = new OnnxGraph(network.name() + "-int8");
        this.values = new String[network.nodes().size()];
        this.scale = graph.reals("scale", new float[] {0.02f});
        this.zero = graph.wholes("zero", Type.UINT8, new long[] {0});
    }

    static byte[] write(Network network) {
        var peer = new Int8Peer(network);
        String image = peer.graph.input("image", Type.FLOAT, dims(network.inputShape()));
        peer.values[0] = peer.graph.node("QuantizeLinear", "codes", image, peer.scale, peer.zero);
        for (int i = 1; i < peer.values.length; i++) {
            peer.values[i] = peer.value(network.node(i));
        }
        var output = network.node(network.output());
        peer.graph.output(
                peer.real(peer.values[network.output()], "output"),
                Type.FLOAT,
                dims(output.shape()));
        return peer.graph.bytes();
    }

    private static long[] dims(Shape shape) {
        return OnnxGraph.dims(OnnxGraph.BATCH, shape);
    }

    private String real(String codes, String name) {
        return graph.node("DequantizeLinear", name, codes, scale, zero);
    }

    private String codes(String real, String name) {
        return graph.node("QuantizeLinear", name, real, scale, zero);
    }

    private String value(Node node) {
        String name = node.name();
        var inputs = node.inputs().stream().map(input -> values[input]).toList();
        var operation = node.operation();
        if (operation instanceof Operation.Convolution convolution) {
            return convolution(node, convolution, inputs.get(0));
        } else if (operation instanceof Operation.Pointwise) {
            return inputs.get(0);
        } else if (operation instanceof Operation.Add) {
            String a = real(inputs.get(0), name + ".a");
            String b = real(inputs.get(1), name + ".b");
            return codes(graph.node("Add", name, a, b), name + ".codes");
        } else if (operation instanceof Operation.Slice slice) {
            return graph.slice(name, inputs.get(0), slice, node.shape());
        } else if (operation instanceof Operation.Pad pad) {
            String pads = graph.pads(name + ".pads", pad.before(), pad.after());
            return graph.node("Pad", name, inputs.get(0), pads, zero);
        } else if (operation instanceof Operation.Mean) {
            String mean =
                    graph.node("GlobalAveragePool", name, real(inputs.get(0), name + ".real"));
            return codes(mean, name + ".codes");
        } else if (operation instanceof Operation.Reshape) {
            var extents = dims(node.shape());
            extents[0] = 0;
            return graph.node("Reshape", name, inputs.get(0), graph.list(name + ".shape", extents));
        } else if (operation instanceof Operation.Dense dense) {
            String weights =
                    graph.reals(
                            name + ".w",
                            dense.weights().toArray(),
                            dense.weights().shape().extent(0),
                            dense.weights().shape().extent(1));
            return codes(
                    graph.node(
                            "Gemm",
                            name,
                            Map.of("transB", 1L),
                            List.of(real(inputs.get(0), name + ".real"), weights)),
                    name + ".codes");
        }
        throw new IllegalArgumentException("no 8-bit form of " + operation + " here");
    }

    private String convolution(Node node, Operation.Convolution layer, String input) {
        String name = node.name();
        var shape = layer.weights().shape();
        int outputs = shape.extent(0);
        float[] weights = layer.weights().toArray();
        var codes = new long[weights.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Math.max(-127, Math.min(127, Math.round(weights[i] * 400)));
        }
        var scales = new float[outputs];
        Arrays.fill(scales, 1f / 400);
        var attributes = OnnxGraph.sliding(layer.window());
        attributes.put("group", (long) layer.groups());
        var inputs = new ArrayList<String>();
        inputs.add(input);
        inputs.add(scale);
        inputs.add(zero);
        inputs.add(
                graph.wholes(
                        name + ".w",
                        Type.INT8,
                        codes,
                        shape.extent(0),
                        shape.extent(1),
                        shape.extent(2),
                        shape.extent(3)));
        inputs.add(graph.reals(name + ".scales", scales, outputs));
        inputs.add(graph.wholes(name + ".zeros", Type.INT8, new long[outputs], outputs));
        inputs.add(scale);
        inputs.add(zero);
        inputs.add(graph.wholes(name + ".bias", Type.INT32, new long[outputs], outputs));
        return graph.node("QLinearConv", name, attributes, inputs);
    }
}
