package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dyadic explain RUN}. */
class ExplainTest {

    private static final String RUN = "20261122-120000-Test-abcdef";

    @TempDir private Path runs;
    private final Fixture fixture = new Fixture();
    private JsonObject saved;

    /** Results as this version writes them: one fixture for each form that was ever released. */
    @BeforeEach
    void saveARun() throws IOException {
        saved = JsonParser.parseString(resource("result-1.json")).getAsJsonObject();
        save(RUN, saved.toString());
        save("20261101-120000-Older-123456", resource("result-1-without-prices.json"));
    }

    private static String resource(String name) throws IOException {
        try (var stream = ExplainTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void save(String name, String json) throws IOException {
        Files.createDirectories(runs.resolve(name));
        Files.writeString(runs.resolve(name).resolve("result.json"), json);
    }

    private int explain(String run, String... more) {
        var words = new ArrayList<String>();
        words.addAll(List.of("explain", run, "--runs", runs.toString()));
        words.addAll(List.of(more));
        return fixture.execute(words.toArray(String[]::new));
    }

    private JsonObject outcome() {
        return saved.getAsJsonArray("outcomes").asList().stream()
                .map(one -> one.getAsJsonObject())
                .filter(one -> one.has("energy"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyAreaShareIsACountTimesAPriceAndTheyAddUp() {
        assertThat(explain(RUN)).isZero();
        assertThat(fixture.out()).contains("Four on Ints, by simulator analytic");
        double sum = 0;
        for (var share : outcome().getAsJsonObject("area").getAsJsonArray("shares")) {
            var part = share.getAsJsonObject();
            double value = part.get("value").getAsDouble();
            sum += value;
            assertThat(fixture.out())
                    .containsPattern(
                            Pattern.quote(part.get("purpose").getAsString())
                                    + " +"
                                    + Pattern.quote(part.get("component").getAsString())
                                    + " +"
                                    + part.get("count").getAsLong()
                                    + " .* "
                                    + Explanation.amount(value, "mm2"));
        }
        assertThat(fixture.out()).contains("area " + Explanation.amount(sum, "mm2"));
    }

    @Test
    void leakageIsAShareOfTheEnergyAndSaysOfWhat() {
        explain(RUN);
        assertThat(fixture.out())
                .containsPattern("leakage +every part of the chip +\\d+ cycles")
                .containsPattern("leakage [\\d.]+ [mun]W, modelled, while switched on");
    }

    @Test
    void togglingIsAFactorOfWhatItWasCountedFor() throws IOException {
        explain(RUN);
        // saved before prices told what they assume
        assertThat(fixture.out()).doesNotContain("toggling");

        var price =
                outcome()
                        .getAsJsonObject("costs")
                        .getAsJsonArray("prices")
                        .get(0)
                        .getAsJsonObject();
        price.addProperty("toggles", 0.5);
        save(RUN, saved.toString());
        var assumed = new Fixture();
        assumed.execute("explain", RUN, "--runs", runs.toString());
        assertThat(assumed.out())
                .contains("Prices are for 0.5 of the bits of the operands toggling (modelled)")
                .doesNotContain("x toggling");

        String component = price.get("component").getAsString();
        for (var layer : outcome().getAsJsonArray("layers")) {
            var energy = layer.getAsJsonObject().getAsJsonObject("energy");
            for (var share : energy.getAsJsonArray("shares")) {
                var part = share.getAsJsonObject();
                if (part.get("component").getAsString().equals(component)) {
                    part.addProperty("value", 0.25 * part.get("value").getAsDouble());
                }
            }
        }
        save(RUN, saved.toString());
        var counted = new Fixture();
        counted.execute("explain", RUN, "--runs", runs.toString());
        assertThat(counted.out())
                .containsPattern(Pattern.quote(component) + " +\\d+ +[\\d.]+ .?J +0\\.250 +")
                .contains("x toggling: prices are for 0.5 of the bits of the operands toggling")
                .contains("the simulator counted those of the first image");
    }

    @Test
    void theClockOfTheElementsIsToldBesideTheOneAskedFor() {
        explain(RUN);
        assertThat(fixture.out())
                .containsPattern("cycles at 500.0 MHz; the elements reach \\d+\\.\\d MHz");
    }

    @Test
    void everyConstantOfEveryPriceIsListedWithItsSource() {
        explain(RUN);
        for (var constant : outcome().getAsJsonObject("costs").getAsJsonArray("constants")) {
            var one = constant.getAsJsonObject();
            assertThat(fixture.out().lines())
                    .anyMatch(
                            line ->
                                    line.strip().startsWith(one.get("name").getAsString() + " ")
                                            && line.contains(one.get("node").getAsString())
                                            && line.contains(
                                                    String.format(
                                                            Locale.ROOT,
                                                            "%.5g",
                                                            one.get("value").getAsDouble()))
                                            && line.endsWith(one.get("source").getAsString()));
        }
        assertThat(fixture.out()).contains("rests on gate.multiplier.bit-pair", "factor.energy");
    }

    @Test
    void latestIsTheNewestRunAndAPathIsARunToo() {
        assertThat(explain("latest")).isZero();
        String newest = fixture.out();
        assertThat(newest).contains("Four on Ints");
        var other = new Fixture();
        assertThat(other.execute("explain", runs.resolve(RUN).toString())).isZero();
        assertThat(other.out()).isEqualTo(newest);
    }

    @Test
    void whatDidNotComeOutSaysWhy() {
        explain(RUN);
        assertThat(fixture.out()).contains("Float on Ints: infeasible: layer conv: weights are");
    }

    @Test
    void runsSavedBeforePricesWereKeptAreStillExplained() {
        assertThat(explain("20261101-120000-Older-123456")).isZero();
        assertThat(fixture.out())
                .contains("Upot4 on ShiftArray", "energy ", "area ", "latency ")
                .contains("saved without prices and constants; run it again to have them");
    }

    @Test
    void onePolicyOrAcceleratorCanBeChosen() {
        assertThat(explain(RUN, "--policy", "Four")).isZero();
        assertThat(fixture.out()).contains("Four on Ints").doesNotContain("Float");
        var other = new Fixture();
        int code =
                other.execute("explain", RUN, "--runs", runs.toString(), "--accelerator", "Intz");
        assertThat(code).isEqualTo(ExitCode.USAGE);
        assertThat(other.err())
                .contains("unknown accelerator 'Intz'; there are Ints. Did you mean Ints?");
    }

    @Test
    void aRunThatIsNotThereIsToldWithTheNearest() {
        assertThat(explain("20261122-120000-Tets-abcdef")).isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err())
                .contains("there is no run '20261122-120000-Tets-abcdef'; the newest in")
                .contains("is " + RUN + ", or say latest.")
                .contains("Did you mean " + RUN + "?");
    }

    @Test
    void withoutRunsTheVerbThatMakesThemIsNamed() {
        assertThat(fixture.execute("explain", "latest", "--runs", runs.resolve("no").toString()))
                .isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err()).contains("there is no run in").contains("dyadic run FILE");
    }

    @Test
    void aFileOrAnotherFolderIsNoRun() throws IOException {
        explain(runs.resolve(RUN).resolve("result.json").toString());
        assertThat(fixture.err()).contains("is a file; name the run folder");
        var empty = new Fixture();
        assertThat(empty.execute("explain", Files.createDirectory(runs.resolve("x")).toString()))
                .isEqualTo(ExitCode.SPECIFICATION);
        assertThat(empty.err()).contains("is no run folder: it has no result.json.");
    }

    @Test
    void resultsOfAnotherVersionNameTheVersionThatReadsThem() throws IOException {
        saved.addProperty("schema", 2);
        save(RUN, saved.toString());
        assertThat(explain(RUN)).isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err())
                .contains("follows schema 2, and this version of Dyadic reads schema 1")
                .contains("the version that wrote it, ");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void whatCannotBeAPathIsOneSentence() {
        assertThat(explain("a\0b")).isEqualTo(ExitCode.USAGE);
        assertThat(fixture.err()).contains("is no path.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\": 1}",
                "{\"schema\": 1}",
                "{\"schema\": 1, \"outcomes\": [3]}",
                "{\"schema\": 1, \"outcomes\": [{\"policy\": \"P\", \"energy\": 3}]}"
            })
    void damagedResultsAreOneSentence(String json) throws IOException {
        save(RUN, json);
        assertThat(explain(RUN)).isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err().lines()).hasSize(1);
        assertThat(fixture.err()).contains("result.json is damaged: ");
    }

    @ParameterizedTest
    @CsvSource({
        "1.3169605536, mm2, 1.317 mm2",
        "0.00047, mm2, 470.0 um2",
        "2.628e-5, J, 26.28 uJ",
        "9.9999e-7, J, 1.000 uJ",
        "0.2e-12, J, 200.0 fJ",
        "5e8, Hz, 500.0 MHz",
        "0, W, 0 W",
        "1.5e-21, W, 0.0015 aW"
    })
    void amountsHaveFourDigitsAndAPrefix(double value, String unit, String text) {
        assertThat(Explanation.amount(value, unit)).isEqualTo(text);
    }
}
