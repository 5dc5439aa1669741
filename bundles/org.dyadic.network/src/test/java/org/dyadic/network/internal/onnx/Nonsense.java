package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Random;

/** Takes the sense out of models that stay well-formed. */
final class Nonsense {

    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        3,
        -2,
        7,
        1000,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private static final String[] OPERATORS = Operators.supported().toArray(String[]::new);

    private Nonsense() {}

    static void change(GraphProto.Builder graph, Random random) {
        var node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
        switch (random.nextInt(7)) {
            case 0, 1 -> changeAttribute(node, random);
            case 2 -> node.setOpType(OPERATORS[random.nextInt(OPERATORS.length)]);
            case 3 -> changeInput(node, graph, random);
            case 4 -> changeDimension(graph, random);
            default -> changeNumber(graph, random);
        }
    }

    private static long number(Random random) {
        return NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private static void changeAttribute(NodeProto.Builder node, Random random) {
        if (node.getAttributeCount() == 0) {
            return;
        }
        var attribute = node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
        switch (random.nextInt(6)) {
            case 0 -> attribute.addInts(number(random));
            case 1 -> attribute.clearInts();
            case 2 -> attribute.setF(random.nextBoolean() ? Float.NaN : number(random));
            case 3 ->
                    attribute.setType(
                            AttributeProto.AttributeType.forNumber(1 + random.nextInt(8)));
            default -> {
                if (attribute.getIntsCount() > 0) {
                    attribute.setInts(random.nextInt(attribute.getIntsCount()), number(random));
                } else {
                    attribute.setI(number(random));
                }
            }
        }
    }

    private static void changeInput(
            NodeProto.Builder node, GraphProto.Builder graph, Random random) {
        var other = graph.getNode(random.nextInt(graph.getNodeCount()));
        var name =
                random.nextInt(4) == 0
                        ? graph.getInitializer(random.nextInt(graph.getInitializerCount()))
                                .getName()
                        : random.nextInt(4) == 0 ? "" : other.getOutput(0);
        if (node.getInputCount() == 0 || random.nextInt(4) == 0) {
            node.addInput(name);
        } else {
            node.setInput(random.nextInt(node.getInputCount()), name);
        }
    }

    private static void changeDimension(GraphProto.Builder graph, Random random) {
        var shape =
                graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        if (random.nextBoolean()) {
            shape.getDimBuilder(random.nextInt(shape.getDimCount())).setDimValue(number(random));
            return;
        }
        var tensor = tensor(graph, random);
        if (tensor.getDimsCount() == 0 || random.nextInt(3) == 0) {
            tensor.addDims(random.nextBoolean() ? 1 : number(random));
        } else {
            tensor.setDims(random.nextInt(tensor.getDimsCount()), number(random));
        }
    }

    private static void changeNumber(GraphProto.Builder graph, Random random) {
        var tensor = tensor(graph, random);
        if (tensor.getInt64DataCount() > 0) {
            tensor.setInt64Data(random.nextInt(tensor.getInt64DataCount()), number(random));
        } else if (tensor.getFloatDataCount() > 0) {
            tensor.setFloatData(
                    random.nextInt(tensor.getFloatDataCount()),
                    random.nextBoolean() ? Float.NaN : number(random));
        }
    }

    private static TensorProto.Builder tensor(GraphProto.Builder graph, Random random) {
        return graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
    }
}
