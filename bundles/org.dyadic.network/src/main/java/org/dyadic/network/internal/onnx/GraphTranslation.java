package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Operation;
import org.dyadic.network.internal.Pruning;

/** Turns the graph of an ONNX file into a network: walks its nodes from the input to the output. */
final class GraphTranslation {

    private final GraphProto proto;
    private final Map<String, TensorProto> initializers;
    private final ValueInfoProto input;
    private final String output;
    private final Graph graph;

    /**
     * @param budget numbers that calculated constants may take in all
     */
    GraphTranslation(GraphProto proto, int opset, TensorDecoder decoder, long budget)
            throws UnreadableFileException {
        this.proto = proto;
        this.initializers =
                proto.getInitializerList().stream()
                        .collect(
                                Collectors.toMap(
                                        TensorProto::getName,
                                        Function.identity(),
                                        (first, second) -> second));
        this.input = onlyInput();
        this.output = onlyOutput();
        var dims = inputDims();
        this.graph = new Graph(opset, dims[0], decoder, budget);
        defineInput(dims);
    }

    /** The network, without the nodes that do not reach its output. */
    Network translate(String name, boolean trained, Map<String, String> metadata)
            throws UnreadableFileException {
        var needed = reachable();
        for (var node : proto.getNodeList()) {
            if (needed.contains(node)) {
                translate(node);
            }
        }
        define(output);
        if (graph.value(output) instanceof Value.Flow flow) {
            return Pruning.withoutDeadNodes(
                    new Network(name, graph.nodes(), flow.node(), trained, metadata));
        }
        throw new UnreadableFileException(
                graph.value(output) == null
                        ? "no node provides the output '" + output + "'; the file is damaged"
                        : "the output '" + output + "' does not depend on the input");
    }

    // Input and output

    private ValueInfoProto onlyInput() throws UnreadableFileException {
        // Files of old opsets list their initializers among the inputs.
        var inputs =
                proto.getInputList().stream()
                        .filter(candidate -> !initializers.containsKey(candidate.getName()))
                        .toList();
        if (inputs.size() != 1) {
            throw new UnreadableFileException(
                    "the model has "
                            + inputs.size()
                            + " inputs"
                            + names(inputs)
                            + "; supported is one, the image");
        }
        return inputs.get(0);
    }

    private String onlyOutput() throws UnreadableFileException {
        if (proto.getOutputCount() != 1) {
            throw new UnreadableFileException(
                    "the model has "
                            + proto.getOutputCount()
                            + " outputs"
                            + names(proto.getOutputList())
                            + "; supported is one, the scores of the classes");
        }
        return proto.getOutput(0).getName();
    }

    private static String names(List<ValueInfoProto> values) {
        return values.isEmpty()
                ? ""
                : values.stream()
                        .map(value -> "'" + value.getName() + "'")
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private int[] inputDims() throws UnreadableFileException {
        var type = input.getType().getTensorType();
        if (!input.getType().hasTensorType() || !type.hasShape()) {
            throw wrongInput("has no declared shape; export the model with one");
        }
        var elements = DataType.forNumber(type.getElemType());
        if (elements == null || !TensorDecoder.isReal(elements)) {
            throw wrongInput(
                    "holds "
                            + (elements == null ? "type " + type.getElemType() : elements)
                            + "; supported are real numbers such as FLOAT");
        }
        var shape = type.getShape();
        if (shape.getDimCount() < 2 || shape.getDimCount() > Dims.MAX_RANK) {
            throw wrongInput(
                    "has "
                            + shape.getDimCount()
                            + " dimensions; it needs the batch and at least one more, at most "
                            + Dims.MAX_RANK);
        }
        var dims = new int[shape.getDimCount()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = inputDim(shape.getDim(axis), axis);
        }
        return dims;
    }

    private int inputDim(TensorShapeProto.Dimension dim, int axis) throws UnreadableFileException {
        long extent = dim.hasDimValue() ? dim.getDimValue() : 0;
        if (extent > Integer.MAX_VALUE) {
            throw wrongInput("has extent " + extent + " on dimension " + axis);
        }
        if (extent > 0) {
            return (int) extent;
        }
        if (axis == 0) {
            return 1;
        }
        throw wrongInput(
                "has a dynamic dimension "
                        + axis
                        + (dim.getDimParam().isEmpty() ? "" : " ('" + dim.getDimParam() + "')")
                        + "; only the batch, dimension 0, may be dynamic: export the model with a"
                        + " fixed image size");
    }

    private UnreadableFileException wrongInput(String what) {
        return new UnreadableFileException("the input '" + input.getName() + "' " + what);
    }

    private void defineInput(int[] dims) throws UnreadableFileException {
        var asNode =
                new OnnxNode(
                        NodeProto.newBuilder().setOpType("Input").build(), input.getName(), graph);
        var shape = Operators.withoutBatch(asNode, dims);
        graph.define(
                input.getName(),
                graph.add(input.getName(), new Operation.Input(), shape, List.of()));
    }

    // Nodes

    /** The nodes that the output depends on. */
    private Set<NodeProto> reachable() throws UnreadableFileException {
        var producers = new HashMap<String, NodeProto>();
        for (var node : proto.getNodeList()) {
            for (var name : node.getOutputList()) {
                if (!name.isEmpty() && producers.put(name, node) != null) {
                    throw new UnreadableFileException(
                            "two nodes provide '" + name + "'; the file is damaged");
                }
            }
        }
        Set<NodeProto> found = Collections.newSetFromMap(new IdentityHashMap<>());
        var open = new ArrayDeque<>(List.of(output));
        while (!open.isEmpty()) {
            var node = producers.get(open.pop());
            if (node != null && found.add(node)) {
                node.getInputList().forEach(open::push);
            }
        }
        return found;
    }

    private void translate(NodeProto proto) throws UnreadableFileException {
        for (var name : proto.getInputList()) {
            define(name);
        }
        var node = new OnnxNode(proto, name(proto), graph);
        var results = Operators.apply(node, proto.getDomain());
        for (int i = 0; i < Math.min(results.length, proto.getOutputCount()); i++) {
            graph.define(proto.getOutput(i), results[i]);
        }
    }

    /** What a person calls the node: its name, else what it provides. */
    private static String name(NodeProto proto) {
        if (!proto.getName().isBlank() || proto.getOutputCount() == 0) {
            return proto.getName();
        }
        return proto.getOutput(0);
    }

    /** Decodes an initializer the first time a node needs it. */
    private void define(String name) throws UnreadableFileException {
        var tensor = initializers.get(name);
        if (tensor != null && graph.value(name) == null) {
            graph.define(name, new Value.Known(graph.decode(tensor, "tensor '" + name + "'")));
        }
    }
}
