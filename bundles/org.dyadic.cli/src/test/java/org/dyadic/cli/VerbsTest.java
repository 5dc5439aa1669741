package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerbsTest {

    @TempDir private Path folder;
    private final Fixture fixture = new Fixture();

    private String file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x").toString();
    }

    private JsonObject json() {
        assertThat(fixture.out().lines()).hasSize(1);
        return JsonParser.parseString(fixture.out()).getAsJsonObject();
    }

    // ---- check

    @Test
    void aSoundFileIsOk() throws IOException {
        var file = file("a.dyadic");
        assertThat(fixture.execute("check", file)).isZero();
        assertThat(fixture.out()).isEqualTo(file + ": ok\n");
        assertThat(fixture.err()).isEmpty();
    }

    @Test
    void eachFileGetsItsSummaryAndItsDiagnostics() throws IOException {
        var good = file("good.dyadic");
        var bad = file("bad.dyadic");
        fixture.reader =
                path ->
                        path.endsWith("bad.dyadic")
                                ? new Reading(
                                        List.of(),
                                        List.of(
                                                Diagnostic.at(
                                                        new Position("bad.dyadic", 2, 3, 4),
                                                        IssueCode.SYNTAX,
                                                        "expected '{'.")))
                                : new Reading(
                                        List.of(),
                                        List.of(
                                                Diagnostic.nowhere(
                                                        IssueCode.UNUSED_NAME, "X is unused.")));
        assertThat(fixture.execute("check", good, bad)).isEqualTo(1);
        assertThat(fixture.out()).isEqualTo(good + ": ok, 1 warning\n" + bad + ": 1 error\n");
        assertThat(fixture.err())
                .contains("bad.dyadic:2:3: error: expected '{'. [syntax]", "warning: X is unused.");
    }

    @Test
    void whatTheWorkbenchFindsCounts() throws IOException {
        fixture.checking =
                experiment ->
                        List.of(
                                Diagnostic.nowhere(
                                        IssueCode.RULE_WITHOUT_LAYER, "no layer is called 'x'."));
        assertThat(fixture.execute("check", file("a.dyadic"))).isEqualTo(1);
        assertThat(fixture.err()).contains("[rule-without-layer]");
    }

    @Test
    void whatAnAcceleratorRefusesInSeveralExperimentsIsToldOnce() throws IOException {
        fixture.reader =
                path ->
                        new Reading(
                                Stream.of("Small", "Large", "Huge")
                                        .map(Fixture::experiment)
                                        .toList(),
                                List.of());
        fixture.checking =
                experiment ->
                        List.of(
                                refusal(3, "Narrow refuses a layer of " + experiment.name()),
                                refusal(9, "2 lanes refuse a layer of " + experiment.name()),
                                refusal(9, "4 lanes refuse a layer of " + experiment.name()));
        assertThat(fixture.execute("check", file("a.dyadic"))).isZero();
        assertThat(fixture.err().lines().filter(line -> line.contains(":3:")))
                .containsExactly(
                        "a.dyadic:3:1: warning: Narrow refuses a layer of Small; it refuses"
                                + " policies of Large, Huge too [infeasible]");
        assertThat(fixture.err().lines().filter(line -> line.contains(":9:"))).hasSize(6);
        assertThat(fixture.out()).endsWith("a.dyadic: ok, 7 warnings\n");

        fixture.execute("check", "--json", "--quiet", file("a.dyadic"));
        assertThat(fixture.out()).as("programs get all").contains("Narrow refuses a layer of Huge");
    }

    private static Diagnostic refusal(int line, String message) {
        return Diagnostic.at(new Position("a.dyadic", line, 1, 1), IssueCode.INFEASIBLE, message);
    }

    @Test
    void aMissingPluginIsExitCode3() throws IOException {
        fixture.checking =
                experiment -> List.of(Diagnostic.nowhere(IssueCode.UNKNOWN_PLUGIN, "no uppot."));
        assertThat(fixture.execute("check", file("a.dyadic"))).isEqualTo(3);
    }

    @Test
    void aPluginThatFailsIsExitCode4() throws IOException {
        fixture.checking =
                experiment -> List.of(Diagnostic.nowhere(IssueCode.PLUGIN_FAILED, "it threw."));
        assertThat(fixture.execute("check", file("a.dyadic"))).isEqualTo(4);
    }

    @Test
    void findingsAsJson() throws IOException {
        fixture.reader =
                path ->
                        new Reading(
                                List.of(),
                                List.of(
                                        Diagnostic.at(
                                                new Position("a.dyadic", 2, 3, 4),
                                                IssueCode.SYNTAX,
                                                "no \"quotes\".")));
        assertThat(fixture.execute("check", "--json", file("a.dyadic"))).isEqualTo(1);
        var checked = json().getAsJsonArray("files").get(0).getAsJsonObject();
        assertThat(checked.get("ok").getAsBoolean()).isFalse();
        var diagnostic = checked.getAsJsonArray("diagnostics").get(0).getAsJsonObject();
        assertThat(diagnostic.get("line").getAsInt()).isEqualTo(2);
        assertThat(diagnostic.get("message").getAsString()).isEqualTo("no \"quotes\".");
    }

    @Test
    void controlCharactersOfAFileDoNotReachTheTerminal() throws IOException {
        fixture.checking =
                experiment ->
                        List.of(
                                Diagnostic.nowhere(
                                        IssueCode.UNRESOLVED_NAME, "no '\033[2Jx' here."));
        fixture.execute("check", file("a.dyadic"));
        assertThat(fixture.err()).contains("no '?[2Jx' here.");
    }

    @Test
    void theSeverityIsColouredWhereColourIsWanted() throws IOException {
        fixture.colour = true;
        fixture.checking = experiment -> List.of(Diagnostic.nowhere(IssueCode.SYNTAX, "no."));
        fixture.execute("check", file("a.dyadic"));
        assertThat(fixture.err()).isEqualTo("\033[1;31merror:\033[0m no. [syntax]\n");
    }

    // ---- inspect

    @Test
    void aModelIsShownLayerByLayerWithTotals() throws IOException {
        assertThat(fixture.execute("inspect", file("tiny.onnx"))).isZero();
        assertThat(fixture.out().lines())
                .containsExactly(
                        "tiny: input 3 x 32 x 32, output 10",
                        "mean: 127.5",
                        "",
                        "layer  operation  output          MACs  parameters",
                        "conv1  Conv       16 x 32 x 32  442368         448",
                        "relu1  Relu       16 x 32 x 32       -           -",
                        "fc     Gemm       10                10         650",
                        "total  3 nodes                  442378        1098");
    }

    @Test
    void aModelAsJson() throws IOException {
        assertThat(fixture.execute("inspect", "--json", file("tiny.onnx"))).isZero();
        var json = json();
        assertThat(json.get("macs").getAsLong()).isEqualTo(442_378);
        assertThat(json.getAsJsonArray("layers")).hasSize(3);
        assertThat(json.getAsJsonArray("input").toString()).isEqualTo("[3,32,32]");
    }

    @Test
    void aDamagedModelIsOneMessage() throws IOException {
        var file = file("tiny.broken");
        assertThat(fixture.execute("inspect", file)).isEqualTo(1);
        assertThat(fixture.err())
                .isEqualTo(
                        file
                                + ":1:1: error: the file ends after 12 of 400 bytes."
                                + " [unreadable-file]\n");
        assertThat(fixture.out()).isEmpty();
    }

    // ---- plugins

    private static final PluginInfo UPOT =
            new PluginInfo(
                    PluginKind.QUANTIZER,
                    "upot",
                    ParameterSpec.of(
                            "universal powers of two",
                            Parameter.whole("bits", 2, 8)
                                    .defaultsTo(4)
                                    .documented("width of a code"),
                            Parameter.choice("scale", "per-tensor", "per-channel"),
                            Parameter.block(
                                    "search",
                                    ParameterSpec.of("", Parameter.text("by").mayBeLeftOut()))),
                    "org.dyadic.quantizers",
                    "0.1.0");
    private static final PluginInfo SYSTOLIC =
            new PluginInfo(
                    PluginKind.BACKEND,
                    "systolic",
                    ParameterSpec.of("an array of integer multipliers"),
                    "org.dyadic.backends",
                    "0.1.0");

    @Test
    void pluginsAreListedEvenWithoutWorkbenchAndLanguage() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        fixture.withoutWorkbench = true;
        fixture.withoutReader = true;
        assertThat(fixture.execute("plugins", "list")).isZero();
        assertThat(fixture.out().lines())
                .containsExactly(
                        "kind       id        what it is",
                        "quantizer  upot      universal powers of two",
                        "backend    systolic  an array of integer multipliers");
    }

    @Test
    void pluginsOfOneKind() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        assertThat(fixture.execute("plugins", "list", "backend")).isZero();
        assertThat(fixture.out()).contains("systolic").doesNotContain("upot");
    }

    @Test
    void anUnknownKindGetsTheNearestGuess() {
        assertThat(fixture.execute("plugins", "list", "quantiser")).isEqualTo(2);
        assertThat(fixture.err()).contains("Did you mean quantizer?");
    }

    @Test
    void aPluginTellsItsSettings() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        assertThat(fixture.execute("plugins", "info", "upot")).isZero();
        assertThat(fixture.out().lines())
                .containsExactly(
                        "quantizer upot: universal powers of two",
                        "from org.dyadic.quantizers 0.1.0",
                        "",
                        "bits: width of a code",
                        "    a whole number from 2 to 8; default 4",
                        "scale",
                        "    one of per-tensor, per-channel; must be given",
                        "search",
                        "    settings in braces:",
                        "    by",
                        "        a text in quotes; may be left out");
    }

    @Test
    void pluginsAsJson() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        assertThat(fixture.execute("plugins", "info", "upot", "--json")).isZero();
        var plugin = json().getAsJsonArray("plugins").get(0).getAsJsonObject();
        assertThat(plugin.get("id").getAsString()).isEqualTo("upot");
        var bits = plugin.getAsJsonArray("parameters").get(0).getAsJsonObject();
        assertThat(bits.get("default").getAsString()).isEqualTo("4");
        assertThat(bits.get("allowed").getAsString()).isEqualTo("a whole number from 2 to 8");
    }

    @Test
    void aPluginTellsHowItHasFaredInThisProcess() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        fixture.health =
                List.of(new PluginHealth("quantizer upot", 12, 0.25, Optional.of("no answer")));
        assertThat(fixture.execute("plugins", "info", "upot")).isZero();
        assertThat(fixture.out())
                .contains(
                        "\nasked 12 times since this process began, 0.250 s in all, measured;"
                                + " last failure: no answer\n");
    }

    @Test
    void healthIsInJsonOfThoseThatWereAsked() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        fixture.health = List.of(new PluginHealth("quantizer upot", 12, 0.25, Optional.empty()));
        assertThat(fixture.execute("plugins", "list", "--json")).isZero();
        var plugins = json().getAsJsonArray("plugins");
        assertThat(plugins.get(0).getAsJsonObject().getAsJsonObject("health"))
                .hasToString("{\"calls\":12,\"seconds\":0.25}");
        assertThat(plugins.get(1).getAsJsonObject().has("health")).isFalse();
    }

    @Test
    void anUnknownPluginIsExitCode3() {
        fixture.plugins = List.of(UPOT, SYSTOLIC);
        assertThat(fixture.execute("plugins", "info", "uppot")).isEqualTo(3);
        assertThat(fixture.err())
                .isEqualTo(
                        "dyadic: unknown plugin 'uppot'; there are upot, systolic. Did you mean"
                                + " upot?\n");
    }

    // ---- usage

    @Test
    void helpNeedsNoService() {
        fixture.withoutWorkbench = true;
        fixture.withoutCatalog = true;
        fixture.withoutReader = true;
        assertThat(fixture.execute("--help")).isZero();
        assertThat(fixture.out())
                .contains("run", "check", "inspect", "plugins", "Exit codes:", "130");
        assertThat(fixture.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "inspect", "plugins"})
    void everyVerbHasHelp(String verb) {
        assertThat(fixture.execute("help", verb)).isZero();
        assertThat(fixture.out()).startsWith("Usage: dyadic " + verb);
        assertThat(fixture.execute(verb, "--help")).isZero();
    }

    @Test
    void theVersionIsTheOneBuilt() {
        assertThat(fixture.execute("--version")).isZero();
        assertThat(fixture.out()).matches("dyadic \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\\R");
    }

    @Test
    void noVerbIsWrongUsage() {
        assertThat(fixture.execute()).isEqualTo(2);
        assertThat(fixture.err()).contains("Usage: dyadic");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void anUnknownVerbGetsTheNearestGuess() {
        assertThat(fixture.execute("rnu", "first.dyadic")).isEqualTo(2);
        assertThat(fixture.err()).contains("unknown verb 'rnu'", "Did you mean run?");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void helpOfAnUnknownVerbGetsTheNearestGuess() {
        assertThat(fixture.execute("help", "chek")).isEqualTo(2);
        assertThat(fixture.err()).contains("unknown verb 'chek'", "Did you mean check?");
    }

    @Test
    void anUnknownOptionGetsTheNearestGuess() {
        assertThat(fixture.execute("run", "--jsn", "x.dyadic")).isEqualTo(2);
        assertThat(fixture.err())
                .contains("unknown option '--jsn'", "Did you mean --json?", "dyadic run --help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "inspect"})
    void aMissingFileArgumentIsWrongUsage(String verb) {
        assertThat(fixture.execute(verb)).isEqualTo(2);
        assertThat(fixture.err()).contains("Missing required parameter", "--help");
    }

    @Test
    void aSeedThatIsNoNumberIsWrongUsage() {
        assertThat(fixture.execute("run", "x.dyadic", "--seed", "many")).isEqualTo(2);
        assertThat(fixture.err()).contains("--seed", "many");
    }

    // ---- standard output

    /** Runs {@code --help} on a standard output that fails, and returns exit code and stderr. */
    private static String onBrokenOutput(String why) {
        var broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(why);
                    }
                };
        var fixture = new Fixture();
        var terminal = fixture.terminal();
        var failing =
                new Terminal(new PrintStream(broken), terminal.err(), false, false, 80, () -> why);
        int code = new Session(failing, new Services(null, null, null, null)).execute("--help");
        return code + " " + fixture.err();
    }

    @Test
    void aReaderThatGoesAwayIsNoError() {
        assertThat(onBrokenOutput("Broken pipe")).isEqualTo("0 ");
    }

    @Test
    void aFullDiskUnderStandardOutputIsAnError() {
        assertThat(onBrokenOutput("No space left on device"))
                .isEqualTo(
                        "4 dyadic: cannot write to standard output: No space left on device; the"
                                + " output is incomplete\n");
    }

    // ---- the component

    @Test
    void theComponentWithoutServicesSaysWhatIsMissing() {
        int code = new CommandLineFace().applyAsInt(new String[] {"plugins", "list"});
        assertThat(code).isEqualTo(3);
    }
}
