package org.dyadic.network;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;

/**
 * An ONNX model under construction, of standard operators. A value is known by its name; nodes are
 * added in an order in which each can be computed. The same calls give the same bytes.
 */
public final class OnnxGraph {

    /** The operators are those of this version: of ONNX 1.14, like the format. */
    public static final int OPSET = 19;

    /** An extent that is known only when the model runs: the batch. */
    public static final long BATCH = -1;

    /** What a tensor is made of. */
    public enum Type {
        FLOAT(DataType.FLOAT, 4),
        UINT8(DataType.UINT8, 1),
        INT8(DataType.INT8, 1),
        INT16(DataType.INT16, 2),
        INT32(DataType.INT32, 4),
        INT64(DataType.INT64, 8),
        UINT64(DataType.UINT64, 8);

        private final DataType code;
        private final int bytes;

        Type(DataType code, int bytes) {
            this.code = code;
            this.bytes = bytes;
        }

        /** Its number, as the attribute {@code to} of a Cast names it. */
        public long code() {
            return code.getNumber();
        }
    }

    private final ModelProto.Builder model =
            ModelProto.newBuilder().setIrVersion(9).setProducerName("dyadic");
    private final GraphProto.Builder graph;
    private final Set<String> names = new HashSet<>();

    public OnnxGraph(String name) {
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /** Something that the file says of itself. */
    public void metadata(String key, String value) {
        model.addMetadataPropsBuilder().setKey(key).setValue(value);
    }

    /** An input of the model. */
    public String input(String name, Type type, long... extents) {
        graph.addInput(info(unique(name), type, extents));
        return graph.getInput(graph.getInputCount() - 1).getName();
    }

    /** Makes a value an output of the model, under the name it has. */
    public void output(String value, Type type, long... extents) {
        graph.addOutput(info(value, type, extents));
    }

    private static ValueInfoProto info(String name, Type type, long... extents) {
        var shape = TensorShapeProto.newBuilder();
        for (long extent : extents) {
            if (extent == BATCH) {
                shape.addDimBuilder().setDimParam("N");
            } else {
                shape.addDimBuilder().setDimValue(extent);
            }
        }
        var info = ValueInfoProto.newBuilder().setName(name);
        info.getTypeBuilder()
                .getTensorTypeBuilder()
                .setElemType(type.code.getNumber())
                .setShape(shape);
        return info.build();
    }

    /** A constant of real numbers, in row-major order; without extents, a single one. */
    public String reals(String name, float[] data, long... extents) {
        var bytes = ByteBuffer.allocate(4 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(data);
        return constant(name, Type.FLOAT, bytes, extents);
    }

    /** A constant of whole numbers of a type, in row-major order; without extents, a single one. */
    public String wholes(String name, Type type, long[] data, long... extents) {
        var bytes = ByteBuffer.allocate(type.bytes * data.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long number : data) {
            switch (type) {
                case UINT8, INT8 -> bytes.put((byte) number);
                case INT16 -> bytes.putShort((short) number);
                case INT32 -> bytes.putInt((int) number);
                case INT64, UINT64 -> bytes.putLong(number);
                case FLOAT -> bytes.putFloat(number);
            }
        }
        return constant(name, type, bytes.rewind(), extents);
    }

    private String constant(String name, Type type, ByteBuffer data, long... extents) {
        var tensor =
                TensorProto.newBuilder()
                        .setName(unique(name))
                        .setDataType(type.code.getNumber())
                        .setRawData(ByteString.copyFrom(data));
        for (long extent : extents) {
            tensor.addDims(extent);
        }
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /** A list of whole numbers, as shapes and axes are given. */
    public String list(String name, long... numbers) {
        return wholes(name, Type.INT64, numbers, numbers.length);
    }

    /**
     * A node with one result.
     *
     * @param name of the node, and of its result unless that is taken
     * @param attributes Long, Float, String or {@code long[]}, by name
     * @param inputs names of values; an empty one is left out
     * @return the name of the result
     */
    public String node(
            String operator, String name, Map<String, ?> attributes, List<String> inputs) {
        var node =
                NodeProto.newBuilder()
                        .setOpType(operator)
                        .setName(unique(name))
                        .addAllInput(inputs);
        node.addOutput(node.getName());
        new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
        graph.addNode(node);
        return node.getName();
    }

    /** A node without attributes. */
    public String node(String operator, String name, String... inputs) {
        return node(operator, name, Map.of(), List.of(inputs));
    }

    /** The attributes of an operator that slides a window, its pads among them; may be added to. */
    public static Map<String, Object> sliding(Window window) {
        var attributes = new TreeMap<String, Object>();
        attributes.put("kernel_shape", new long[] {window.height(), window.width()});
        attributes.put("strides", new long[] {window.strideY(), window.strideX()});
        attributes.put("dilations", new long[] {window.dilationY(), window.dilationX()});
        attributes.put(
                "pads", new long[] {window.top(), window.left(), window.bottom(), window.right()});
        return attributes;
    }

    /** The pads of a window as an operand of Pad. */
    public String pads(String name, Window window) {
        return pads(
                name,
                List.of(0, window.top(), window.left()),
                List.of(0, window.bottom(), window.right()));
    }

    /** The pads before and after each axis of an image, as an operand of Pad for a batch. */
    public String pads(String name, List<Integer> before, List<Integer> after) {
        var pads = new long[2 * (before.size() + 1)];
        for (int axis = 0; axis < before.size(); axis++) {
            pads[axis + 1] = before.get(axis);
            pads[before.size() + axis + 2] = after.get(axis);
        }
        return list(name, pads);
    }

    /**
     * The extents of a batch.
     *
     * @param batch how many, or {@link #BATCH}
     */
    public static long[] dims(long batch, Shape shape) {
        return LongStream.concat(
                        LongStream.of(batch),
                        shape.extents().stream().mapToLong(Integer::longValue))
                .toArray();
    }

    /** Every so many elements along each axis of an image: a Slice with the batch left whole. */
    public String slice(String name, String input, Operation.Slice slice, Shape result) {
        int rank = slice.start().size();
        var starts = new long[rank];
        var ends = new long[rank];
        var steps = new long[rank];
        var axes = new long[rank];
        for (int axis = 0; axis < rank; axis++) {
            starts[axis] = slice.start().get(axis);
            steps[axis] = slice.step().get(axis);
            long end = starts[axis] + result.extent(axis) * steps[axis];
            // What lies before the first element: a negative end would count from the last.
            ends[axis] = end < 0 ? Long.MIN_VALUE : end;
            axes[axis] = axis + 1L;
        }
        return node(
                "Slice",
                name,
                input,
                list(name + ".starts", starts),
                list(name + ".ends", ends),
                list(name + ".axes", axes),
                list(name + ".steps", steps));
    }

    private static AttributeProto attribute(String name, Object value) {
        var attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long whole) {
            return attribute.setType(AttributeProto.AttributeType.INT).setI(whole).build();
        }
        if (value instanceof Float real) {
            return attribute.setType(AttributeProto.AttributeType.FLOAT).setF(real).build();
        }
        if (value instanceof String text) {
            return attribute
                    .setType(AttributeProto.AttributeType.STRING)
                    .setS(ByteString.copyFromUtf8(text))
                    .build();
        }
        attribute.setType(AttributeProto.AttributeType.INTS);
        for (long number : (long[]) value) {
            attribute.addInts(number);
        }
        return attribute.build();
    }

    /** The name, or with a number behind it if it is taken. */
    private String unique(String name) {
        var candidate = name;
        for (int i = 2; !names.add(candidate); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }

    /** The model as the bytes of a file. */
    public byte[] bytes() {
        return model.clone()
                .setGraph(graph)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .build()
                .toByteArray();
    }
}
