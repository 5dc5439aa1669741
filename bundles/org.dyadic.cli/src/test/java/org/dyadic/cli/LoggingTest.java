package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.dyadic.api.report.PluginTime;
import org.dyadic.api.report.Results;
import org.dyadic.api.workbench.LogLine;
import org.dyadic.api.workbench.Logs;
import org.dyadic.api.workbench.Plugins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged is seen where and as far as the user asked for it. */
class LoggingTest {

    @TempDir private Path folder;
    private String file;
    private final Fixture fixture = new Fixture();
    private final Map<String, Level> asked = new HashMap<>();
    private boolean caught;

    @BeforeEach
    void aFile() throws IOException {
        file = Files.writeString(folder.resolve("first.dyadic"), "experiment Main {}").toString();
    }

    LoggingTest() {
        fixture.logs =
                new Logs() {
                    @Override
                    public Plugins.Lease show(Map<String, Level> levels, Consumer<LogLine> told) {
                        asked.putAll(levels);
                        told.accept(
                                new LogLine(
                                        Instant.now(),
                                        Level.WARNING,
                                        "org.acme.q",
                                        "1.2.3",
                                        "quantizer mine",
                                        "org.acme.q.Search",
                                        "odd\033[2J weights",
                                        Optional.of("at org.acme.q.Search.run")));
                        return () -> {};
                    }

                    @Override
                    public Plugins.Lease catchPrints() {
                        caught = true;
                        return () -> caught = false;
                    }

                    @Override
                    public List<LogLine> since(Instant time) {
                        return List.of();
                    }
                };
    }

    @Test
    void aLineTellsItsSourceOnStandardErrorWithoutTraceAndWithoutTricks() {
        assertThat(fixture.execute("run", file, "--json")).isZero();
        assertThat(fixture.err())
                .contains("dyadic: warning: quantizer mine (org.acme.q 1.2.3): odd?[2J weights\n")
                .doesNotContain("at org.acme");
        assertThat(fixture.out()).doesNotContain("odd");
        assertThat(caught).isFalse();
    }

    @Test
    void withoutAskingWarningsOfPluginsAreSeenAndNothingOfThePlatform() {
        fixture.execute("run", file);
        assertThat(asked)
                .containsOnly(
                        Map.entry("", Level.WARNING), Map.entry("org.dyadic.workbench", Level.OFF));
    }

    @Test
    void verboseShowsMoreQuietNothingAndLogSaysItForEach() {
        fixture.execute("run", file, "--verbose");
        assertThat(asked).containsEntry("", Level.INFO);
        fixture.execute("run", file, "--quiet", "--log", "upot=debug, org.acme=trace");
        assertThat(asked)
                .containsEntry("", Level.OFF)
                .containsEntry("upot", Level.DEBUG)
                .containsEntry("org.acme", Level.TRACE);
    }

    @Test
    void aLevelThatIsNoneIsTold() {
        assertThat(fixture.execute("run", file, "--log", "upot=debgu")).isEqualTo(ExitCode.USAGE);
        assertThat(fixture.err()).contains("unknown level 'debgu'").contains("Did you mean debug?");
        assertThat(fixture.execute("run", file, "--log", "upot")).isEqualTo(ExitCode.USAGE);
        assertThat(fixture.err()).contains("--log takes NAME=LEVEL");
    }

    @Test
    void verboseTellsWhereTheTimeWent() {
        fixture.running =
                (experiment, seed, progress) -> {
                    var plain = Fixture.results(Fixture.completed("FourBit", "Array"));
                    return new Results(
                            plain.experiment(),
                            plain.network(),
                            plain.dataset(),
                            plain.policies(),
                            plain.outcomes(),
                            Map.of("quantize", 4.0),
                            List.of(new PluginTime("quantize", "quantizer mine", 20, 5.0)),
                            plain.provenance(),
                            plain.specification(),
                            plain.diagnostics());
                };
        fixture.execute("run", file, "--verbose");
        assertThat(fixture.err())
                .containsPattern("quantize +4\\.000 +100\n")
                .containsPattern("quantizer mine +20 +5\\.000 +125\n")
                .contains("measured");
        assertThat(fixture.out()).doesNotContain("where the time went");
    }
}
