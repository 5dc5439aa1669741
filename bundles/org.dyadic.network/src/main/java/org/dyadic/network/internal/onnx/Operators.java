package org.dyadic.network.internal.onnx;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;

/** Every operator that is supported, and the choice between them. */
final class Operators {

    /** What a node with an input that depends on the image becomes: a value for each output. */
    @FunctionalInterface
    interface Operator {
        Value[] apply(OnnxNode node) throws UnreadableFileException;
    }

    /** An operator with one output. */
    @FunctionalInterface
    interface Single {
        Value apply(OnnxNode node) throws UnreadableFileException;
    }

    private static final Map<String, Operator> ON_IMAGES = onImages();

    private Operators() {}

    private static Map<String, Operator> onImages() {
        var singles = new TreeMap<String, Single>();
        LayerOperators.register(singles);
        PoolOperators.register(singles);
        ElementOperators.register(singles);
        ShapeOperators.register(singles);
        var table = new TreeMap<String, Operator>();
        singles.forEach(
                (name, single) -> table.put(name, node -> new Value[] {single.apply(node)}));
        table.put("Split", ShapeOperators::split);
        return table;
    }

    /** The values of the outputs of a node, in order; fewer if the rest is not supported. */
    static Value[] apply(OnnxNode node, String domain) throws UnreadableFileException {
        boolean standard = domain.isEmpty() || domain.equals("ai.onnx");
        var evaluation = standard ? ConstantOperators.all().get(node.operator()) : null;
        var onImages = standard ? ON_IMAGES.get(node.operator()) : null;
        if (evaluation == null && onImages == null) {
            throw unsupported(node, domain);
        }
        if (evaluation != null && inputsAreConstant(node)) {
            return new Value[] {new Value.Known(evaluation.of(node))};
        }
        if (onImages == null) {
            throw onlyOnConstants(node);
        }
        return onImages.apply(node);
    }

    private static boolean inputsAreConstant(OnnxNode node) throws UnreadableFileException {
        for (int i = 0; i < node.inputs(); i++) {
            if (node.hasInput(i) && node.input(i) instanceof Value.Flow) {
                return false;
            }
        }
        return true;
    }

    /** The names of all operators, sorted. */
    static Set<String> supported() {
        var supported = new TreeSet<>(ConstantOperators.all().keySet());
        supported.addAll(ON_IMAGES.keySet());
        return supported;
    }

    private static UnreadableFileException unsupported(OnnxNode node, String domain) {
        return unsupported(
                node, domain, "is not supported; supported: " + String.join(", ", supported()));
    }

    private static UnreadableFileException onlyOnConstants(OnnxNode node) {
        return unsupported(
                node,
                "",
                "is supported on constants alone, but its input depends on the image; supported"
                        + " there: "
                        + String.join(", ", ON_IMAGES.keySet()));
    }

    private static UnreadableFileException unsupported(OnnxNode node, String domain, String what) {
        return new UnreadableFileException(
                IssueCode.UNSUPPORTED_OPERATOR,
                "operator '"
                        + (domain.isEmpty() ? "" : domain + ".")
                        + node.operator()
                        + "' (node '"
                        + node.name()
                        + "', opset "
                        + node.opset()
                        + ") "
                        + what);
    }

    /** The rest of a list of dimensions, for one image; throws if axis 0 is not the batch. */
    static Shape withoutBatch(OnnxNode node, int[] dims) throws UnreadableFileException {
        if (dims.length == 0 || dims[0] != node.graph().batch()) {
            throw node.mixesBatch("its result is " + Dims.format(dims));
        }
        return node.shape(IntStream.of(dims).skip(1).asLongStream().toArray());
    }
}
