package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;

/**
 * One node of the file as its operator sees it: attributes and inputs with their types checked, and
 * errors that name the node.
 */
final class OnnxNode {

    private final NodeProto proto;
    private final String name;
    private final Graph graph;

    OnnxNode(NodeProto proto, String name, Graph graph) {
        this.proto = proto;
        this.name = name;
        this.graph = graph;
    }

    String name() {
        return name;
    }

    String operator() {
        return proto.getOpType();
    }

    int opset() {
        return graph.opset();
    }

    Graph graph() {
        return graph;
    }

    int outputs() {
        return proto.getOutputCount();
    }

    /** {@code node 'conv1' (Conv, opset 13): what}. */
    UnreadableFileException wrong(String what) {
        return new UnreadableFileException(
                "node '" + name + "' (" + operator() + ", opset " + opset() + "): " + what);
    }

    /** An error for a node that would treat the images of a batch together. */
    UnreadableFileException mixesBatch(String how) {
        return wrong(
                how
                        + ", which mixes the images of a batch; axis 0 must stay the batch through"
                        + " the whole network");
    }

    // Inputs

    int inputs() {
        return proto.getInputCount();
    }

    /** True if the input is given; trailing or empty names stand for inputs left out. */
    boolean hasInput(int index) {
        return index < proto.getInputCount() && !proto.getInput(index).isEmpty();
    }

    Value input(int index) throws UnreadableFileException {
        if (!hasInput(index)) {
            throw wrong("input " + index + " is missing");
        }
        var value = graph.value(proto.getInput(index));
        if (value == null) {
            throw wrong(
                    "no earlier node, input or initializer provides its input '"
                            + proto.getInput(index)
                            + "'; the file is damaged, or its nodes are out of order");
        }
        return value;
    }

    String inputName(int index) {
        return proto.getInput(index);
    }

    /** An input that depends on the image. */
    Value.Flow flow(int index) throws UnreadableFileException {
        if (input(index) instanceof Value.Flow flow) {
            return flow;
        }
        throw wrong(
                "input "
                        + index
                        + ", '"
                        + inputName(index)
                        + "', is a constant; it must depend on the image");
    }

    /** An input that does not depend on the image. */
    Constant known(int index) throws UnreadableFileException {
        if (input(index) instanceof Value.Known known) {
            return known.constant();
        }
        throw wrong(
                "input "
                        + index
                        + ", '"
                        + inputName(index)
                        + "', depends on the image; it must be a constant");
    }

    /** A constant of one number. */
    double scalar(int index) throws UnreadableFileException {
        var constant = known(index);
        if (constant.size() != 1) {
            throw wrong(
                    "input " + index + " must be one number, has " + Dims.format(constant.dims()));
        }
        return constant.number(0);
    }

    /** A constant list of whole numbers. */
    long[] list(int index) throws UnreadableFileException {
        var constant = known(index);
        if (constant.rank() > 1 || !constant.isWhole()) {
            throw wrong(
                    "input "
                            + index
                            + " must be a list of whole numbers, is "
                            + (constant.isWhole() ? "" : "real ")
                            + Dims.format(constant.dims()));
        }
        return constant.toWholes();
    }

    // Attributes

    boolean has(String attribute) {
        return find(attribute) != null;
    }

    long whole(String attribute, long fallback) throws UnreadableFileException {
        var found = find(attribute, AttributeType.INT);
        return found == null ? fallback : found.getI();
    }

    float real(String attribute, float fallback) throws UnreadableFileException {
        var found = find(attribute, AttributeType.FLOAT);
        return found == null ? fallback : found.getF();
    }

    String text(String attribute, String fallback) throws UnreadableFileException {
        var found = find(attribute, AttributeType.STRING);
        return found == null ? fallback : found.getS().toStringUtf8();
    }

    /** A list of whole numbers, or the fallback (which may be null). */
    long[] wholes(String attribute, long... fallback) throws UnreadableFileException {
        var found = find(attribute, AttributeType.INTS);
        return found == null
                ? fallback
                : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
    }

    float[] reals(String attribute) throws UnreadableFileException {
        var found = find(attribute, AttributeType.FLOATS);
        var reals = new float[found == null ? 0 : found.getFloatsCount()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = found.getFloats(i);
        }
        return reals;
    }

    Constant tensor(String attribute) throws UnreadableFileException {
        var found = find(attribute, AttributeType.TENSOR);
        if (found == null) {
            throw wrong("attribute '" + attribute + "' is missing");
        }
        return graph.decode(found.getT(), "the tensor of node '" + name + "'");
    }

    /** A whole number no smaller than {@code low} and small enough to calculate with. */
    int count(String attribute, long value, int low) throws UnreadableFileException {
        // No window, stride or pad comes near this; what does is damage.
        int high = 1 << 20;
        if (value < low || value > high) {
            throw wrong(attribute + " " + value + " is outside " + low + " to " + high);
        }
        return (int) value;
    }

    private AttributeProto find(String attribute) {
        for (var candidate : proto.getAttributeList()) {
            if (candidate.getName().equals(attribute)) {
                return candidate;
            }
        }
        return null;
    }

    private AttributeProto find(String attribute, AttributeType type)
            throws UnreadableFileException {
        var found = find(attribute);
        if (found != null && found.hasType() && found.getType() != type) {
            throw wrong(
                    "attribute '"
                            + attribute
                            + "' has type "
                            + found.getType()
                            + " where "
                            + type
                            + " belongs");
        }
        return found;
    }

    // Axes

    /** An axis of a tensor of so many axes, from 0; negative ones count from the last. */
    int axis(long axis, int rank) throws UnreadableFileException {
        if (axis < -rank || axis >= rank) {
            throw wrong(
                    "axis "
                            + axis
                            + " is outside "
                            + -rank
                            + " to "
                            + (rank - 1)
                            + " of its input");
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** The axes of a list, each from 0 and none twice. */
    boolean[] axes(long[] list, int rank) throws UnreadableFileException {
        var chosen = new boolean[rank];
        for (long item : list) {
            int axis = axis(item, rank);
            if (chosen[axis]) {
                throw wrong("axis " + axis + " is named twice");
            }
            chosen[axis] = true;
        }
        return chosen;
    }

    // Results

    /** Throws if nobody would make a tensor of so many axes. */
    void requireRank(int rank) throws UnreadableFileException {
        if (rank > Dims.MAX_RANK) {
            throw wrong(
                    "a result of " + rank + " axes; at most " + Dims.MAX_RANK + " are supported");
        }
    }

    /** A shape of one image; throws if an extent is not positive or nobody could hold so many. */
    Shape shape(long... extents) throws UnreadableFileException {
        return graph.shape(this, extents);
    }

    /** The dimensions of a constant; throws if nobody could hold so many numbers. */
    int[] dims(long... dims) throws UnreadableFileException {
        return graph.dims(this, dims);
    }

    /** Adds the node of the graph that stands for this one. */
    Value.Flow emit(Operation operation, Shape shape, Value.Flow... inputs) {
        return graph.add(name, operation, shape, List.of(inputs));
    }

    /** Adds a node that only prepares or finishes: {@code name.role}. */
    Value.Flow emit(String role, Operation operation, Shape shape, Value.Flow... inputs) {
        return graph.add(name + "." + role, operation, shape, List.of(inputs));
    }
}
