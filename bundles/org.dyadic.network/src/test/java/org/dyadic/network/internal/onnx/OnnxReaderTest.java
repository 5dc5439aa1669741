package org.dyadic.network.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dyadic.network.internal.onnx.Attributes.real;
import static org.dyadic.network.internal.onnx.Attributes.tensor;
import static org.dyadic.network.internal.onnx.Attributes.text;
import static org.dyadic.network.internal.onnx.Attributes.whole;
import static org.dyadic.network.internal.onnx.Attributes.wholes;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dyadic.api.network.Function;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Window;
import org.dyadic.network.FloatNetwork;
import org.dyadic.network.Folding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the graph looks like that the reader makes of a file. */
class OnnxReaderTest {

    @TempDir Path folder;

    @Test
    void readsFilesByTheirEnding() {
        var reader = new OnnxReader();
        assertThat(reader.reads(Path.of("a/b.onnx"))).isTrue();
        assertThat(reader.reads(Path.of("B.ONNX"))).isTrue();
        assertThat(reader.reads(Path.of("b.tflite"))).isFalse();
        assertThat(reader.reads(Path.of("/"))).isFalse();
    }

    @Test
    void networkIsCalledAsTheFile() throws IOException {
        var file = write(new ModelBuilder(13, 4).node("Relu", "x", "y"), "my.net.onnx");
        assertThat(new OnnxReader().read(file).name()).isEqualTo("my.net");
    }

    @Test
    void nodesAreCalledAsInTheFileElseAsTheirResult() throws IOException {
        var builder = new ModelBuilder(13, 4).node("Relu", "x", "a").node("Relu", "a", "b");
        builder.graph().getNodeBuilder(1).clearName();
        builder.node("Relu", "b", "y");
        builder.graph().getNodeBuilder(2).setName("a_node");
        assertThat(names(read(builder))).containsExactly("x", "a_node", "b", "a_node_2");
    }

    @Test
    void nodesThatDoNotReachTheOutputAreLeftOut() throws IOException {
        var network =
                read(
                        new ModelBuilder(13, 4)
                                .node("Relu", "x", "y")
                                .node("LSTM", "x", "unused")
                                .node("Tanh", "x", "z"));
        assertThat(names(network)).containsExactly("x", "y_node");
    }

    @Test
    void nodesUsedForTheirShapeAloneAreLeftOut() throws IOException {
        var network =
                read(
                        new ModelBuilder(13, 3, 4)
                                .node("Tanh", "x", "t")
                                .node("Shape", "t", "s")
                                .node("Relu", "x", "r")
                                .node("Reshape", "r s", "y"));
        assertThat(names(network)).containsExactly("x", "r_node");
    }

    @Test
    void metadataTellsAnUntrainedNetwork() throws IOException {
        var trained = read(new ModelBuilder(13, 4).node("Relu", "x", "y").metadata("a", "b"));
        assertThat(trained.trained()).isTrue();
        assertThat(trained.metadata()).isEqualTo(Map.of("a", "b"));
        var untrained =
                read(new ModelBuilder(13, 4).node("Relu", "x", "y").metadata("weights", "none: x"));
        assertThat(untrained.trained()).isFalse();
    }

    @Test
    void filledWeightsTakeNoMemory() throws IOException {
        // 16384 x 16384 numbers would be 1 GiB, and twice that to transpose them.
        var builder =
                new ModelBuilder(13, 1 << 14)
                        .metadata("weights", "none")
                        .wholes("ws", 1 << 14, 1 << 14)
                        .node("ConstantOfShape", "ws", "w")
                        .node("Transpose", "w", "v")
                        .node("MatMul", "x v", "m")
                        .positive("s", 1 << 14)
                        .node("BatchNormalization", "m s s s s", "y");
        var network = Folding.fold(read(builder));
        assertThat(network.nodes()).hasSize(2);
        var dense = (Operation.Dense) network.node(1).operation();
        assertThat(dense.weights().size()).isEqualTo(1 << 28);
        assertThat(dense.bias()).isPresent();
    }

    @Test
    void initializersAmongTheInputsAreNone() throws IOException {
        var builder = new ModelBuilder(7, 3, 4, 4).input("w", 5, 3, 1, 1).weights("w", 5, 3, 1, 1);
        assertThat(read(builder.node("Conv", "x w", "y")).outputShape())
                .isEqualTo(Shape.of(5, 4, 4));
    }

    @Test
    void fixedBatchStaysTheBatch() throws IOException {
        var builder =
                ModelBuilder.bare(13)
                        .input("x", 8, 3, 4)
                        .output("y")
                        .wholes("s", 8, 12)
                        .node("Reshape", "x s", "r")
                        .node("Shape", "r", "t")
                        .node("Reshape", "r t", "u")
                        .node("Relu", "u", "y");
        assertThat(read(builder).outputShape()).isEqualTo(Shape.of(12));
    }

    @Test
    void sameUpperPadsMoreBehindAndSameLowerBefore() throws IOException {
        for (var upper : List.of(true, false)) {
            var mode = upper ? "SAME_UPPER" : "SAME_LOWER";
            var network =
                    read(
                            new ModelBuilder(13, 1, 6, 6)
                                    .weights("w", 1, 1, 2, 3)
                                    .node(
                                            "Conv",
                                            "x w",
                                            "y",
                                            text("auto_pad", mode),
                                            wholes("dilations", 3, 1),
                                            wholes("strides", 1, 2)));
            // Rows: 6 of 6 with a reach of 4 need 3 more; columns: 3 of 6 by twos need 1 more.
            var window = ((Operation.Convolution) network.node(1).operation()).window();
            assertThat(window)
                    .isEqualTo(
                            upper
                                    ? new Window(2, 3, 1, 2, 1, 0, 2, 1, 3, 1)
                                    : new Window(2, 3, 1, 2, 2, 1, 1, 0, 3, 1));
            assertThat(network.outputShape()).isEqualTo(Shape.of(1, 6, 3));
        }
    }

    @Test
    void clipFromZeroIsRelu() throws IOException {
        var network =
                read(
                        new ModelBuilder(10, 4)
                                .node(
                                        "Clip",
                                        "x",
                                        "y",
                                        real("min", 0),
                                        real("max", Float.MAX_VALUE)));
        assertThat(network.node(1).operation())
                .isEqualTo(new Operation.Pointwise(new Function.Relu()));
    }

    @Test
    void meanOverTheImageIsAMean() throws IOException {
        var network = read(new ModelBuilder(13, 3, 4, 4).node("GlobalAveragePool", "x", "y"));
        assertThat(network.node(1).operation()).isEqualTo(new Operation.Mean(List.of(1, 2)));
        assertThat(network.outputShape()).isEqualTo(Shape.of(3, 1, 1));
    }

    @Test
    void roundingUpDropsAWindowThatStartsBeyondTheInput() throws IOException {
        var network =
                read(
                        new ModelBuilder(13, 1, 4, 4)
                                .node(
                                        "MaxPool",
                                        "x",
                                        "y",
                                        wholes("kernel_shape", 2, 2),
                                        wholes("strides", 3, 5),
                                        wholes("pads", 1, 1, 1, 1),
                                        whole("ceil_mode", 1)));
        assertThat(network.outputShape()).isEqualTo(Shape.of(1, 2, 1));
    }

    // Numbers

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "FLOAT16", "BFLOAT16"})
    void realNumbersOfEveryType(DataType type) throws IOException {
        // Exact in each of the types.
        var numbers = new float[] {0, 1, -2.5f, 0.0078125f, -96};
        for (boolean raw : new boolean[] {true, false}) {
            var network = read(plus(type, numbers, raw));
            var result = new FloatNetwork(network).run(new float[5]);
            assertThat(result).as("%s, raw %s", type, raw).containsExactly(numbers);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {
                "INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64", "BOOL"
            })
    void wholeNumbersOfEveryType(DataType type) throws IOException {
        boolean signed = type.name().startsWith("INT");
        var numbers =
                type == DataType.BOOL
                        ? new float[] {0, 1, 1, 0, 1}
                        : new float[] {0, 1, signed ? -1 : 200, signed ? -100 : 255, 100};
        for (boolean raw : new boolean[] {true, false}) {
            var builder =
                    new ModelBuilder(13, 5)
                            .node("Cast", "c", "f", whole("to", 1))
                            .node("Add", "x f", "y");
            builder.graph().addInitializer(initializer(type, numbers, raw));
            var result = new FloatNetwork(read(builder)).run(new float[5]);
            assertThat(result).as("%s, raw %s", type, raw).containsExactly(numbers);
        }
    }

    @Test
    void halfPrecisionHasItsExtremes() {
        assertThat(TensorDecoder.half((short) 0x0001)).isEqualTo(Math.scalb(1f, -24));
        assertThat(TensorDecoder.half((short) 0x03ff)).isEqualTo(Math.scalb(1023f, -24));
        assertThat(TensorDecoder.half((short) 0x0400)).isEqualTo(Math.scalb(1f, -14));
        assertThat(TensorDecoder.half((short) 0x7bff)).isEqualTo(65504);
        assertThat(TensorDecoder.half((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(TensorDecoder.half((short) 0x7e00)).isNaN();
        assertThat(TensorDecoder.half((short) 0x8000)).isEqualTo(-0.0f);
    }

    @Test
    void constantsOfEveryForm() throws IOException {
        var network =
                read(
                        new ModelBuilder(13, 2)
                                .node(
                                        "Constant",
                                        "",
                                        "a",
                                        tensor(
                                                "value",
                                                ModelBuilder.tensor("", new float[] {1, 2}, 2)))
                                .node("Constant", "", "b", real("value_float", 10))
                                .node(
                                        "Constant",
                                        "",
                                        "c",
                                        Attributes.reals("value_floats", 100, 200))
                                .node("Constant", "", "d", whole("value_int", 1000))
                                .node("Constant", "", "e", wholes("value_ints", 10000, 20000))
                                .node("Add", "d e", "f")
                                .node("Cast", "f", "g", whole("to", 1))
                                .node("Add", "a b", "h")
                                .node("Add", "h c", "i")
                                .node("Add", "i g", "j")
                                .node("Add", "x j", "y"));
        assertThat(new FloatNetwork(network).run(new float[2])).containsExactly(11111, 21212);
    }

    @Test
    void externalDataLiesBesideTheModel() throws IOException {
        var bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putFloat(99).putFloat(99).putFloat(1).putFloat(2).putFloat(3).putFloat(99);
        Files.createDirectories(folder.resolve("sub"));
        Files.write(folder.resolve("sub/weights.bin"), bytes.array());
        var network = read(external("sub/weights.bin", "8", "12"));
        assertThat(new FloatNetwork(network).run(new float[3])).containsExactly(1, 2, 3);
    }

    static ModelBuilder external(String location, String offset, String length) {
        var builder = new ModelBuilder(13, 3).node("Add", "x c", "y");
        builder.graph()
                .addInitializerBuilder()
                .setName("c")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(3)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length));
        return builder;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static ModelBuilder plus(DataType type, float[] numbers, boolean raw) {
        var builder = new ModelBuilder(13, numbers.length).node("Add", "x c", "y");
        builder.graph().addInitializer(initializer(type, numbers, raw));
        return builder;
    }

    private static TensorProto initializer(DataType type, float[] numbers, boolean raw) {
        var tensor =
                TensorProto.newBuilder()
                        .setName("c")
                        .setDataType(type.getNumber())
                        .addDims(numbers.length);
        var bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            switch (type) {
                case FLOAT -> {
                    bytes.putFloat(number);
                    tensor.addFloatData(number);
                }
                case DOUBLE -> {
                    bytes.putDouble(number);
                    tensor.addDoubleData(number);
                }
                case FLOAT16 -> {
                    bytes.putShort(half(number));
                    tensor.addInt32Data(half(number) & 0xffff);
                }
                case BFLOAT16 -> {
                    short bits = (short) (Float.floatToIntBits(number) >> 16);
                    bytes.putShort(bits);
                    tensor.addInt32Data(bits & 0xffff);
                }
                case INT8, UINT8, BOOL -> {
                    bytes.put((byte) number);
                    tensor.addInt32Data((int) number);
                }
                case INT16, UINT16 -> {
                    bytes.putShort((short) number);
                    tensor.addInt32Data((int) number);
                }
                case INT32 -> {
                    bytes.putInt((int) number);
                    tensor.addInt32Data((int) number);
                }
                case UINT32 -> {
                    bytes.putInt((int) number);
                    tensor.addUint64Data((long) number);
                }
                case INT64 -> {
                    bytes.putLong((long) number);
                    tensor.addInt64Data((long) number);
                }
                case UINT64 -> {
                    bytes.putLong((long) number);
                    tensor.addUint64Data((long) number);
                }
                default -> throw new IllegalArgumentException(type.toString());
            }
        }
        if (raw) {
            tensor.clearFloatData().clearDoubleData().clearInt32Data();
            tensor.clearInt64Data().clearUint64Data();
            tensor.setRawData(ByteString.copyFrom(bytes.flip()));
        }
        return tensor.build();
    }

    /** For numbers that half precision holds exactly. */
    private static short half(float number) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            if (TensorDecoder.half((short) bits) == number) {
                return (short) bits;
            }
        }
        throw new IllegalArgumentException(number + " is not exact in half precision");
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }

    private Network read(ModelBuilder builder) throws IOException {
        return new OnnxReader().read(write(builder, "model.onnx"));
    }

    private Path write(ModelBuilder builder, String name) throws IOException {
        return Files.write(folder.resolve(name), builder.build().toByteArray());
    }
}
