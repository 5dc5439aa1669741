package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.workbench.MissingPluginException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

class RunTest {

    @TempDir private Path folder;
    private String file;
    private final Fixture fixture = new Fixture();

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("first.dyadic"), "experiment Main {}").toString();
    }

    private static Diagnostic diagnostic(IssueCode code, String message) {
        return Diagnostic.at(new Position("first.dyadic", 7, 9, 4), code, message);
    }

    @Test
    void resultsGoToStandardOutputAndTheFolderIsNamedOnStandardError() {
        assertThat(fixture.execute("run", file)).isZero();
        assertThat(fixture.out()).contains("Main: Tiny on Test (10000 images)", "FourBit", "91.12");
        assertThat(fixture.err()).contains("saved runs/2026-Main").doesNotContain("FourBit");
    }

    @Test
    void jsonIsOneLineAndNothingElse() {
        assertThat(fixture.execute("run", file, "--json")).isZero();
        assertThat(fixture.out().lines()).hasSize(1);
        assertThat(JsonParser.parseString(fixture.out()).getAsJsonObject().get("schema").getAsInt())
                .isEqualTo(1);
    }

    @Test
    void quietSaysNothingOnStandardError() {
        fixture.running =
                (experiment, seed, progress) -> {
                    progress.advance("load", 1, 1, "images");
                    return Fixture.results(
                            List.of(diagnostic(IssueCode.INFEASIBLE, "cannot execute float")),
                            Fixture.completed("FourBit", "Array"));
                };
        assertThat(fixture.execute("run", file, "--quiet")).isZero();
        assertThat(fixture.err()).isEmpty();
        assertThat(fixture.out()).contains("FourBit");
    }

    @Test
    void whatARunFindsIsToldAtOnceAndOnce() {
        var narrow = diagnostic(IssueCode.NARROW_ACCUMULATOR, "sums may need 17 bits");
        fixture.running =
                (experiment, seed, progress) -> {
                    progress.found(narrow);
                    assertThat(fixture.err()).endsWith(narrow + System.lineSeparator());
                    return Fixture.results(List.of(narrow), Fixture.completed("FourBit", "Array"));
                };
        assertThat(fixture.execute("run", file)).isZero();
        assertThat(fixture.err()).containsOnlyOnce("sums may need 17 bits");
    }

    @Test
    void withoutTerminalEachFinishedStageIsOneLine() {
        fixture.running =
                (experiment, seed, progress) -> {
                    progress.advance("execute FourBit", 1, 2, "images");
                    progress.advance("execute FourBit", 2, 2, "images");
                    progress.advance("execute FourBit", 2, 2, "images");
                    return Fixture.results(Fixture.completed("FourBit", "Array"));
                };
        fixture.execute("run", file);
        assertThat(
                        fixture.err()
                                .lines()
                                .filter(line -> line.startsWith("execute FourBit: 2 images")))
                .hasSize(1);
    }

    @Test
    void whatIsAskedForAndNotInstalledIsSaid() {
        fixture.running =
                (experiment, seed, progress) -> {
                    throw new MissingPluginException("there are no such kernels; do this");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(3);
        assertThat(fixture.err()).isEqualTo("dyadic: there are no such kernels; do this\n");
    }

    @Test
    void seedAndFolderReachTheWorkbench() {
        long[] given = new long[1];
        fixture.running =
                (experiment, seed, progress) -> {
                    given[0] = seed;
                    return Fixture.results(Fixture.completed("FourBit", "Array"));
                };
        fixture.execute("run", file, "--seed", "42", "--runs", "elsewhere");
        assertThat(given).containsExactly(42);
        assertThat(fixture.saved).containsExactly(Path.of("elsewhere", "2026-Main"));
    }

    @Test
    void theSeedIsOneUnlessGiven() {
        long[] given = new long[1];
        fixture.running =
                (experiment, seed, progress) -> {
                    given[0] = seed;
                    return Fixture.results(Fixture.completed("FourBit", "Array"));
                };
        fixture.execute("run", file);
        assertThat(given).containsExactly(1);
    }

    @Test
    void aWarningThatEveryStageFindsIsPrintedOnce() {
        var warning = diagnostic(IssueCode.INFEASIBLE, "cannot execute float.");
        fixture.reader = path -> new Reading(List.of(Fixture.experiment("Main")), List.of(warning));
        fixture.checking = experiment -> List.of(warning);
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(List.of(warning), Fixture.completed("FourBit", "Array"));
        assertThat(fixture.execute("run", file)).isZero();
        assertThat(fixture.err()).containsOnlyOnce("cannot execute float.");
    }

    @Test
    void noSaveLeavesNoFolder() {
        assertThat(fixture.execute("run", file, "--no-save")).isZero();
        assertThat(fixture.saved).isEmpty();
    }

    @Test
    void anErrorInTheFileStopsTheRunWithExitCode1() {
        fixture.reader =
                path ->
                        new Reading(
                                List.of(),
                                List.of(diagnostic(IssueCode.WRONG_UNIT, "nm is a length.")));
        assertThat(fixture.execute("run", file)).isEqualTo(1);
        assertThat(fixture.err())
                .isEqualTo("first.dyadic:7:9: error: nm is a length. [wrong-unit]\n");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void anErrorFoundByTheCheckStopsTheRunWithExitCode1() {
        fixture.checking =
                experiment ->
                        List.of(diagnostic(IssueCode.SHAPE_MISMATCH, "28 x 28 does not fit."));
        assertThat(fixture.execute("run", file)).isEqualTo(1);
        assertThat(fixture.err()).contains("[shape-mismatch]");
        assertThat(fixture.out()).isEmpty();
    }

    private static Outcome broken(String policy, String plugin) {
        return new Outcome.Broken(
                policy, Optional.of("Array"), Optional.empty(), plugin, "on layer conv1");
    }

    @Test
    void aPluginThatFailsTheCheckDoesNotKeepTheRestFromRunning() {
        fixture.checking =
                experiment -> List.of(diagnostic(IssueCode.PLUGIN_FAILED, "wild failed: 17"));
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(
                                List.of(
                                        diagnostic(
                                                IssueCode.PLUGIN_FAILED,
                                                "policy Bad: wild failed: 18")),
                                broken("Bad", "quantizer wild"),
                                Fixture.completed("FourBit", "Array"));
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.out()).contains("Bad", "broken (1)", "FourBit", "91.12");
        assertThat(fixture.err()).containsOnlyOnce("wild failed").contains("policy Bad");
        assertThat(fixture.saved).hasSize(1);
    }

    @Test
    void aFailureThatCheckAndRunReportAlikeIsPrintedOnce() {
        var failure = diagnostic(IssueCode.PLUGIN_FAILED, "wild failed");
        fixture.checking = experiment -> List.of(failure);
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(List.of(failure), broken("Bad", "quantizer wild"));
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.out()).contains("broken (1)");
        assertThat(fixture.err()).containsOnlyOnce("wild failed");
    }

    @Test
    void aFailureOfTheCheckAloneIsPrintedAndExitCode4() {
        fixture.checking =
                experiment -> List.of(diagnostic(IssueCode.PLUGIN_FAILED, "wild failed"));
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err()).containsOnlyOnce("wild failed");
        assertThat(fixture.out()).contains("91.12");
    }

    @Test
    void aFailingPluginBesideAnotherErrorStopsTheRun() {
        fixture.checking =
                experiment ->
                        List.of(
                                diagnostic(IssueCode.PLUGIN_FAILED, "wild failed"),
                                diagnostic(IssueCode.SHAPE_MISMATCH, "28 x 28 does not fit."));
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err()).contains("wild failed", "[shape-mismatch]");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void onlyAMissingPluginIsExitCode3() {
        fixture.reader =
                path ->
                        new Reading(
                                List.of(),
                                List.of(diagnostic(IssueCode.UNKNOWN_PLUGIN, "unknown uppot")));
        assertThat(fixture.execute("run", file)).isEqualTo(3);
    }

    @Test
    void aMissingPluginBesideAnotherErrorIsExitCode1() {
        fixture.reader =
                path ->
                        new Reading(
                                List.of(),
                                List.of(
                                        diagnostic(IssueCode.UNKNOWN_PLUGIN, "unknown uppot"),
                                        diagnostic(IssueCode.SYNTAX, "no")));
        assertThat(fixture.execute("run", file)).isEqualTo(1);
    }

    @Test
    void aFileThatIsNotThereGetsTheNearestGuess() {
        assertThat(fixture.execute("run", folder.resolve("frist.dyadic").toString())).isEqualTo(1);
        assertThat(fixture.err())
                .contains("error: there is no such file.", "Did you mean first.dyadic?");
    }

    @Test
    void aFolderIsNotAFile() {
        assertThat(fixture.execute("run", folder.toString())).isEqualTo(1);
        assertThat(fixture.err()).contains("this is a folder, not a file.");
    }

    @Test
    void aFileWithoutExperimentSaysWhatToAdd() {
        fixture.reader = path -> new Reading(List.of(), List.of());
        assertThat(fixture.execute("run", file)).isEqualTo(1);
        assertThat(fixture.err()).contains("holds no experiment", "experiment Main { ... }");
    }

    @Test
    void ofSeveralExperimentsOneMustBeNamed() {
        fixture.reader =
                path ->
                        new Reading(
                                List.of(Fixture.experiment("Main"), Fixture.experiment("Other")),
                                List.of());
        assertThat(fixture.execute("run", file)).isEqualTo(2);
        assertThat(fixture.err()).contains("2 experiments: Main, Other");
        assertThat(fixture.execute("run", file, "Other")).isZero();
    }

    @Test
    void anUnknownExperimentGetsTheNearestGuess() {
        assertThat(fixture.execute("run", file, "Mian")).isEqualTo(2);
        assertThat(fixture.err())
                .contains("unknown experiment 'Mian'; there are Main. Did you mean Main?");
    }

    @Test
    void aMissedLimitIsPrintedAndExitCode1() {
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(
                                List.of(
                                        diagnostic(
                                                IssueCode.EXPECTATION_MISSED,
                                                "accuracy is 89 %, expected >= 90 %")),
                                Fixture.completed("FourBit", "Array"));
        assertThat(fixture.execute("run", file)).isEqualTo(1);
        assertThat(fixture.err()).contains("[expectation-missed]");
        assertThat(fixture.out()).contains("91.12");
        assertThat(fixture.saved).hasSize(1);
    }

    @Test
    void aDesignThatCannotDoItIsAResult() {
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(
                                new Outcome.Infeasible(
                                        "Float32",
                                        Optional.of("Array"),
                                        Fixture.accuracy(0.9173, "float32"),
                                        "it multiplies integers"));
        assertThat(fixture.execute("run", file)).isZero();
        assertThat(fixture.out()).contains("infeasible (1)", "(1) it multiplies integers");
    }

    @Test
    void aPluginThatFailsIsExitCode4AndTheRestIsKept() {
        fixture.running =
                (experiment, seed, progress) ->
                        Fixture.results(
                                new Outcome.Broken(
                                        "FourBit",
                                        Optional.of("Array"),
                                        Optional.empty(),
                                        "simulator wild",
                                        "NullPointerException"),
                                Fixture.completed("FourBit", "Other"));
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.out())
                .contains("broken (1)", "(1) simulator wild failed: NullPointerException", "91.12");
        assertThat(fixture.saved).hasSize(1);
    }

    @Test
    void aFullDiskLosesNoResults() {
        fixture.saving =
                (results, runs) -> {
                    throw new FileSystemException(
                            "runs/x/result.json", null, "No space left on device");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.out()).contains("91.12");
        assertThat(fixture.err())
                .endsWith(
                        "dyadic: cannot write the run to runs: No space left on device; the results"
                                + " are above. Choose another place with --runs DIR\n");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsNamed() {
        fixture.saving =
                (results, runs) -> {
                    throw new AccessDeniedException("/root/runs");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err()).contains("permission denied on /root/runs");
    }

    @Test
    void aFileWhereTheFolderShouldBeIsNamed() {
        fixture.saving =
                (results, runs) -> {
                    throw new FileAlreadyExistsException("runs");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err()).contains("runs is a file, not a folder");
    }

    @Test
    void anInterruptedRunKeepsWhatItHas() {
        fixture.running =
                (experiment, seed, progress) -> {
                    Signal.raise(new Signal("TERM"));
                    while (!progress.cancelled()) {
                        Thread.onSpinWait();
                    }
                    return Fixture.results(
                            Fixture.completed("FourBit", "Array"),
                            new Outcome.Interrupted(
                                    "EightBit",
                                    Optional.of("Array"),
                                    Optional.of(
                                            new Accuracy(
                                                    0.9, 0.99, 4_200, 10_000, 0, "integer",
                                                    Map.of()))));
                };
        int code =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(15), () -> fixture.execute("run", file));
        assertThat(code).isEqualTo(130);
        assertThat(fixture.out())
                .contains("91.12", "interrupted (1)", "stopped after 4200 of 10000 images");
        assertThat(fixture.err()).contains("dyadic: stopping");
        assertThat(fixture.saved).hasSize(1);
    }

    @Test
    void aWorkbenchThatThrowsGetsOneLineAndALog() throws IOException {
        fixture.running =
                (experiment, seed, progress) -> {
                    throw new IllegalStateException("out of luck\nsecond line");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err().lines()).hasSize(1);
        assertThat(fixture.err())
                .startsWith("dyadic: internal error: java.lang.IllegalStateException: out of luck.")
                .contains("Please report it with ")
                .doesNotContain("\tat ");
        var log = Path.of(fixture.err().strip().replaceFirst(".* with ", ""));
        assertThat(Files.readString(log)).contains("RunTest", "out of luck");
        Files.delete(log);
    }

    @Test
    void runningOutOfMemoryTellsHowToGetMore() {
        fixture.running =
                (experiment, seed, progress) -> {
                    throw new OutOfMemoryError("Java heap space");
                };
        assertThat(fixture.execute("run", file)).isEqualTo(4);
        assertThat(fixture.err())
                .isEqualTo("dyadic: out of memory; allow more with DYADIC_JAVA_OPTS=-Xmx8g\n");
    }

    @Test
    void withoutLanguageItSaysSoWithExitCode3() {
        fixture.withoutReader = true;
        assertThat(fixture.execute("run", file)).isEqualTo(3);
        assertThat(fixture.err()).contains("the language (bundle org.dyadic.lang) is not running");
    }
}
