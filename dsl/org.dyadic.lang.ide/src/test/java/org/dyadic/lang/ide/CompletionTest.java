package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is proposed is what fits, in half-written files too. */
class CompletionTest {

    private static final String REST =
            """

            network Net from "models/net.onnx"
            dataset Test from "data" as cifar10
            accelerator Array uses systolic { array 8 x 8 }
            policy Four {
                calibrate Test
                default weights upot activations uniform
                layers first, "conv*" weights uniform
            }
            experiment Main { network Net dataset Test policies Four accelerators Array simulator analytic }
            """;

    @TempDir Path folder;
    private Editor editor;

    @BeforeEach
    void open() {
        editor = Editor.in(folder);
    }

    @AfterEach
    void close() {
        assertThat(editor.log()).isEmpty();
        editor.close();
    }

    private List<CompletionItem> items(String marked) {
        var cursor = Editor.Cursor.of(marked);
        editor.open("test.dyadic", cursor.text());
        return Editor.get(
                        editor.server()
                                .getTextDocumentService()
                                .completion(
                                        new CompletionParams(
                                                editor.id("test.dyadic"), cursor.position())))
                .getLeft();
    }

    private List<String> labels(String marked) {
        return items(marked).stream().map(CompletionItem::getLabel).toList();
    }

    private CompletionItem item(String label, String marked) {
        return items(marked).stream()
                .filter(it -> it.getLabel().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + label));
    }

    /** The text with an item chosen, without place holders. */
    private static String chosen(CompletionItem item, String marked) {
        var cursor = Editor.Cursor.of(marked);
        return Editor.applied(cursor.text(), List.of(item.getTextEdit().getLeft()))
                .replaceAll("\\$\\{\\d:([^}]*)\\}", "$1")
                .replace("$0", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " = ",
            quoteCharacter = '~',
            value = {
                "policy P { default weights | }                 = float, uniform, upot",
                "policy P { default weights u|                  = float, uniform, upot",
                "policy P { default |                           = weights, activations",
                "policy P { layers first, |                     = first, last, convolution, depthwise, pointwise, dense, \"…\"",
                "policy P { calibrate |                         = Test",
                "policy P extends |                             = Four",
                "policy P |                                     = float, uniform, upot, extends",
                "accelerator A uses |                           = systolic",
                "accelerator A |                                = extends, uses",
                "accelerator A extends |                        = Array",
                "dataset D from \"data\" as |                   = cifar10",
                "dataset D |                                    = from",
                "network N |                                    = from",
                "experiment E { network |                       = Net",
                "experiment E { policies Four, |                = Four",
                "experiment E { simulator |                     = analytic",
                "experiment E { simulator analytic { |          = least, window",
                "experiment E { simulator analytic { least |    = energy, latency",
                "experiment E { simulator analytic { window 3 | = s, ms, us, ns",
                "experiment E { simulator analytic { least energy } | = network, dataset, policies, accelerators, simulator, expect",
                "experiment E { expect |                        = accuracy, latency, energy, area",
                "experiment E { expect accuracy |               = of",
                "experiment E { expect accuracy of |            = Four",
                "experiment E { expect energy of Four on |      = Array",
                "experiment E { expect energy of Four |         = on, >=, <=",
                "experiment E { expect energy of Four <= 3 |    = J, mJ, uJ, nJ, pJ, fJ, network, dataset, policies, accelerators, simulator, expect",
                "sweep S |                                      = of",
                "sweep S of |                                   = Main",
                "sweep S of Main { |                            = vary, minimise, maximise",
                "sweep S of Main { vary |                       = Array, Four, Net, Test, Main",
                "sweep S of Main { vary Array.|                 = array, clock, dataflow, buffers",
                "sweep S of Main { vary Array.buffers.w|        = weights, outputs",
                "sweep S of Main { vary Four.|                  = default, first, \"conv*\", calibrate",
                "sweep S of Main { vary Four.default.|          = weights, activations",
                "sweep S of Main { vary Four.default.weights.|  = bits, scale",
                "sweep S of Main { vary Four.default.weights.scale over | = per-tensor, per-channel",
                "sweep S of Main { vary Four.default.weights over upot, | = float, uniform, upot",
                "sweep S of Main { vary Main.|                  = simulator",
                "sweep S of Main { vary Main.simulator.|        = least, window",
                "sweep S of Main { vary Main.simulator.least over | = energy, latency",
                "sweep S of Main { vary Main.simulator over |   = analytic",
                "sweep S of Main { vary Array.clock over 1 |    = Hz, kHz, MHz, GHz, vary, minimise, maximise",
                "sweep S of Main { minimise |                   = accuracy, latency, energy, area",
                "accelerator A uses systolic { dataflow |       = weight-stationary, output-stationary",
                "accelerator A uses systolic { flow |           = weight-stationary, output-stationary",
                "accelerator A uses systolic { flow weights |   = array, clock, buffers",
                "accelerator A uses systolic { clock |          = 500 MHz, Hz, kHz, MHz, GHz",
                "accelerator A uses systolic { clock 5 M|       = Hz, kHz, MHz, GHz",
                "accelerator A uses systolic { |                = array, clock, dataflow, buffers",
                "accelerator A uses systolic { clock 1 GHz |    = array, dataflow, buffers",
                "accelerator A uses systolic { buffers { |      = weights, outputs",
                "accelerator A extends Array { buffers { outputs 1 KiB | = weights",
                "dataset D from \"data\" as cifar10 { split |   = test, train",
            })
    void exactlyWhatFitsIsProposed(String marked, String expected) {
        // Declarations are proposed after one that may be complete; that is a claim of its own.
        var words =
                labels(marked.strip() + REST).stream()
                        .filter(
                                it ->
                                        !List.of("import", "accelerator", "policy", "experiment")
                                                .contains(it))
                        .filter(it -> !it.equals("sweep"))
                        .filter(
                                it ->
                                        expected.contains(it)
                                                || !List.of("network", "dataset").contains(it))
                        .toList();
        assertThat(words).containsExactlyInAnyOrder(expected.strip().split(", "));
    }

    @Test
    void declarationsBeginAFileAndFollowEachOther() {
        var expected =
                List.of(
                        "import",
                        "network",
                        "dataset",
                        "accelerator",
                        "policy",
                        "experiment",
                        "sweep");
        assertThat(labels("|")).containsExactlyElementsOf(expected);
        assertThat(labels("policy P { default weights upot }\n|"))
                .containsExactlyElementsOf(expected);
        assertThat(labels("network N from \"n.onnx\"\nacc|")).containsExactlyElementsOf(expected);
    }

    @Test
    void aSettingComesWithItsDefaultItsRangeAndItsDocumentation() {
        String marked = "accelerator A uses systolic { cl| }";
        var clock = item("clock", marked);
        assertThat(clock.getDetail()).isEqualTo("a frequency from 1 MHz to 5 GHz; default 500 MHz");
        assertThat(clock.getDocumentation().getRight().getValue())
                .contains("how fast it runs", "default 500 MHz");
        assertThat(chosen(clock, marked))
                .isEqualTo("accelerator A uses systolic { clock 500 MHz }");
    }

    @Test
    void aBlockComesWithItsBraces() {
        String marked = "accelerator A uses systolic { b| }";
        assertThat(chosen(item("buffers", marked), marked))
                .isEqualTo("accelerator A uses systolic { buffers {  } }");
    }

    @Test
    void nothingIsProposedInCommentsOrRightAfterADigit() {
        assertThat(labels("// pol|")).isEmpty();
        assertThat(labels("/** pol| */ policy P upot")).isEmpty();
        assertThat(labels("policy P { default weights upot { bits 4| } }")).isEmpty();
    }

    @Test
    void namesComeWithTheirDocumentation() {
        var item =
                item(
                        "Net",
                        "experiment E { network | }\n/** Of 2015. */ network Net from \"n.onnx\"");
        assertThat(item.getDocumentation().getRight().getValue())
                .contains("network Net from \"n.onnx\"", "Of 2015.");
    }

    @Test
    void aNameOfAnotherFileBringsItsImport() {
        editor.save("library/published.dyadic", "policy Published upot");
        editor.close();
        editor = Editor.in(folder);
        String marked = "// top\nimport \"a.dyadic\"\nexperiment E { policies P| }";
        var item = item("Published", marked);
        assertThat(Editor.applied(Editor.Cursor.of(marked).text(), item.getAdditionalTextEdits()))
                .isEqualTo(
                        "// top\nimport \"a.dyadic\"\nimport \"library/published.dyadic\"\n"
                                + "experiment E { policies P }");
    }

    @Test
    void pathsAreCompletedFolderByFolder() {
        editor.save("models/net.onnx", "");
        editor.save("models/readme.txt", "");
        editor.save("other.dyadic", "");
        assertThat(labels("network N from \"|\"")).containsExactly("models/");
        assertThat(labels("network N from \"models/n|\"")).containsExactly("net.onnx");
        assertThat(labels("import \"|")).containsExactly("models/", "other.dyadic");
        String marked = "network N from \"models/n|\"";
        assertThat(chosen(item("net.onnx", marked), marked))
                .isEqualTo("network N from \"models/net.onnx\"");
    }

    @Test
    void aPluginThatIsInstalledMeanwhileIsProposed() {
        assertThat(labels("policy P { default weights | }")).doesNotContain("fancy");
        var plugins = new Plugins();
        editor.close();
        editor = Editor.in(folder, plugins, null);
        plugins.add(org.dyadic.api.workbench.PluginKind.QUANTIZER, "fancy");
        assertThat(labels("policy P { default weights | }")).contains("fancy");
    }
}
