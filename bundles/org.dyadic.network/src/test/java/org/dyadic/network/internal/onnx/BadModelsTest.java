package org.dyadic.network.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.dyadic.network.internal.onnx.Attributes.real;
import static org.dyadic.network.internal.onnx.Attributes.text;
import static org.dyadic.network.internal.onnx.Attributes.whole;
import static org.dyadic.network.internal.onnx.Attributes.wholes;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.network.Folding;
import org.dyadic.network.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad file gets one clear message, and never anything worse. */
class BadModelsTest {

    @TempDir Path folder;

    // Files

    @Test
    void missingFile() throws IOException {
        Files.write(folder.resolve("resnet.onnx"), new byte[] {1});
        assertRefusal(folder.resolve("resent.onnx"))
                .contains("resent.onnx", "does not exist", "Did you mean resnet.onnx?");
        assertRefusal(folder.resolve("no/where.onnx")).contains("nor does its folder");
    }

    @Test
    void folderInPlaceOfAFile() {
        assertRefusal(folder).contains("is a folder");
    }

    @Test
    void emptyFile() throws IOException {
        assertRefusal(new byte[0]).contains("is empty");
    }

    @Test
    void unreadableFile() throws IOException {
        var file = Files.write(folder.resolve("secret.onnx"), new byte[] {1});
        assumeTrue(
                Files.getFileStore(file).supportsFileAttributeView("posix"),
                "no permissions on this file system");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "the user of this test may read everything");
        assertRefusal(file).contains("may not be read", "permissions");
    }

    @Test
    void otherFormats() throws IOException {
        assertRefusal("\n <!DOCTYPE html><html>".getBytes()).contains("web page");
        assertRefusal("version https://git-lfs.github.com/spec/v1\noid".getBytes())
                .contains("git lfs pull");
        assertRefusal(new byte[] {'P', 'K', 3, 4, 20, 0}).contains("zip", "torch.onnx.export");
        assertRefusal(new byte[] {0x1f, (byte) 0x8b, 8}).contains("gunzip");
        assertRefusal("{\"weights\": [1, 2, 3]}".getBytes()).contains("no ONNX file");
        assertRefusal("Hello, world. This is text.".getBytes()).contains("no ONNX file");
        assertRefusal(new byte[1000]).contains("no ONNX file");
    }

    @Test
    void randomBytes() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            assertRefusal(bytes).contains("fetch or export it again");
        }
    }

    // Damage

    @Test
    void everyTruncationIsToldInOneSentence() throws IOException {
        byte[] whole = various(13).build().toByteArray();
        for (int length = 1; length < whole.length; length++) {
            assertRefusal(Arrays.copyOf(whole, length)).contains("cut short");
        }
    }

    @Test
    void truncationsOfARealModel() throws IOException {
        byte[] whole = Files.readAllBytes(Shared.data("models/resnet20-cifar10.onnx"));
        for (int i = 1; i < 60; i++) {
            assertRefusal(Arrays.copyOf(whole, whole.length / 60 * i)).contains("cut short");
        }
    }

    @Test
    void everyFlippedByteIsReadOrRefused() {
        var random = new Random(4);
        for (int opset : new int[] {9, 13}) {
            byte[] whole = various(opset).build().toByteArray();
            assertThatCode(
                            () -> {
                                for (int at = 0; at < whole.length; at++) {
                                    byte[] damaged = whole.clone();
                                    damaged[at] ^= (byte) (1 + random.nextInt(255));
                                    readOrRefuse(damaged);
                                }
                            })
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void randomDamageToARealModelIsReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Shared.data("fashion-mnist/resnet8-fashion.onnx"));
        var random = new Random(3);
        long start = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            readOrRefuse(damaged);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    /** Damage that the format does not notice: numbers, names and lists that make no sense. */
    @Test
    void everySenselessModelIsReadOrRefused() throws IOException {
        var random = new Random(9);
        for (int i = 0; i < 2000; i++) {
            var model = various(i % 2 == 0 ? 9 : 13).build().toBuilder();
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                Nonsense.change(model.getGraphBuilder(), random);
            }
            readOrRefuse(model.build().toByteArray());
        }
    }

    private void readOrRefuse(byte[] model) throws IOException {
        try {
            Folding.fold(read(model));
        } catch (UnreadableFileException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** Some of everything. */
    private static ModelBuilder various(int opset) {
        var builder =
                new ModelBuilder(opset, 3, 6, 6)
                        .weights("w", 4, 3, 3, 3)
                        .weights("b", 4)
                        .positive("s", 4)
                        .node("Conv", "x w b", "c", wholes("pads", 1, 1, 1, 1), whole("group", 1))
                        .node("BatchNormalization", "c s b b s", "n", real("epsilon", 1e-3))
                        .node("Relu", "n", "r")
                        .node(
                                "MaxPool",
                                "r",
                                "m",
                                wholes("kernel_shape", 2, 2),
                                wholes("strides", 2, 2))
                        .node(
                                "AveragePool",
                                "r",
                                "a",
                                wholes("kernel_shape", 2, 2),
                                wholes("strides", 2, 2),
                                text("auto_pad", "VALID"))
                        .node("Concat", "m a", "k", whole("axis", 1))
                        .node("Shape", "k", "ks")
                        .wholes("i", 0)
                        .node("Gather", "ks i", "batch", whole("axis", 0))
                        .wholes("rest", -1)
                        .node("Concat", "batch rest", "t", whole("axis", 0))
                        .node("Transpose", "k", "kt", wholes("perm", 0, 2, 3, 1))
                        .node("Reshape", "kt t", "f")
                        .weights("g", 5, 72)
                        .node("Gemm", "f g", "h", whole("transB", 1))
                        .wholes("vs", 5)
                        .node(
                                "ConstantOfShape",
                                "vs",
                                "v",
                                Attributes.tensor(
                                        "value", ModelBuilder.tensor("", new float[] {2}, 1)))
                        .node("Mul", "h v", "p")
                        .node("Softmax", "p", "q", whole("axis", 1));
        if (opset < 10) {
            builder.node(
                    "Slice", "q", "z", wholes("axes", 1), wholes("starts", 1), wholes("ends", 4));
            builder.node("Pad", "z", "y", wholes("pads", 0, 1, 0, 2));
        } else {
            builder.wholes("one", 1).wholes("four", 4).wholes("pads", 0, 1, 0, 2);
            builder.node("Slice", "q one four one", "z").node("Pad", "z pads", "y");
        }
        if (opset < 11) {
            builder.graph().getNodeBuilder(12).addInput("b5");
            builder.weights("b5", 5);
        }
        return builder;
    }

    // Sense

    @Test
    void unsupportedOperatorIsNamedWithWhatIsSupported() {
        var builder = new ModelBuilder(13, 4).node("LSTM", "x", "y");
        builder.graph().getNodeBuilder(0).setName("rnn1");
        assertRefusal(builder)
                .contains(
                        "operator 'LSTM' (node 'rnn1', opset 13) is not supported; supported: Abs,"
                                + " Add,",
                        "Conv,",
                        "Unsqueeze");
        assertThat(refusal(builder).code()).isEqualTo(IssueCode.UNSUPPORTED_OPERATOR);
    }

    @Test
    void operatorThatIsForConstantsAloneSaysSo() {
        var builder = new ModelBuilder(13, 4).node("Exp", "x", "y");
        assertRefusal(builder)
                .contains("operator 'Exp' (node 'y_node', opset 13)", "on constants alone", "Tanh");
        assertThat(refusal(builder).code()).isEqualTo(IssueCode.UNSUPPORTED_OPERATOR);
    }

    @Test
    void senselesslyManyAxesAreToldBriefly() {
        var builder =
                new ModelBuilder(13, 4)
                        .wholes("n", 1 << 20)
                        .node(
                                "ConstantOfShape",
                                "n",
                                "s",
                                Attributes.tensor("value", ModelBuilder.tensor("", 1)))
                        .node("Reshape", "x s", "y");
        assertRefusal(builder).contains("1048576 axes").hasSizeLessThan(500);
    }

    @Test
    void namesInMessagesCannotControlATerminal() {
        var builder = new ModelBuilder(13, 4).node("LSTM", "x", "y");
        builder.graph().getNodeBuilder(0).setName("evil\u001b[2J\n");
        assertRefusal(builder).contains("'evil?[2J?'");
    }

    @Test
    void operatorOfAnotherDomainIsUnsupported() {
        var builder = new ModelBuilder(13, 4).node("Relu", "x", "y");
        builder.graph().getNodeBuilder(0).setDomain("com.microsoft");
        assertRefusal(builder).contains("operator 'com.microsoft.Relu'");
    }

    @Test
    void opsetOutsideTheRange() {
        assertRefusal(new ModelBuilder(6, 4).node("Relu", "x", "y"))
                .contains("opset 6", "7 to 21", "version_converter");
        assertRefusal(new ModelBuilder(22, 4).node("Relu", "x", "y")).contains("opset 22");
    }

    @Test
    void dynamicDimensionBesideTheBatchIsNamed() {
        assertRefusal(new ModelBuilder(13, 3, 0, 32).node("Relu", "x", "y"))
                .contains("input 'x'", "dynamic dimension 2 ('dim2')", "fixed image size");
    }

    @Test
    void inputWithoutShape() {
        var builder = new ModelBuilder(13, 4).node("Relu", "x", "y");
        builder.graph().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape();
        assertRefusal(builder).contains("input 'x' has no declared shape");
    }

    @Test
    void inputOfWholeNumbers() {
        var builder = new ModelBuilder(13, 4).node("Relu", "x", "y");
        builder.graph().getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(7);
        assertRefusal(builder).contains("input 'x' holds INT64", "FLOAT");
    }

    @Test
    void severalInputsOrOutputsAreListed() {
        assertRefusal(new ModelBuilder(13, 4).input("z", 0, 4).node("Add", "x z", "y"))
                .contains("2 inputs ('x', 'z')", "supported is one");
        assertRefusal(new ModelBuilder(13, 4).output("z").node("Relu", "x", "y"))
                .contains("2 outputs ('y', 'z')");
        assertRefusal(ModelBuilder.bare(13).output("y").node("Relu", "x", "y"))
                .contains("0 inputs");
    }

    @Test
    void oneDimensionalConvolution() {
        assertRefusal(new ModelBuilder(13, 3, 16).weights("w", 4, 3, 3).node("Conv", "x w", "y"))
                .contains("node 'y_node' (Conv, opset 13)", "3 x 16", "1-D, not 2-D");
    }

    @Test
    void weightsThatDoNotFit() {
        assertRefusal(
                        new ModelBuilder(13, 3, 8, 8)
                                .weights("w", 4, 2, 3, 3)
                                .node("Conv", "x w", "y"))
                .contains("4 x 2 x 3 x 3", "3 x 8 x 8");
        assertRefusal(new ModelBuilder(13, 6).weights("w", 5, 4).node("MatMul", "x w", "y"))
                .contains("5 features", "6");
        assertRefusal(
                        new ModelBuilder(13, 4, 8, 8)
                                .positive("s", 3)
                                .node("BatchNormalization", "x s s s s", "y"))
                .contains("3 numbers where 4 belong");
    }

    @Test
    void windowLargerThanTheImage() {
        assertRefusal(
                        new ModelBuilder(13, 1, 3, 3)
                                .node("MaxPool", "x", "y", wholes("kernel_shape", 5, 5)))
                .contains("over 5 elements does not fit an input of 3");
    }

    @Test
    void weightsThatAreNoNumbers() {
        assertRefusal(
                        new ModelBuilder(13, 1)
                                .reals("w", new float[] {Float.NaN}, 1, 1)
                                .node("MatMul", "x w", "y"))
                .contains("not-a-numbers");
    }

    @Test
    void negativeVariance() {
        assertRefusal(
                        new ModelBuilder(13, 1)
                                .reals("v", new float[] {-1}, 1)
                                .node("BatchNormalization", "x v v v v", "y"))
                .contains("variance -1.0 of channel 0");
    }

    @Test
    void normalizationInTrainingMode() {
        assertRefusal(
                        new ModelBuilder(14, 1)
                                .positive("v", 1)
                                .node(
                                        "BatchNormalization",
                                        "x v v v v",
                                        "y",
                                        whole("training_mode", 1)))
                .contains("training mode");
    }

    @Test
    void nodesThatMixTheBatchSayHow() {
        assertMixes(new ModelBuilder(13, 3, 4).node("Transpose", "x", "y"), "moves axis 0");
        assertMixes(
                new ModelBuilder(13, 3, 4).node("Flatten", "x", "y", whole("axis", 0)),
                "flattens from axis 0");
        assertMixes(
                new ModelBuilder(13, 3, 4).wholes("s", 12).node("Reshape", "x s", "y"),
                "its result is 12");
        assertMixes(
                new ModelBuilder(13, 3).node("Concat", "x x", "y", whole("axis", 0)),
                "joins along axis 0");
        assertMixes(
                new ModelBuilder(13, 3).node("Softmax", "x", "y", whole("axis", 0)),
                "normalises over axis 0");
        assertMixes(new ModelBuilder(13, 3).node("ReduceMean", "x", "y"), "the mean over all axes");
        assertMixes(
                new ModelBuilder(13, 3).wholes("a", 0).node("Unsqueeze", "x a", "y"),
                "before the batch");
        assertMixes(
                new ModelBuilder(13, 3).weights("c", 5, 3).node("Add", "x c", "y"),
                "its result is 5 x 3");
        assertMixes(
                new ModelBuilder(13, 3, 3)
                        .node("ReduceMean", "x", "m", wholes("axes", 1), whole("keepdims", 0))
                        .node("Add", "x m", "y"),
                "different axes");
    }

    private void assertMixes(ModelBuilder builder, String how) {
        assertRefusal(builder).contains("node 'y_node'", how, "mixes the images of a batch");
    }

    @Test
    void reshapeToAnotherSize() {
        assertRefusal(new ModelBuilder(13, 3, 4).wholes("s", 1, 13).node("Reshape", "x s", "y"))
                .contains("1 x 3 x 4 cannot become [1, 13]");
        assertRefusal(
                        new ModelBuilder(14, 3, 4)
                                .wholes("s", 1, 0, 4)
                                .node("Reshape", "x s", "y", whole("allowzero", 1)))
                .contains("1 x 3 x 4 cannot become [1, 0, 4]");
    }

    @Test
    void inputThatNobodyProvides() {
        assertRefusal(new ModelBuilder(13, 3).node("Add", "x ghost", "y"))
                .contains("provides its input 'ghost'");
        assertRefusal(new ModelBuilder(13, 3).node("Relu", "x", "z"))
                .contains("no node provides the output 'y'");
        assertRefusal(new ModelBuilder(13, 3).node("Relu", "x", "y").node("Tanh", "x", "y"))
                .contains("two nodes provide 'y'");
    }

    @Test
    void outputThatDoesNotDependOnTheInput() {
        assertRefusal(new ModelBuilder(13, 3).weights("c", 3).node("Identity", "c", "y"))
                .contains("'y' does not depend on the input");
    }

    @Test
    void padModeThatIsNotSupported() {
        assertRefusal(
                        new ModelBuilder(13, 3)
                                .wholes("p", 0, 1, 0, 1)
                                .node("Pad", "x p", "y", text("mode", "reflect")))
                .contains("mode 'reflect'", "supported: constant");
    }

    @Test
    void hugeDimensionsAreToldBeforeMemoryIsTaken() {
        assertRefusal(new ModelBuilder(13, 1 << 30, 1 << 30, 4).node("Relu", "x", "y"))
                .contains("1073741824 x 1073741824 x 4");
        assertRefusal(
                        new ModelBuilder(13, 1, 8, 8)
                                .weights("w", 1, 1, 1, 1)
                                .node("Conv", "x w", "y", wholes("pads", 1 << 20, 1 << 20, 0, 0)))
                .contains("1 x 1048584 x 1048584");
        assertRefusal(
                        new ModelBuilder(13, 4)
                                .wholes("s", 1 << 20, 1 << 20)
                                .node("ConstantOfShape", "s", "c")
                                .node("Add", "x c", "y"))
                .contains("1048576 x 1048576");
        assertRefusal(
                        new ModelBuilder(13, 4)
                                .weights("c", 4)
                                .wholes("s", 1 << 25, 4)
                                .node("Expand", "c s", "d")
                                .node("Add", "x d", "y"))
                .contains("out of proportion");
        var builder = new ModelBuilder(13, 4).node("Add", "x c", "y");
        builder.graph()
                .addInitializerBuilder()
                .setName("c")
                .setDataType(1)
                .addDims(1L << 40)
                .addDims(1L << 40);
        assertRefusal(builder).contains("tensor 'c' claims");
    }

    @Test
    void dataOfAnotherLength() {
        var builder = new ModelBuilder(13, 4).node("Add", "x c", "y");
        builder.graph()
                .addInitializerBuilder()
                .setName("c")
                .setDataType(1)
                .addDims(4)
                .addFloatData(1);
        assertRefusal(builder).contains("tensor 'c' of 4 = 4 numbers needs 4 numbers but has 1");
    }

    @Test
    void typeThatIsNotSupported() {
        var builder = new ModelBuilder(13, 4).node("Add", "x c", "y");
        builder.graph().addInitializerBuilder().setName("c").setDataType(8).addDims(4);
        assertRefusal(builder).contains("tensor 'c'", "type STRING", "FLOAT16");
    }

    @Test
    void externalDataThatIsNotThere() throws IOException {
        assertRefusal(OnnxReaderTest.external("gone.bin", "0", "12"))
                .contains("tensor 'c'", "gone.bin", "does not exist");
        Files.write(folder.resolve("short.bin"), new byte[8]);
        assertRefusal(OnnxReaderTest.external("short.bin", "0", "12"))
                .contains("needs 12 bytes", "has 8", "do not belong together");
        assertRefusal(OnnxReaderTest.external("short.bin", "x", "12")).contains("'x' as offset");
        for (var outside : new String[] {"../short.bin", "/etc/passwd", "", "\0"}) {
            assertRefusal(OnnxReaderTest.external(outside, "0", "12"))
                    .contains("must lie beside the model");
        }
    }

    private AbstractStringAssert<?> assertRefusal(ModelBuilder builder) {
        return assertThat(refusal(builder).getMessage());
    }

    private UnreadableFileException refusal(ModelBuilder builder) {
        return refusal(() -> read(builder.build().toByteArray()));
    }

    private AbstractStringAssert<?> assertRefusal(byte[] model) {
        return assertThat(refusal(() -> read(model)).getMessage());
    }

    private AbstractStringAssert<?> assertRefusal(Path file) {
        return assertThat(refusal(() -> new OnnxReader().read(file)).getMessage());
    }

    private static UnreadableFileException refusal(ThrowingCallable reading) {
        var refusal = catchThrowableOfType(UnreadableFileException.class, reading);
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private Network read(byte[] model) throws IOException {
        return new OnnxReader().read(Files.write(folder.resolve("bad.onnx"), model));
    }
}
