package org.dyadic.network.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.network.Folding;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyReaderTest {

    private static final String HEADER =
            "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num"
                    + " Filter, Strides,";

    private static final Path TOPOLOGIES =
            Path.of(System.getProperty("dyadic.shared", "../../../shared"))
                    .resolve("reference/scalesim/topologies");

    @TempDir Path folder;

    private final TopologyReader reader = new TopologyReader();

    @Test
    void aConvolutionHasItsShapeAndNoWeights() throws IOException {
        var network = TopologyReader.parse(HEADER, "Conv1,224,226,7,5,3,64,2,");

        var layer = layers(network).get(0);
        assertThat(layer.name()).isEqualTo("Conv1");
        // 224 - 7 is odd, so that the last of 110 windows reaches a row beyond the image
        assertThat(layer.shape()).isEqualTo(Shape.of(64, 110, 112));
        var convolution = (Operation.Convolution) layer.operation();
        assertThat(convolution.weights().shape()).isEqualTo(Shape.of(64, 3, 7, 5));
        assertThat(convolution.window().rows(224)).isEqualTo(110);
        assertThat(convolution.window().columns(226)).isEqualTo(112);
        assertThat(convolution.window().bottom()).isEqualTo(1);
        assertThat(network.inputShape()).isEqualTo(Shape.of(3, 224, 226));
        assertThat(network.trained()).isFalse();
        assertThat(network.apart()).isTrue();
        assertThat(network.macs()).isEqualTo(110L * 112 * 64 * 7 * 5 * 3);
    }

    @Test
    void aMatrixProductIsADenseLayerOfManyRows() throws IOException {
        var network = TopologyReader.parse("Layer, M, N, K,", "QKT,1024,512,64,");

        var layer = layers(network).get(0);
        assertThat(layer.shape()).isEqualTo(Shape.of(1024, 512));
        assertThat(network.macs()).isEqualTo(1024L * 512 * 64);
    }

    @Test
    void depthwiseLayersHaveFiltersForEachChannel() throws IOException {
        var network = TopologyReader.parse(HEADER, "Conv2_DP,16,16,3,3,32,2,1,");

        var convolution = (Operation.Convolution) layers(network).get(0).operation();
        assertThat(convolution.groups()).isEqualTo(32);
        assertThat(convolution.weights().shape()).isEqualTo(Shape.of(64, 1, 3, 3));
    }

    @Test
    void foldingKeepsEveryLayer() throws IOException {
        var network =
                TopologyReader.parse(
                        HEADER, "A,8,8,3,3,1,4,1,", "B,6,6,3,3,4,4,1,", "A,8,8,3,3,1,4,1,");

        assertThat(layers(Folding.fold(network)).stream().map(Node::name))
                .containsExactly("A", "B", "A_2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no comma at the end   | A,8,8,3,3,1,4,1",
                "spaces                | A ,  8, 8 ,3, 3, 1 , 4 ,1 ,",
                "a comment             | A,8,8,3,3,1,4,1,#dw",
                "a sparsity            | A,8,8,3,3,1,4,1, 2:4,",
            })
    void harmlessVariantsAreTheSameLayer(String what, String row) throws IOException {
        var expected = TopologyReader.parse(HEADER, "A,8,8,3,3,1,4,1,");

        assertThat(layers(TopologyReader.parse(HEADER, "", ",,,,", "A heading,", row)))
                .as(what)
                .usingRecursiveComparison()
                .ignoringFields("operation.weights", "inputs")
                .isEqualTo(layers(expected));
    }

    @Test
    void tabsAndTheMarkOfExcelAreFine() throws IOException {
        var network =
                TopologyReader.parse(
                        "\ufeff" + HEADER.replace(",", "\t"), "A\t8\t8\t3\t3\t1\t4\t1");

        assertThat(layers(network)).hasSize(1);
    }

    @Test
    void aColumnForTheStrideOfColumnsCounts() throws IOException {
        var network =
                TopologyReader.parse(
                        HEADER.replace("Strides", "Stride height, Stride width"),
                        "A,9,9,3,3,1,4,1,3,");

        assertThat(layers(network).get(0).shape()).isEqualTo(Shape.of(4, 7, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A, 1, B, 1, 1, 4, 4, 1, | 2:7: the image width is 'B'; topologies have no variables",
                "A, 1, 1, 1, ,1 2, 2, 1, | 2:13: the filter width is missing",
                "A,8,8,3,3,1,4           | 2:14: the stride is missing",
                "A,8,8,3,3,1,4,0,        | 2:15: the stride is '0'; write a whole number from 1",
                "A,8,8,3,3,1,4,-1,       | 2:15: the stride is '-1'",
                "A,8,8,3,3,1 2,4,1,      | 2:11: the number of channels is '1 2'; put a comma",
                "A,8,8,3,3,1,4,1,1,      | 2:17: '1' is one field too many",
                "A,8,8,9,3,1,4,1,        | 2:7: the filter is 9 high and its image only 8; add the padding",
                "A,8,8,3,9,1,4,1,        | 2:9: the filter is 9 wide",
                "A,9999,9999,999,999,99,99,1,| 2:1: layer 'A' has more than 2147483647 weights",
                "A,99999999999,1,1,1,1,1,1,| 2:3: the image height is '99999999999'",
            })
    void aMistakeIsToldWithItsPlaceAndWhatToDo(String row, String message) {
        assertThatThrownBy(() -> TopologyReader.parse(HEADER, row))
                .isInstanceOf(UnreadableFileException.class)
                .hasMessageStartingWith("net.csv:" + message);
    }

    @Test
    void aBatchIsRefused() {
        assertThatThrownBy(
                        () -> TopologyReader.parse(HEADER + " Batch Size,", "A,8,8,3,3,1,4,1,16,"))
                .hasMessage(
                        "net.csv:2:17: the batch size is 16; layers are of one image, so write 1");
    }

    @Test
    void aFileWithoutFirstLineOrLayersIsRefused() {
        assertThatThrownBy(() -> TopologyReader.parse("A,8,8,3,3,1,4,1,"))
                .hasMessageContaining("net.csv:1:1: the first line is a layer");
        assertThatThrownBy(() -> TopologyReader.parse(HEADER))
                .hasMessageContaining("no layer after the first line");
        assertThatThrownBy(TopologyReader::parse).hasMessageContaining("no layer");
    }

    @Test
    void aFileThatIsNoTextIsToldSo() throws IOException {
        var file = Files.write(folder.resolve("sheet.csv"), new byte[] {'P', 'K', 3, 4, 0});

        assertThat(reader.reads(file)).isTrue();
        assertThatThrownBy(() -> reader.read(file)).hasMessageContaining("save the sheet as CSV");
        assertThatThrownBy(() -> reader.read(folder.resolve("shet.csv")))
                .hasMessageContaining("Did you mean sheet.csv?");
    }

    /** Those that no program can make sense of, and why. */
    private static final List<String> BROKEN =
            List.of(
                    "CSV/LSTM.csv:2:18: the image width is 'B'",
                    "CSV/MLPERF.csv:219:14: the filter width is missing",
                    "mlperf/MLPERF.csv:219:14: the filter width is missing",
                    "mlperf/Sentimental_seqLSTM.csv:29:14: the filter width is missing",
                    "mlperf/div4q/Sentimental_seqLSTM_short.csv:6:31: '1' is one field too many",
                    "rnn_eval/LSTM_template.csv:2:18: the image width is 'B'");

    @TestFactory
    Stream<DynamicTest> everyShippedTopologyLoadsOrTellsWhatToMend() throws IOException {
        assumeTrue(Files.isDirectory(TOPOLOGIES), "no topologies at " + TOPOLOGIES);
        try (var files = Files.walk(TOPOLOGIES)) {
            return files.filter(reader::reads).sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            TOPOLOGIES.relativize(file).toString(),
                                            () -> load(file)));
        }
    }

    private void load(Path file) throws IOException {
        String name = TOPOLOGIES.relativize(file).toString();
        var broken = BROKEN.stream().filter(each -> each.startsWith(name + ":")).findFirst();
        if (broken.isPresent()) {
            assertThatThrownBy(() -> reader.read(file))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining(broken.get())
                    .hasMessageContaining(";");
        } else {
            assertThat(layers(reader.read(file))).isNotEmpty();
        }
    }

    private static List<Node> layers(Network network) {
        return network.nodes().stream()
                .filter(
                        node ->
                                node.operation() instanceof Operation.Convolution
                                        || node.operation() instanceof Operation.Dense)
                .toList();
    }
}
