package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;

/** The operators that treat each element alike: functions, arithmetic, Softmax. */
final class ElementOperators {

    private ElementOperators() {}

    static void register(Map<String, Operators.Single> table) {
        table.put("Relu", node -> pointwise(node, new Function.Relu()));
        table.put("Sigmoid", node -> pointwise(node, new Function.Sigmoid()));
        table.put("Tanh", node -> pointwise(node, new Function.Tanh()));
        table.put("HardSwish", node -> pointwise(node, new Function.HardSwish()));
        table.put(
                "LeakyRelu",
                node -> pointwise(node, new Function.LeakyRelu(node.real("alpha", 0.01f))));
        table.put(
                "HardSigmoid",
                node ->
                        pointwise(
                                node,
                                new Function.HardSigmoid(
                                        node.real("alpha", 0.2f), node.real("beta", 0.5f))));
        table.put("Clip", ElementOperators::clip);
        table.put("Max", ElementOperators::max);
        table.put("Min", ElementOperators::min);
        table.put("Add", node -> combine(node, new Operation.Add()));
        table.put("Sum", ElementOperators::sum);
        table.put("Mul", node -> combine(node, new Operation.Multiply()));
        table.put("Sub", ElementOperators::subtract);
        table.put("Div", ElementOperators::divide);
        table.put("Neg", ElementOperators::negate);
        table.put("Softmax", ElementOperators::softmax);
        // At inference these pass their input on.
        table.put("Identity", node -> node.flow(0));
        table.put("Dropout", ElementOperators::dropout);
        table.put("Cast", ElementOperators::cast);
    }

    // Functions

    private static Value pointwise(OnnxNode node, Function function)
            throws UnreadableFileException {
        var input = node.flow(0);
        return node.emit(new Operation.Pointwise(function), input.shape(), input);
    }

    private static Value clip(OnnxNode node) throws UnreadableFileException {
        boolean attributes = node.opset() < 11;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        if (attributes) {
            low = node.real("min", Float.NEGATIVE_INFINITY);
            high = node.real("max", Float.POSITIVE_INFINITY);
        } else {
            low = node.hasInput(1) ? node.scalar(1) : low;
            high = node.hasInput(2) ? node.scalar(2) : high;
        }
        return hold(node, node.flow(0), low, high);
    }

    private static Value max(OnnxNode node) throws UnreadableFileException {
        int constant = constantOperand(node);
        return hold(node, node.flow(1 - constant), node.scalar(constant), Double.POSITIVE_INFINITY);
    }

    private static Value min(OnnxNode node) throws UnreadableFileException {
        int constant = constantOperand(node);
        return hold(node, node.flow(1 - constant), Double.NEGATIVE_INFINITY, node.scalar(constant));
    }

    private static int constantOperand(OnnxNode node) throws UnreadableFileException {
        if (node.inputs() != 2) {
            throw node.wrong("supported is one input and one constant number");
        }
        return node.input(0) instanceof Value.Known ? 0 : 1;
    }

    private static Value hold(OnnxNode node, Value.Flow input, double low, double high)
            throws UnreadableFileException {
        if (Double.isNaN(low) || Double.isNaN(high)) {
            throw node.wrong("a bound is not a number");
        }
        // Exporters write the largest float where they mean no bound.
        boolean open = low <= -Float.MAX_VALUE;
        boolean unbounded = high >= Float.MAX_VALUE;
        if (open && unbounded) {
            return input;
        }
        var function =
                low == 0 && unbounded
                        ? new Function.Relu()
                        : new Function.Clip(
                                open ? Float.NEGATIVE_INFINITY : (float) low,
                                unbounded ? Float.POSITIVE_INFINITY : (float) high);
        return node.emit(new Operation.Pointwise(function), input.shape(), input);
    }

    private static Value dropout(OnnxNode node) throws UnreadableFileException {
        if (node.opset() >= 12 && node.hasInput(2) && node.scalar(2) != 0) {
            throw node.wrong("it is in training mode; export the model for inference");
        }
        return node.flow(0);
    }

    private static Value cast(OnnxNode node) throws UnreadableFileException {
        var type = DataType.forNumber((int) node.whole("to", 0));
        if (type == null || !TensorDecoder.isReal(type)) {
            throw node.wrong("what depends on the image can only be cast to real numbers");
        }
        return node.flow(0);
    }

    // Arithmetic

    private static Value combine(OnnxNode node, Operation operation)
            throws UnreadableFileException {
        return combine(node, operation, node.input(0), node.input(1));
    }

    private static Value sum(OnnxNode node) throws UnreadableFileException {
        var result = node.input(0);
        for (int i = 1; i < node.inputs(); i++) {
            result = combine(node, new Operation.Add(), result, node.input(i));
        }
        return result;
    }

    private static Value subtract(OnnxNode node) throws UnreadableFileException {
        var subtrahend = node.input(1);
        if (subtrahend instanceof Value.Known known) {
            var negative = new Value.Known(known.constant().map(false, x -> -x));
            return combine(node, new Operation.Add(), node.input(0), negative);
        }
        return combine(
                node, new Operation.Add(), node.input(0), negative(node, "negative", node.flow(1)));
    }

    private static Value divide(OnnxNode node) throws UnreadableFileException {
        var divisor = node.known(1);
        for (int i = 0; i < (divisor.isFilled() ? 1 : divisor.size()); i++) {
            if (divisor.number(i) == 0) {
                throw node.wrong("a division by zero");
            }
        }
        var inverse = new Value.Known(divisor.map(false, x -> 1 / x));
        return combine(node, new Operation.Multiply(), node.input(0), inverse);
    }

    private static Value negate(OnnxNode node) throws UnreadableFileException {
        return negative(node, node.name(), node.flow(0));
    }

    private static Value.Flow negative(OnnxNode node, String name, Value.Flow input) {
        var minusOne = node.emit("minus", new Operation.Constant(scalar(-1)), Shape.of());
        var inputs = List.of(input, minusOne);
        var unique = name.equals(node.name()) ? name : node.name() + "." + name;
        return node.graph().add(unique, new Operation.Multiply(), input.shape(), inputs);
    }

    private static Tensor scalar(float value) {
        return Tensor.filled(Shape.of(), value);
    }

    private static Value combine(OnnxNode node, Operation operation, Value a, Value b)
            throws UnreadableFileException {
        int[] left = node.graph().dims(a);
        int[] right = node.graph().dims(b);
        var dims = Dims.broadcast(left, right);
        if (dims == null) {
            throw node.wrong(
                    Dims.format(left) + " and " + Dims.format(right) + " do not fit together");
        }
        boolean aligned =
                (a instanceof Value.Known || left.length == dims.length)
                        && (b instanceof Value.Known || right.length == dims.length);
        if (!aligned) {
            throw node.mixesBatch(
                    Dims.format(left)
                            + " and "
                            + Dims.format(right)
                            + " have their batch on different axes");
        }
        var shape = Operators.withoutBatch(node, dims);
        return node.emit(
                operation, shape, operand(node, a, dims.length), operand(node, b, dims.length));
    }

    /** A constant becomes a node of its own, without the axis of the batch. */
    private static Value.Flow operand(OnnxNode node, Value value, int rank)
            throws UnreadableFileException {
        if (value instanceof Value.Flow flow) {
            return flow;
        }
        var constant = ((Value.Known) value).constant();
        int[] dims = constant.dims();
        if (dims.length == rank) {
            if (dims[0] != 1) {
                throw node.mixesBatch(
                        "its constant of " + Dims.format(dims) + " has a value for each image");
            }
            dims = Arrays.copyOfRange(dims, 1, rank);
        }
        var shape = Shape.of(dims);
        return node.emit("constant", new Operation.Constant(constant.toTensor(shape)), shape);
    }

    // Softmax

    private static Value softmax(OnnxNode node) throws UnreadableFileException {
        var input = node.flow(0);
        int rank = input.shape().rank() + 1;
        boolean flattens = node.opset() < 13;
        int axis = node.axis(node.whole("axis", flattens ? 1 : -1), rank);
        if (axis == 0) {
            throw node.mixesBatch("it normalises over axis 0");
        }
        int[] dims = node.graph().dims(input);
        long behind = Dims.count(Arrays.copyOfRange(dims, axis + 1, rank));
        if (!flattens || behind == 1) {
            return node.emit(new Operation.Softmax(axis - 1), input.shape(), input);
        }
        // Until opset 12: over the product of this axis and all behind it.
        var flat = Arrays.stream(dims, 1, axis + 1).asLongStream().toArray();
        flat[axis - 1] *= behind;
        var flattened = node.emit("flatten", new Operation.Reshape(), node.shape(flat), input);
        var result = node.emit(new Operation.Softmax(axis - 1), flattened.shape(), flattened);
        return node.emit("reshape", new Operation.Reshape(), input.shape(), result);
    }
}
