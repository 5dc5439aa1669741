package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.dyadic.api.command.Verb;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.Workbench;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every service of the protocol, asked by a real client. */
class ServerTest {

    private static final String LIBRARY = "/** Shared by all. */\npolicy Shared upot\n";
    private static final String MAIN =
            """
            import "library.dyadic"
            network Net from "net.onnx"
            dataset Test from "data" as cifar10
            accelerator Array uses systolic {
                clock 1 GHz
            }
            experiment Main {
                network Net
                dataset Test
                policies Shared
                accelerators Array
            }
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

    private TextDocumentService ask() {
        return editor.server().getTextDocumentService();
    }

    private String places(List<? extends Location> locations) {
        return locations.stream()
                .map(
                        it ->
                                it.getUri().substring(it.getUri().lastIndexOf('/') + 1)
                                        + ":"
                                        + it.getRange().getStart().getLine()
                                        + ":"
                                        + it.getRange().getStart().getCharacter())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    // ---- diagnostics

    @Test
    void whatIsWrongIsToldWhileItIsWritten() {
        editor.open("test.dyadic", "policy P { default weights uppot }");
        assertThat(editor.found("test.dyadic")).containsExactly("0:27-32 unknown-plugin");
        editor.change("test.dyadic", "policy P { default weights upot }");
        assertThat(editor.found("test.dyadic")).isEmpty();
        editor.change("test.dyadic", "policy P { default weights upot");
        assertThat(editor.found("test.dyadic")).containsExactly("0:31-31 syntax");
    }

    @Test
    void changesOfAPartOfTheTextAreApplied() {
        editor.open("test.dyadic", "policy P {\n    default weights upot\n}\n");
        assertThat(editor.found("test.dyadic")).isEmpty();
        editor.change(
                "test.dyadic",
                new TextDocumentContentChangeEvent(
                        new Range(new Position(1, 20), new Position(1, 24)), "uppot"));
        assertThat(editor.found("test.dyadic")).containsExactly("1:20-25 unknown-plugin");
        // Places outside of the text are taken as its nearest.
        editor.change(
                "test.dyadic",
                new TextDocumentContentChangeEvent(
                        new Range(new Position(0, 0), new Position(99, 99)), "policy P upot"));
        assertThat(editor.found("test.dyadic")).isEmpty();
    }

    @Test
    void aFileIsCheckedWithItsImportsAsTheyAreInTheEditor() {
        editor.save("library.dyadic", "policy Old upot");
        editor.open("main.dyadic", MAIN);
        assertThat(editor.found("main.dyadic")).containsExactly("9:13-19 unresolved-name");
        editor.open("library.dyadic", LIBRARY);
        assertThat(editor.found("main.dyadic")).isEmpty();
        editor.close("library.dyadic");
        assertThat(editor.found("main.dyadic")).containsExactly("9:13-19 unresolved-name");
    }

    @Test
    void anImportThatIsWrongButNotOpenIsToldAndTakenBack() {
        editor.save("library.dyadic", "policy Shared uppot");
        editor.open("main.dyadic", MAIN);
        assertThat(editor.found("library.dyadic")).containsExactly("0:14-19 unknown-plugin");
        editor.close("main.dyadic");
        assertThat(editor.found("library.dyadic")).isEmpty();
    }

    @Test
    void pluginsThatComeAndGoChangeTheDiagnosticsOfOpenFiles() {
        var plugins = new Plugins();
        editor.close();
        editor = Editor.in(folder, plugins, null);
        editor.open("test.dyadic", "policy P { default weights fancy }");
        assertThat(editor.found("test.dyadic")).containsExactly("0:27-32 unknown-plugin");
        plugins.add(PluginKind.QUANTIZER, "fancy");
        editor.there().pluginsChanged();
        assertThat(editor.found("test.dyadic")).isEmpty();
        plugins.remove("fancy");
        editor.there().pluginsChanged();
        assertThat(editor.found("test.dyadic")).containsExactly("0:27-32 unknown-plugin");
    }

    @Test
    void whatOnlyModelFilesTellIsToldAMomentLater() {
        editor.save("library.dyadic", LIBRARY);
        editor.close();
        var bench =
                (Workbench)
                        Proxy.newProxyInstance(
                                Workbench.class.getClassLoader(),
                                new Class<?>[] {Workbench.class},
                                (proxy, method, arguments) -> found((Experiment) arguments[0]));
        editor = Editor.in(folder, new Plugins(), bench);
        editor.open("main.dyadic", MAIN);
        assertThat(editor.found("main.dyadic")).isEmpty();
        assertThat(editor.found("main.dyadic")).containsExactly("1:17-27 unreadable-file");
    }

    private static List<org.dyadic.api.diagnostic.Diagnostic> found(Experiment experiment) {
        return List.of(
                org.dyadic.api.diagnostic.Diagnostic.at(
                        experiment.network().at(),
                        IssueCode.UNREADABLE_FILE,
                        "there is no such file"));
    }

    // ---- names

    @Test
    void aNameLeadsToItsDeclarationInAnotherFile() {
        editor.save("library.dyadic", LIBRARY);
        editor.open("main.dyadic", MAIN);
        var found =
                Editor.get(
                        ask().definition(
                                        new DefinitionParams(
                                                editor.id("main.dyadic"), new Position(9, 15))));
        assertThat(places(found.getLeft())).isEqualTo("library.dyadic:1:7");
    }

    @Test
    void theUsesOfANameAreFoundInAllFiles() {
        editor.close();
        editor = Editor.in(folder);
        editor.save("library.dyadic", LIBRARY + "policy Child extends Shared { }");
        editor.save("main.dyadic", MAIN);
        editor.save("unrelated.dyadic", "policy Shared upot");
        editor.close();
        editor = Editor.in(folder);
        editor.open("library.dyadic", LIBRARY + "policy Child extends Shared { }");
        var parameters =
                new ReferenceParams(
                        editor.id("library.dyadic"),
                        new Position(1, 8),
                        new ReferenceContext(true));
        assertThat(places(Editor.get(ask().references(parameters))))
                .isEqualTo("library.dyadic:1:7 library.dyadic:2:21 main.dyadic:9:13");
    }

    @Test
    void aNameIsChangedInAllFiles() {
        editor.save("library.dyadic", LIBRARY);
        editor.save("main.dyadic", MAIN);
        editor.close();
        editor = Editor.in(folder);
        editor.open("library.dyadic", LIBRARY);
        var edit =
                Editor.get(
                        ask().rename(
                                        new RenameParams(
                                                editor.id("library.dyadic"),
                                                new Position(1, 9),
                                                "Common")));
        assertThat(Editor.applied(MAIN, edit.getChanges().get(editor.uri("main.dyadic"))))
                .isEqualTo(MAIN.replace("Shared", "Common"));
        assertThat(Editor.applied(LIBRARY, edit.getChanges().get(editor.uri("library.dyadic"))))
                .contains("policy Common upot");
    }

    @Test
    void aFolderThatIsImportedGetsAFileMore() {
        editor.save("library/other.dyadic", "policy Other upot\n");
        editor.open("main.dyadic", MAIN.replace("library.dyadic", "library"));
        assertThat(editor.found("main.dyadic")).containsExactly("9:13-19 unresolved-name");
        editor.save("library/shared.dyadic", LIBRARY);
        editor.server()
                .getWorkspaceService()
                .didChangeWatchedFiles(
                        new DidChangeWatchedFilesParams(
                                List.of(
                                        new FileEvent(
                                                editor.uri("library/shared.dyadic"),
                                                FileChangeType.Created))));
        assertThat(editor.found("main.dyadic")).isEmpty();
        var edit =
                Editor.get(
                        ask().rename(
                                        new RenameParams(
                                                editor.id("main.dyadic"),
                                                new Position(9, 14),
                                                "Common")));
        assertThat(edit.getChanges().keySet())
                .containsExactlyInAnyOrder(
                        editor.uri("main.dyadic"), editor.uri("library/shared.dyadic"));
    }

    @Test
    void aNameIsNotChangedIntoWhatCannotBeOne() {
        editor.open("main.dyadic", "policy A upot\npolicy B upot");
        for (var bad :
                Map.of(
                                "policy",
                                "no word of the language",
                                "1",
                                "cannot be a name",
                                "B",
                                "already a name")
                        .entrySet()) {
            assertThatThrownBy(
                            () ->
                                    Editor.get(
                                            ask().rename(
                                                            new RenameParams(
                                                                    editor.id("main.dyadic"),
                                                                    new Position(0, 7),
                                                                    bad.getKey()))))
                    .hasMessageContaining(bad.getValue());
        }
    }

    // ---- what is shown

    private String hover(String marked) {
        var cursor = Editor.Cursor.of(marked);
        editor.open("hover.dyadic", cursor.text());
        var hover =
                Editor.get(
                        ask().hover(new HoverParams(editor.id("hover.dyadic"), cursor.position())));
        return hover == null ? "" : hover.getContents().getRight().getValue();
    }

    @Test
    void everyKindOfWordSaysWhatItIs() {
        assertThat(hover("policy P { default weights up|ot }"))
                .contains("**upot** (quantizer)", "the upot", "`bits` width of a code");
        assertThat(hover("accelerator A uses systolic { cl|ock 1 GHz }"))
                .contains("how fast it runs", "a frequency from 1 MHz to 5 GHz; default 500 MHz");
        assertThat(hover("accelerator A uses systolic { clock 1 G|Hz }"))
                .contains("a frequency; 1 GHz = 1.0E9 Hz");
        assertThat(hover("accelerator A uses systolic { buffers { wei|ghts 1 KiB } }"))
                .contains("**weights** of backend systolic buffers");
        assertThat(hover("accelerator A uses systolic { dataflow output-sta|tionary }"))
                .contains("what stays in place");
        assertThat(hover("experiment E { simulator analytic { lea|st energy } }"))
                .contains("**least** of simulator analytic", "what tiles are chosen for");
        assertThat(hover("policy P { layers depth|wise weights upot }"))
                .contains("every depth-wise convolution");
        assertThat(hover("pol|icy P upot")).contains("how each layer of a network is quantized");
        assertThat(hover("/** Mine. */\npolicy P upot policy Q extends |P { }"))
                .contains("policy P upot", "Mine.");
    }

    @Test
    void aNameInAHalfWrittenDeclarationStillSaysWhatItIs() {
        assertThat(hover("/** Mine. */ policy P upot\nexperiment E { policies P| accel"))
                .contains("policy P upot", "Mine.");
    }

    @Test
    void settingsAreListedWhileTheyAreWritten() {
        var cursor = Editor.Cursor.of("policy P { default weights upot { bits 4  scale | } }");
        editor.open("test.dyadic", cursor.text());
        var help =
                Editor.get(
                        ask().signatureHelp(
                                        new SignatureHelpParams(
                                                editor.id("test.dyadic"), cursor.position())));
        assertThat(help.getSignatures().get(0).getLabel())
                .isEqualTo("quantizer upot {  bits 4  scale per-tensor }");
        assertThat(help.getActiveParameter()).isEqualTo(1);
    }

    @Test
    void aFileHasAnOutline() {
        editor.open("main.dyadic", MAIN + "accelerator Broken uses {");
        var symbols =
                Editor.get(
                        ask().documentSymbol(new DocumentSymbolParams(editor.id("main.dyadic"))));
        assertThat(symbols)
                .extracting(it -> it.getRight().getDetail() + " " + it.getRight().getName())
                .containsExactly(
                        "network Net",
                        "dataset Test",
                        "accelerator Array",
                        "experiment Main",
                        "accelerator Broken");
        assertThat(symbols.get(3).getRight().getChildren())
                .extracting(it -> it.getName())
                .containsExactly(
                        "network Net", "dataset Test", "policies Shared", "accelerators Array");
    }

    @Test
    void namesAreFoundInTheWholeFolder() {
        editor.save("library.dyadic", LIBRARY);
        editor.close();
        editor = Editor.in(folder);
        editor.open("main.dyadic", MAIN);
        var symbols =
                Editor.get(
                        editor.server()
                                .getWorkspaceService()
                                .symbol(new WorkspaceSymbolParams("ar")));
        assertThat(symbols.getRight())
                .extracting(it -> it.getName())
                .containsExactlyInAnyOrder("Shared", "Array");
    }

    @Test
    void blocksAndCommentsFold() {
        editor.open("main.dyadic", "/*\n * a\n */\n" + MAIN);
        var folds =
                Editor.get(
                        ask().foldingRange(
                                        new FoldingRangeRequestParams(editor.id("main.dyadic"))));
        assertThat(folds)
                .extracting(it -> it.getStartLine() + "-" + it.getEndLine())
                .containsExactlyInAnyOrder("0-2", "6-8", "9-14");
    }

    @Test
    void wordsAreColouredByWhatTheyMean() {
        String text =
                "policy P { default weights upot { bits 4 } }\n/** a\nb */ network N from \"n\"";
        editor.open("test.dyadic", text);
        var data =
                Editor.get(
                                ask().semanticTokensFull(
                                                new SemanticTokensParams(editor.id("test.dyadic"))))
                        .getData();
        var words = new ArrayList<String>();
        int line = 0;
        int column = 0;
        for (int i = 0; i < data.size(); i += 5) {
            column = data.get(i) == 0 ? column + data.get(i + 1) : data.get(i + 1);
            line += data.get(i);
            int start = Editor.offset(text, new Position(line, column));
            words.add(
                    text.substring(start, start + data.get(i + 2))
                            + " "
                            + Colours.LEGEND.getTokenTypes().get(data.get(i + 3)));
        }
        assertThat(words)
                .containsExactly(
                        "policy keyword",
                        "P class",
                        "default keyword",
                        "weights keyword",
                        "upot function",
                        "bits property",
                        "4 number",
                        "/** a comment",
                        "b */ comment",
                        "network keyword",
                        "N class",
                        "from keyword",
                        "\"n\" string");
    }

    @Test
    void theBitsThatAreNotWrittenAreShown() {
        String text = "policy P { default weights upot activations uniform { bits 8 } }";
        editor.open("test.dyadic", text);
        var hints =
                Editor.get(
                        ask().inlayHint(
                                        new InlayHintParams(
                                                editor.id("test.dyadic"),
                                                new Range(
                                                        new Position(0, 0), new Position(1, 0)))));
        assertThat(hints)
                .extracting(it -> it.getPosition().getCharacter() + " " + it.getLabel().getLeft())
                .containsExactly("31 bits 4");
    }

    @Test
    void whatLayersGetInTheEndStandsBesideTheRulesThatDecide() {
        String text =
                """
                network Net from "net.onnx"
                accelerator Array uses systolic
                policy P {
                    default weights upot { bits 3 } activations upot { bits 4 }
                    layers first weights uniform { bits 8 }
                    layers dense weights uniform { bits 2 }
                }
                experiment Main { network Net policies P accelerators Array }
                """;
        editor.close();
        editor = Editor.in(folder, new Plugins(), bench(ServerTest::resolvedFirst));
        editor.open("main.dyadic", text);
        assertThat(editor.found("main.dyadic")).isEmpty();
        editor.refreshed();
        assertThat(resolvedHints("main.dyadic"))
                .containsExactly("3:63 W3/8 A4, 3 layers", "4:43 W8 A4, 1 layer");
        // A rule that moves takes it along; one that is another by now has lost it.
        editor.change("main.dyadic", "\n" + text.replace("bits 3", "bits 5"));
        assertThat(resolvedHints("main.dyadic")).containsExactly("5:43 W8 A4, 1 layer");
    }

    private List<String> resolvedHints(String name) {
        var everywhere = new Range(new Position(0, 0), new Position(99, 0));
        return Editor.get(ask().inlayHint(new InlayHintParams(editor.id(name), everywhere)))
                .stream()
                .map(
                        it ->
                                it.getPosition().getLine()
                                        + ":"
                                        + it.getPosition().getCharacter()
                                        + " "
                                        + it.getLabel().getLeft())
                .toList();
    }

    /** Three layers, and the second rule is for the first of them. */
    private static PolicyInspection resolvedFirst(Experiment experiment, String policy) {
        var rules = experiment.policies().get(0).rules();
        var usual = rules.get(0);
        var layers = new ArrayList<PolicyInspection.Layer>();
        for (String name : List.of("one", "two", "three")) {
            var weights = name.equals("one") ? rules.get(1) : usual;
            layers.add(
                    new PolicyInspection.Layer(
                            name,
                            "convolution",
                            1,
                            1,
                            choice(weights.weights().orElseThrow(), weights),
                            choice(usual.activations().orElseThrow(), usual),
                            OptionalInt.empty()));
        }
        return new PolicyInspection(
                experiment.name(),
                policy,
                new NetworkInfo("Net", "net.onnx", "", 3, 3),
                Optional.empty(),
                layers,
                List.of(),
                false);
    }

    private static PolicyInspection.Choice choice(QuantizerUse use, Rule rule) {
        return new PolicyInspection.Choice(
                use.id(), use.settings(), Optional.of(rule), Optional.empty());
    }

    /** A workbench that finds nothing wrong, and resolves policies like this. */
    private static Workbench bench(BiFunction<Experiment, String, PolicyInspection> resolve) {
        return (Workbench)
                Proxy.newProxyInstance(
                        Workbench.class.getClassLoader(),
                        new Class<?>[] {Workbench.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("resolve")
                                        ? resolve.apply(
                                                (Experiment) arguments[0], (String) arguments[1])
                                        : List.of());
    }

    @Test
    void anExperimentCanBeRun() {
        editor.open("main.dyadic", MAIN);
        var lenses = Editor.get(ask().codeLens(new CodeLensParams(editor.id("main.dyadic"))));
        assertThat(lenses).hasSize(1);
        assertThat(lenses.get(0).getCommand().getTitle()).isEqualTo("Run experiment");
        assertThat(lenses.get(0).getCommand().getArguments().toString())
                .contains("main.dyadic", "Main");
        assertThat(lenses.get(0).getRange().getStart().getLine()).isEqualTo(6);
    }

    // ---- changes

    /** What the file becomes with the fix of this title. */
    private String fixed(String text, String title) {
        editor.open("fix.dyadic", text);
        List<Diagnostic> found = editor.diagnostics("fix.dyadic");
        assertThat(found).isNotEmpty();
        var actions =
                Editor.get(
                        ask().codeAction(
                                        new CodeActionParams(
                                                editor.id("fix.dyadic"),
                                                found.get(0).getRange(),
                                                new CodeActionContext(found))));
        assertThat(actions).extracting(it -> it.getRight().getTitle()).contains(title);
        var edits =
                actions.stream()
                        .map(it -> it.getRight())
                        .filter(it -> it.getTitle().equals(title))
                        .findFirst()
                        .orElseThrow()
                        .getEdit()
                        .getChanges()
                        .get(editor.uri("fix.dyadic"));
        return Editor.applied(text, edits);
    }

    @Test
    void guessesAreOneClickAway() {
        assertThat(fixed("policy P { default weights uppot }", "Change to 'upot'"))
                .isEqualTo("policy P { default weights upot }");
        assertThat(fixed("polcy P upot", "Change to 'policy'")).isEqualTo("policy P upot");
        assertThat(
                        fixed(
                                "accelerator A uses systolic { buffers { wights 1 KiB } }",
                                "Change to 'weights'"))
                .isEqualTo("accelerator A uses systolic { buffers { weights 1 KiB } }");
        assertThat(fixed("accelerator A uses systolic { clock 1 Ghz }", "Change to 'GHz'"))
                .isEqualTo("accelerator A uses systolic { clock 1 GHz }");
        assertThat(
                        fixed(
                                "sweep S of M { vary A.b over 1 minimize energy }",
                                "Change to 'minimise'"))
                .isEqualTo("sweep S of M { vary A.b over 1 minimise energy }");
    }

    @Test
    void anOldWordIsStruckOutAndItsNewOneIsOneClickAway() {
        String text = "accelerator A uses systolic { flow weights }";
        assertThat(fixed(text, "Change to 'dataflow'"))
                .isEqualTo("accelerator A uses systolic { dataflow weights }");
        assertThat(fixed(text, "Change to 'weight-stationary'"))
                .isEqualTo("accelerator A uses systolic { flow weight-stationary }");
        editor.open("old.dyadic", text);
        assertThat(editor.diagnostics("old.dyadic"))
                .isNotEmpty()
                .allSatisfy(
                        it -> assertThat(it.getTags()).containsExactly(DiagnosticTag.Deprecated));
        assertThat(hover("accelerator A uses systolic { fl|ow weights }"))
                .contains("**dataflow**", "formerly flow, weight-stationary was weights");
    }

    @Test
    void aMissingUnitIsAddedIfTheNumberFits() {
        String text = "accelerator A uses systolic { clock 700 }";
        assertThat(fixed(text, "Write 700 MHz"))
                .isEqualTo("accelerator A uses systolic { clock 700 MHz }");
        assertThatThrownBy(() -> fixed(text, "Write 700 GHz")).isInstanceOf(AssertionError.class);
    }

    @Test
    void aMissingImportIsAdded() {
        editor.save("library/shared.dyadic", LIBRARY);
        editor.close();
        editor = Editor.in(folder);
        assertThat(fixed("policy Child extends Shared { }", "Import \"library/shared.dyadic\""))
                .isEqualTo("import \"library/shared.dyadic\"\n\npolicy Child extends Shared { }");
    }

    @Test
    void anUnusedDeclarationIsRemoved() {
        editor.save("library.dyadic", LIBRARY);
        assertThat(fixed(MAIN + "policy Idle upot\n", "Remove policy 'Idle'")).isEqualTo(MAIN);
    }

    @Test
    void aFileIsFormatted() {
        editor.open("test.dyadic", "policy P{default weights upot}");
        var edits =
                Editor.get(
                        ask().formatting(
                                        new DocumentFormattingParams(
                                                editor.id("test.dyadic"),
                                                new FormattingOptions(4, true))));
        assertThat(Editor.applied("policy P{default weights upot}", edits))
                .isEqualTo("policy P { default weights upot }\n");
    }

    // ---- clients that misbehave

    @Test
    void aClientWithoutFolderIsServed() {
        editor.close();
        editor = Editor.without(folder, new Plugins(), null);
        var parameters = new InitializeParams();
        parameters.setRootUri(null);
        parameters.setCapabilities(new ClientCapabilities());
        editor.initialize(parameters);
        editor.open("test.dyadic", "policy P { default weights uppot }");
        assertThat(editor.found("test.dyadic")).containsExactly("0:27-32 unknown-plugin");
    }

    @Test
    void aTextThatWasNeverSavedIsChecked() {
        var uri = "untitled:Untitled-1";
        editor.server()
                .getTextDocumentService()
                .didOpen(
                        new org.eclipse.lsp4j.DidOpenTextDocumentParams(
                                new org.eclipse.lsp4j.TextDocumentItem(
                                        uri, "dyadic", 1, "policy P uppot")));
        // It is asked about by the name the editor gave it.
        var hover =
                Editor.get(
                        ask().hover(
                                        new HoverParams(
                                                new org.eclipse.lsp4j.TextDocumentIdentifier(uri),
                                                new Position(0, 2))));
        assertThat(hover.getContents().getRight().getValue()).contains("**policy**");
    }

    @Test
    void aClientThatForgetsToIntroduceItselfIsTold() {
        editor.close();
        editor = Editor.without(folder, new Plugins(), null);
        editor.open("test.dyadic", "policy P uppot");
        assertThatThrownBy(
                        () ->
                                Editor.get(
                                        ask().hover(
                                                        new HoverParams(
                                                                editor.id("test.dyadic"),
                                                                new Position(0, 0)))))
                .hasMessageContaining("the first request must be initialize");
        var parameters = new InitializeParams();
        parameters.setCapabilities(new ClientCapabilities());
        editor.initialize(parameters);
        editor.open("test.dyadic", "policy P uppot");
        assertThat(editor.found("test.dyadic")).containsExactly("0:9-14 unknown-plugin");
    }

    @Test
    void aServerEndsWhenItIsTold() {
        Editor.get(editor.server().shutdown());
        editor.server().exit();
        assertThat(editor.exitCode()).isZero();
    }

    @Test
    void aServerEndsWhenItsEditorIsGone() throws IOException {
        var out = editor.socket().getOutputStream();
        out.write("Content-Length: 500\r\n\r\n{\"jsonrpc\":".getBytes(StandardCharsets.UTF_8));
        out.flush();
        editor.close();
        assertThat(editor.exitCode()).isEqualTo(1);
    }

    @Test
    void aMessageThatIsNoneDoesNotEndTheServer() throws IOException {
        var out = editor.socket().getOutputStream();
        out.write("Content-Length: 9\r\n\r\nnot json!".getBytes(StandardCharsets.UTF_8));
        out.flush();
        editor.open("test.dyadic", "policy P uppot");
        assertThat(editor.found("test.dyadic")).containsExactly("0:9-14 unknown-plugin");
    }

    @Test
    void aServerEndsWhenItsEditorGoesInTheMiddleOfAMessage() throws IOException {
        var out = editor.socket().getOutputStream();
        out.write("Content-Length: 900\r\n\r\n{\"jsonrpc\"".getBytes(StandardCharsets.UTF_8));
        out.flush();
        editor.close();
        assertThat(editor.exitCode()).isEqualTo(Verb.WRONG);
    }

    @Test
    void aQuestionAboutAFileThatIsNotThereHasAnEmptyAnswer() {
        assertThat(
                        Editor.get(
                                ask().hover(
                                                new HoverParams(
                                                        editor.id("nowhere.dyadic"),
                                                        new Position(3, 3)))))
                .isNull();
        assertThat(
                        Editor.get(
                                ask().formatting(
                                                new DocumentFormattingParams(
                                                        editor.id("nowhere.dyadic"),
                                                        new FormattingOptions()))))
                .isEmpty();
    }

    @Test
    void fiveHundredFilesAreOpenedAndChecked() {
        editor.save("library.dyadic", LIBRARY);
        for (int i = 0; i < 500; i++) {
            editor.open("file" + i + ".dyadic", MAIN.replace("systolic", "sistolic"));
        }
        for (int i = 0; i < 500; i++) {
            assertThat(editor.found("file" + i + ".dyadic"))
                    .containsExactly("3:23-31 unknown-plugin");
        }
    }
}
