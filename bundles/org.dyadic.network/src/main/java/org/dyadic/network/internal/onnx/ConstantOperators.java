package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import org.dyadic.api.diagnostic.UnreadableFileException;

/**
 * The operators that are evaluated while the file is read, because all their inputs are constants:
 * the shape arithmetic that exporters leave behind, and what they do to weights.
 */
final class ConstantOperators {

    /** The result of a node whose inputs are all constants. */
    @FunctionalInterface
    interface Evaluation {
        Constant of(OnnxNode node) throws UnreadableFileException;
    }

    private static final Map<String, Evaluation> TABLE = table();

    private ConstantOperators() {}

    static Map<String, Evaluation> all() {
        return TABLE;
    }

    private static Map<String, Evaluation> table() {
        var table = new TreeMap<String, Evaluation>();
        table.put("Constant", ConstantOperators::constant);
        table.put("ConstantOfShape", ConstantOperators::constantOfShape);
        table.put("Shape", node -> shape(node, node.known(0).dims()));
        table.put("Size", node -> Constant.wholes(new int[0], node.known(0).size()));
        table.put("Identity", node -> node.known(0));
        table.put("Cast", ConstantOperators::cast);
        table.put("Range", ConstantOperators::range);
        table.put("Where", ConstantOperators::where);

        unary(table, "Neg", x -> -x);
        unary(table, "Abs", Math::abs);
        unary(table, "Floor", Math::floor);
        unary(table, "Ceil", Math::ceil);
        unary(table, "Round", Math::rint);
        unary(table, "Sqrt", Math::sqrt);
        unary(table, "Exp", Math::exp);
        unary(table, "Reciprocal", x -> 1 / x);
        table.put("Not", node -> mapped(node, true, x -> x == 0 ? 1 : 0));

        binary(table, "Add", Double::sum, Long::sum);
        binary(table, "Sub", (a, b) -> a - b, (a, b) -> a - b);
        binary(table, "Mul", (a, b) -> a * b, (a, b) -> a * b);
        binary(table, "Min", Math::min, Math::min);
        binary(table, "Max", Math::max, Math::max);
        table.put("Div", node -> divide(node, (a, b) -> a / b, (a, b) -> a / b));
        table.put("Mod", node -> divide(node, ConstantOperators::modulo, Math::floorMod));
        table.put("Pow", ConstantOperators::power);
        compare(table, "Equal", (a, b) -> a == b ? 1 : 0);
        compare(table, "Less", (a, b) -> a < b ? 1 : 0);
        compare(table, "LessOrEqual", (a, b) -> a <= b ? 1 : 0);
        compare(table, "Greater", (a, b) -> a > b ? 1 : 0);
        compare(table, "GreaterOrEqual", (a, b) -> a >= b ? 1 : 0);
        compare(table, "And", (a, b) -> a != 0 && b != 0 ? 1 : 0);
        compare(table, "Or", (a, b) -> a != 0 || b != 0 ? 1 : 0);

        table.put("Reshape", node -> node.known(0).in(Targets.reshape(node, node.known(0).dims())));
        table.put("Flatten", node -> node.known(0).in(Targets.flatten(node, node.known(0).dims())));
        table.put(
                "Squeeze",
                node -> node.known(0).in(Targets.squeeze(node, node.known(0).dims(), 0)));
        table.put("Unsqueeze", ConstantOperators::unsqueeze);
        table.put("Transpose", ConstantOperators::transpose);
        table.put("Concat", ConstantOperators::concat);
        table.put("Slice", ConstantOperators::slice);
        table.put("Gather", ConstantOperators::gather);
        table.put("Expand", ConstantOperators::expand);
        table.put("Tile", ConstantOperators::tile);
        reduce(table, "ReduceProd", 1, (a, b) -> a * b);
        reduce(table, "ReduceSum", 0, Double::sum);
        reduce(table, "ReduceMin", Double.POSITIVE_INFINITY, Math::min);
        reduce(table, "ReduceMax", Double.NEGATIVE_INFINITY, Math::max);
        return table;
    }

    private static Constant constant(OnnxNode node) throws UnreadableFileException {
        if (node.has("value")) {
            return node.tensor("value");
        }
        if (node.has("value_float")) {
            return Constant.reals(new int[0], node.real("value_float", 0));
        }
        if (node.has("value_int")) {
            return Constant.wholes(new int[0], node.whole("value_int", 0));
        }
        if (node.has("value_floats")) {
            var reals = node.reals("value_floats");
            return Constant.reals(new int[] {reals.length}, reals);
        }
        if (node.has("value_ints")) {
            return Constant.vector(node.wholes("value_ints"));
        }
        throw node.wrong("a constant that is text or sparse is not supported");
    }

    private static Constant constantOfShape(OnnxNode node) throws UnreadableFileException {
        int[] dims = node.dims(node.list(0));
        if (!node.has("value")) {
            return Constant.filled(dims, false, 0);
        }
        var value = node.tensor("value");
        if (value.size() != 1) {
            throw node.wrong("its value must be one number, has " + value.size());
        }
        return Constant.filled(dims, value.isWhole(), value.number(0));
    }

    /** Shape, perhaps of a range of axes only (opset 15). */
    static Constant shape(OnnxNode node, int[] dims) throws UnreadableFileException {
        int start = clampAxis(node.whole("start", 0), dims.length);
        int end = Math.max(start, clampAxis(node.whole("end", dims.length), dims.length));
        return Constant.vector(
                Arrays.stream(Arrays.copyOfRange(dims, start, end)).asLongStream().toArray());
    }

    private static int clampAxis(long axis, int rank) {
        return (int) Math.max(0, Math.min(rank, axis < 0 ? Math.max(axis, -rank) + rank : axis));
    }

    private static Constant cast(OnnxNode node) throws UnreadableFileException {
        long to = node.whole("to", 0);
        var type = DataType.forNumber((int) to);
        if (type == null || type == DataType.STRING || type == DataType.UNDEFINED) {
            throw node.wrong("a cast to type " + to + " is not supported");
        }
        if (type == DataType.BOOL) {
            return mapped(node, true, x -> x == 0 ? 0 : 1);
        }
        boolean toWhole = !TensorDecoder.isReal(type);
        if (toWhole == node.known(0).isWhole()) {
            return node.known(0);
        }
        return mapped(node, toWhole, x -> !toWhole ? x : x < 0 ? Math.ceil(x) : Math.floor(x));
    }

    private static Constant range(OnnxNode node) throws UnreadableFileException {
        double start = node.scalar(0);
        double step = node.scalar(2);
        double count = Math.max(0, Math.ceil((node.scalar(1) - start) / step));
        // Not a number if the step is 0 or an end is not finite.
        if (!(count <= 1 << 20)) {
            throw node.wrong("a range of " + count + " numbers");
        }
        var dims = new int[] {(int) count};
        if (node.known(0).isWhole()) {
            var wholes = new long[(int) count];
            Arrays.setAll(wholes, i -> (long) (start + i * step));
            return Constant.wholes(dims, wholes);
        }
        var reals = new float[(int) count];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (float) (start + i * step);
        }
        return Constant.reals(dims, reals);
    }

    private static Constant where(OnnxNode node) throws UnreadableFileException {
        var condition = node.known(0);
        var yes = node.known(1);
        var no = node.known(2);
        int[] dims = broadcast(node, condition.dims(), yes.dims());
        dims = broadcast(node, dims, no.dims());
        node.graph().spend(node, Dims.count(dims));
        var choose = condition.gather(dims, Dims.broadcasting(condition.dims(), dims));
        var whenYes = yes.gather(dims, Dims.broadcasting(yes.dims(), dims));
        var whenNo = no.gather(dims, Dims.broadcasting(no.dims(), dims));
        if (yes.isWhole()) {
            var wholes = new long[choose.size()];
            Arrays.setAll(wholes, i -> choose.whole(i) != 0 ? whenYes.whole(i) : whenNo.whole(i));
            return Constant.wholes(dims, wholes);
        }
        var reals = new float[choose.size()];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = choose.whole(i) != 0 ? whenYes.real(i) : whenNo.real(i);
        }
        return Constant.reals(dims, reals);
    }

    // Arithmetic

    private static void unary(
            Map<String, Evaluation> table, String operator, DoubleUnaryOperator function) {
        table.put(operator, node -> mapped(node, node.known(0).isWhole(), function));
    }

    private static void binary(
            Map<String, Evaluation> table,
            String operator,
            DoubleBinaryOperator onReals,
            LongBinaryOperator onWholes) {
        table.put(
                operator,
                node -> {
                    var result = node.known(0);
                    // Min and Max take any number of inputs.
                    for (int i = 1; i < node.inputs(); i++) {
                        result = combine(node, result, node.known(i), onReals, onWholes);
                    }
                    return result;
                });
    }

    private static void compare(
            Map<String, Evaluation> table, String operator, DoubleBinaryOperator truth) {
        table.put(
                operator,
                node ->
                        combine(
                                        node,
                                        node.known(0).as(false),
                                        node.known(1).as(false),
                                        truth,
                                        Long::sum)
                                .as(true));
    }

    private static Constant divide(
            OnnxNode node, DoubleBinaryOperator onReals, LongBinaryOperator onWholes)
            throws UnreadableFileException {
        var divisor = node.known(1);
        for (int i = 0; divisor.isWhole() && i < divisor.size(); i++) {
            if (divisor.whole(i) == 0) {
                throw node.wrong("a division by zero");
            }
        }
        return combine(node, node.known(0), divisor, onReals, onWholes);
    }

    /** The exponent may be of another type than the base, which gives the type of the result. */
    private static Constant power(OnnxNode node) throws UnreadableFileException {
        var base = node.known(0);
        var exponent = node.known(1).as(base.isWhole());
        return combine(node, base, exponent, Math::pow, (a, b) -> (long) Math.pow(a, b));
    }

    private static double modulo(double a, double b) {
        return a % b;
    }

    private static Constant combine(
            OnnxNode node,
            Constant a,
            Constant b,
            DoubleBinaryOperator onReals,
            LongBinaryOperator onWholes)
            throws UnreadableFileException {
        if (a.isWhole() != b.isWhole()) {
            throw node.wrong("its inputs are whole and real numbers; add a Cast");
        }
        int[] dims = broadcast(node, a.dims(), b.dims());
        if (a.isFilled() && b.isFilled() && Dims.count(dims) > 0) {
            double value =
                    a.isWhole()
                            ? onWholes.applyAsLong(a.whole(0), b.whole(0))
                            : onReals.applyAsDouble(a.number(0), b.number(0));
            return Constant.filled(dims, a.isWhole(), value);
        }
        int count = Dims.size(dims);
        node.graph().spend(node, count);
        var left = Dims.broadcasting(a.dims(), dims);
        var right = Dims.broadcasting(b.dims(), dims);
        if (a.isWhole()) {
            var wholes = new long[count];
            Arrays.setAll(
                    wholes, i -> onWholes.applyAsLong(a.whole(left.of(i)), b.whole(right.of(i))));
            return Constant.wholes(dims, wholes);
        }
        var reals = new float[count];
        for (int i = 0; i < count; i++) {
            reals[i] = (float) onReals.applyAsDouble(a.number(left.of(i)), b.number(right.of(i)));
        }
        return Constant.reals(dims, reals);
    }

    /** The dimensions two operands broadcast to. */
    static int[] broadcast(OnnxNode node, int[] a, int[] b) throws UnreadableFileException {
        var dims = Dims.broadcast(a, b);
        if (dims == null) {
            throw node.wrong(Dims.format(a) + " and " + Dims.format(b) + " do not fit together");
        }
        return node.dims(Arrays.stream(dims).asLongStream().toArray());
    }

    private static void reduce(
            Map<String, Evaluation> table,
            String operator,
            double start,
            DoubleBinaryOperator function) {
        table.put(
                operator,
                node -> {
                    var input = node.known(0);
                    long[] axes = Targets.axes(node);
                    if (axes != null && axes.length > 0 && input.rank() > 1) {
                        throw node.wrong("only a list can be reduced to a constant");
                    }
                    double result = start;
                    for (int i = 0; i < input.size(); i++) {
                        result = function.applyAsDouble(result, input.number(i));
                    }
                    var dims = new int[node.whole("keepdims", 1) == 0 ? 0 : input.rank()];
                    Arrays.fill(dims, 1);
                    return Constant.filled(dims, input.isWhole(), result);
                });
    }

    // Layout

    private static Constant gathered(OnnxNode node, Constant input, int[] target, Dims.Index index)
            throws UnreadableFileException {
        if (!input.isFilled()) {
            node.graph().spend(node, Dims.count(target));
        }
        return input.gather(target, index);
    }

    private static Constant mapped(OnnxNode node, boolean toWhole, DoubleUnaryOperator function)
            throws UnreadableFileException {
        var input = node.known(0);
        if (!input.isFilled()) {
            node.graph().spend(node, input.size());
        }
        return input.map(toWhole, function);
    }

    private static Constant unsqueeze(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        return input.in(Targets.unsqueeze(input.dims(), Targets.inserted(node, input.rank())));
    }

    private static Constant transpose(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        int[] dims = input.dims();
        int[] strides = Dims.strides(dims);
        int[] order = Targets.permutation(node, dims.length);
        var target = new int[dims.length];
        var steps = new int[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            target[axis] = dims[order[axis]];
            steps[axis] = strides[order[axis]];
        }
        return gathered(node, input, target, Dims.walk(target, 0, steps));
    }

    private static Constant slice(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        int[] strides = Dims.strides(input.dims());
        var slicing = Targets.slice(node, input.dims());
        int start = 0;
        var steps = new int[strides.length];
        for (int axis = 0; axis < strides.length; axis++) {
            start += slicing.start()[axis] * strides[axis];
            steps[axis] = slicing.step()[axis] * strides[axis];
        }
        return gathered(node, input, slicing.count(), Dims.walk(slicing.count(), start, steps));
    }

    private static Constant gather(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        var indices = node.known(1);
        int[] dims = input.dims();
        int axis = node.axis(node.whole("axis", 0), dims.length);
        int[] picks = new int[indices.size()];
        for (int i = 0; i < picks.length; i++) {
            picks[i] = node.axis(indices.whole(i), dims[axis]);
        }
        int after = Dims.size(Arrays.copyOfRange(dims, axis + 1, dims.length));
        var target = new long[dims.length - 1 + indices.rank()];
        for (int i = 0; i < target.length; i++) {
            target[i] =
                    i < axis
                            ? dims[i]
                            : i < axis + indices.rank()
                                    ? indices.dims()[i - axis]
                                    : dims[i - indices.rank() + 1];
        }
        return gathered(
                node,
                input,
                node.dims(target),
                element -> {
                    int inner = element % after;
                    int pick = picks[element / after % picks.length];
                    int outer = element / after / picks.length;
                    return (outer * dims[axis] + pick) * after + inner;
                });
    }

    private static Constant concat(OnnxNode node) throws UnreadableFileException {
        var first = node.known(0);
        int[] dims = first.dims();
        int axis = node.axis(node.whole("axis", 1), dims.length);
        long total = 0;
        for (int i = 0; i < node.inputs(); i++) {
            int[] other = node.known(i).dims();
            if (other.length != dims.length || node.known(i).isWhole() != first.isWhole()) {
                throw node.wrong("its inputs differ in rank or type");
            }
            total += other[axis];
            other[axis] = dims[axis];
            if (!Arrays.equals(other, dims)) {
                throw node.wrong("its inputs differ beyond axis " + axis);
            }
        }
        var target = first.dims();
        target[axis] = (int) Math.min(Integer.MAX_VALUE, total);
        target = node.dims(Arrays.stream(target).asLongStream().toArray());
        node.graph().spend(node, Dims.count(target));
        int inner = Dims.size(Arrays.copyOfRange(target, axis + 1, target.length));
        var wholes = new long[first.isWhole() ? Dims.size(target) : 0];
        var reals = new float[first.isWhole() ? 0 : Dims.size(target)];
        int row = inner * target[axis];
        int offset = 0;
        for (int i = 0; i < node.inputs(); i++) {
            var part = node.known(i);
            int run = part.dims()[axis] * inner;
            for (int element = 0; element < part.size(); element++) {
                int at = element / run * row + offset + element % run;
                if (first.isWhole()) {
                    wholes[at] = part.whole(element);
                } else {
                    reals[at] = part.real(element);
                }
            }
            offset += run;
        }
        return first.isWhole() ? Constant.wholes(target, wholes) : Constant.reals(target, reals);
    }

    private static Constant expand(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        int[] dims = broadcast(node, input.dims(), node.dims(node.list(1)));
        return gathered(node, input, dims, Dims.broadcasting(input.dims(), dims));
    }

    private static Constant tile(OnnxNode node) throws UnreadableFileException {
        var input = node.known(0);
        int[] dims = input.dims();
        long[] repeats = node.list(1);
        if (repeats.length != dims.length) {
            throw node.wrong("it needs a repeat for each of " + dims.length + " axes");
        }
        var wanted = new long[dims.length];
        for (int axis = 0; axis < dims.length; axis++) {
            wanted[axis] = dims[axis] * (long) node.count("repeat", repeats[axis], 0);
        }
        int[] target = node.dims(wanted);
        int[] from = Dims.strides(dims);
        int[] to = Dims.strides(target);
        return gathered(
                node,
                input,
                target,
                element -> {
                    int at = 0;
                    for (int axis = 0; axis < dims.length; axis++) {
                        at += element / to[axis] % target[axis] % dims[axis] * from[axis];
                    }
                    return at;
                });
    }
}
