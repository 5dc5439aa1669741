package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Builds small ONNX models: input {@code x}, output {@code y}. */
final class ModelBuilder {

    private final int opset;
    private final Random random = new Random(7);
    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(7);
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("graph");

    /** A model whose input has a dynamic batch and the extents of one image. */
    ModelBuilder(int opset, long... image) {
        this.opset = opset;
        var dims = new long[image.length + 1];
        System.arraycopy(image, 0, dims, 1, image.length);
        input("x", dims);
        output("y");
    }

    private ModelBuilder(int opset) {
        this.opset = opset;
    }

    /** A model without inputs and outputs. */
    static ModelBuilder bare(int opset) {
        return new ModelBuilder(opset);
    }

    int opset() {
        return opset;
    }

    GraphProto.Builder graph() {
        return graph;
    }

    ModelProto.Builder model() {
        return model;
    }

    /** An input of real numbers; 0 stands for a dynamic dimension. */
    ModelBuilder input(String name, long... dims) {
        var shape = TensorShapeProto.newBuilder();
        for (int axis = 0; axis < dims.length; axis++) {
            var dim = shape.addDimBuilder();
            if (dims[axis] == 0) {
                dim.setDimParam(axis == 0 ? "N" : "dim" + axis);
            } else {
                dim.setDimValue(dims[axis]);
            }
        }
        var value = ValueInfoProto.newBuilder().setName(name);
        value.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(shape);
        graph.addInput(value);
        return this;
    }

    ModelBuilder output(String name) {
        var value = ValueInfoProto.newBuilder().setName(name);
        value.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE);
        graph.addOutput(value);
        return this;
    }

    /** A node with one output; inputs are names separated by spaces, {@code -} one left out. */
    ModelBuilder node(String operator, String inputs, String output, AttributeProto... attributes) {
        var node =
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(output + "_node")
                        .addAllAttribute(List.of(attributes));
        if (!inputs.isEmpty()) {
            for (var input : inputs.split(" ")) {
                node.addInput(input.equals("-") ? "" : input);
            }
        }
        for (var name : output.split(" ")) {
            node.addOutput(name);
        }
        graph.addNode(node);
        return this;
    }

    /** Random weights of about unit size. */
    ModelBuilder weights(String name, long... dims) {
        int size = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        var data = new float[size];
        for (int i = 0; i < size; i++) {
            data[i] = (float) random.nextGaussian();
        }
        return reals(name, data, dims);
    }

    /** Random numbers from 0.5 to 1.5. */
    ModelBuilder positive(String name, long... dims) {
        int size = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        var data = new float[size];
        for (int i = 0; i < size; i++) {
            data[i] = 0.5f + random.nextFloat();
        }
        return reals(name, data, dims);
    }

    ModelBuilder reals(String name, float[] data, long... dims) {
        graph.addInitializer(tensor(name, data, dims));
        return this;
    }

    /** One real number. */
    ModelBuilder real(String name, float value) {
        return reals(name, new float[] {value});
    }

    /** Whole numbers along one axis. */
    ModelBuilder wholes(String name, long... data) {
        graph.addInitializer(tensor(name, data));
        return this;
    }

    /** One whole number. */
    ModelBuilder whole(String name, long value) {
        graph.addInitializer(tensor(name, value).toBuilder().clearDims());
        return this;
    }

    ModelBuilder metadata(String key, String value) {
        model.addMetadataPropsBuilder().setKey(key).setValue(value);
        return this;
    }

    ModelProto build() {
        return model.setGraph(graph)
                .clearOpsetImport()
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .build();
    }

    static TensorProto tensor(String name, float[] data, long... dims) {
        var tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.FLOAT_VALUE);
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        for (float number : data) {
            tensor.addFloatData(number);
        }
        return tensor.build();
    }

    static TensorProto tensor(String name, long... data) {
        var tensor =
                TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(TensorProto.DataType.INT64_VALUE)
                        .addDims(data.length);
        for (long number : data) {
            tensor.addInt64Data(number);
        }
        return tensor.build();
    }
}
