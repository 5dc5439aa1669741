package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;

/** The network while it is being built, and what each name of the file stands for so far. */
final class Graph {

    /** 1 GiB in single precision: beyond, a dimension is wrong rather than large. */
    private static final long MAX_ELEMENTS = 1L << 28;

    private final int opset;
    private final int batch;
    private final TensorDecoder decoder;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Value> values = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    /** Numbers that calculated constants may still take: a small file must not fill the memory. */
    private long budget;

    /**
     * @param batch the extent of axis 0 of the input in the file, 1 if left open
     * @param budget numbers that calculated constants may take in all
     */
    Graph(int opset, int batch, TensorDecoder decoder, long budget) {
        this.opset = opset;
        this.batch = batch;
        this.decoder = decoder;
        this.budget = budget;
    }

    int opset() {
        return opset;
    }

    int batch() {
        return batch;
    }

    List<Node> nodes() {
        return nodes;
    }

    Value value(String name) {
        return values.get(name);
    }

    void define(String name, Value value) {
        values.put(name, value);
    }

    Constant decode(TensorProto tensor, String what) throws UnreadableFileException {
        return decoder.decode(tensor, what);
    }

    /** Adds a node; its name gets a number if it is taken. */
    Value.Flow add(String name, Operation operation, Shape shape, List<Value.Flow> inputs) {
        var indices = inputs.stream().map(Value.Flow::node).toList();
        nodes.add(new Node(unique(name), operation, indices, shape));
        return new Value.Flow(nodes.size() - 1, shape);
    }

    private String unique(String name) {
        var candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }

    /** The dimensions that ONNX gives a flow: the batch, then the extents of one image. */
    int[] dims(Value value) {
        if (value instanceof Value.Known known) {
            return known.constant().dims();
        }
        var extents = ((Value.Flow) value).shape().extents();
        var dims = new int[extents.size() + 1];
        dims[0] = batch;
        for (int i = 0; i < extents.size(); i++) {
            dims[i + 1] = extents.get(i);
        }
        return dims;
    }

    Shape shape(OnnxNode node, long... extents) throws UnreadableFileException {
        node.requireRank(extents.length);
        long count = 1;
        for (long extent : extents) {
            if (extent < 1) {
                throw node.wrong("its result would be empty: " + format(extents));
            }
            count = extent > MAX_ELEMENTS ? Long.MAX_VALUE : count * extent;
            if (count > MAX_ELEMENTS) {
                throw node.wrong(
                        "its result would be "
                                + format(extents)
                                + ", more than the "
                                + MAX_ELEMENTS
                                + " numbers a layer may have");
            }
        }
        return Shape.of(Arrays.stream(extents).mapToInt(extent -> (int) extent).toArray());
    }

    int[] dims(OnnxNode node, long... dims) throws UnreadableFileException {
        node.requireRank(dims.length);
        long count = 1;
        for (long dim : dims) {
            if (dim < 0 || dim > MAX_ELEMENTS) {
                throw node.wrong("its result would be " + format(dims));
            }
            count = Math.min(count * dim, Long.MAX_VALUE / MAX_ELEMENTS);
        }
        if (count > MAX_ELEMENTS) {
            throw node.wrong(
                    "its result would be "
                            + format(dims)
                            + ", more than the "
                            + MAX_ELEMENTS
                            + " numbers a tensor may have");
        }
        return Arrays.stream(dims).mapToInt(dim -> (int) dim).toArray();
    }

    /** Takes memory for a calculated constant from the budget; throws if there is none left. */
    void spend(OnnxNode node, long numbers) throws UnreadableFileException {
        budget -= numbers;
        if (budget < 0) {
            throw node.wrong(
                    "its constant result of "
                            + numbers
                            + " numbers is out of proportion to the file");
        }
    }

    private static String format(long... extents) {
        return String.join(
                " x ", Arrays.stream(extents).mapToObj(String::valueOf).toArray(String[]::new));
    }
}
