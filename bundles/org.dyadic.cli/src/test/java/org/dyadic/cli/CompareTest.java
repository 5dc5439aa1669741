package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyadic compare RUN}. */
class CompareTest {

    private static final String RUN = "20261122-120000-Test-abcdef";

    @TempDir private Path runs;
    private final Fixture fixture = new Fixture();

    /** An outcome of a thousand multiply-accumulates that takes a microsecond. */
    private static String outcome(
            String policy, String accelerator, double logic, double memory, double... joules) {
        return String.format(
                Locale.ROOT,
                """
                {"policy": "%s", "accelerator": "%s", "status": "ok",
                 "accuracy": {"top1": 0.875},
                 "latency": {"value": 1e-6, "unit": "s"},
                 "energy": {"value": 1, "unit": "J"},
                 "area": {"shares": [
                   {"purpose": "multipliers", "component": "8 x 9 bit multiplier", "value": %s},
                   {"purpose": "weight buffer", "component": "1 B SRAM, 32 bit words", "value": %s}]},
                 "layers": [
                   {"name": "conv", "cycles": 300, "utilisation": 0.5, "activity": {"macs": 1000},
                    "energy": {"shares": [
                     {"purpose": "multipliers", "component": "8 x 9 bit multiplier", "value": %s},
                     {"purpose": "weight buffer", "component": "1 B SRAM, 32 bit words", "value": %s},
                     {"purpose": "off-chip memory", "component": "DRAM at 8.0 pJ/bit", "value": %s},
                     {"purpose": "leakage", "component": "all parts", "value": %s}]}},
                   {"name": "pool", "cycles": 100, "utilisation": 0, "activity": {"macs": 0},
                    "energy": {"shares": []}},
                   {"name": "a layer that was not simulated"}]}
                """,
                policy,
                accelerator,
                logic,
                memory,
                joules[0],
                joules[1],
                joules[2],
                joules[3]);
    }

    private int compare(List<String> outcomes, String... names) throws IOException {
        Files.createDirectories(runs.resolve(RUN));
        Files.writeString(
                runs.resolve(RUN).resolve("result.json"),
                "{\"schema\": 1, \"outcomes\": [" + String.join(",", outcomes) + "]}");
        var words = new ArrayList<>(List.of("compare", RUN));
        words.addAll(List.of(names));
        words.addAll(List.of("--runs", runs.toString()));
        return fixture.execute(words.toArray(String[]::new));
    }

    private static final String WIDE = outcome("Eight", "Wide", 2, 2, 4e-9, 2e-9, 1e-9, 1e-9);
    private static final String SMALL = outcome("Four", "Small", 0.5, 1.5, 1e-9, 1e-9, 1e-9, 1e-9);

    /** The numbers of a line that begins with some words. */
    private double[] numbers(String start) {
        var line =
                fixture.out()
                        .lines()
                        .filter(one -> one.startsWith(start + " "))
                        .reduce((first, second) -> second)
                        .orElseThrow(() -> new AssertionError(start + " in\n" + fixture.out()));
        return Arrays.stream(line.substring(start.length()).trim().split(" +"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void efficienciesAreOperationsByTimeAreaAndEnergy() throws IOException {
        assertThat(compare(List.of(WIDE))).isZero();
        // top-1, GOPS, busy, mm2, of it memory, GOPS/mm2, mW, of it memory and off-chip, GOPS/W
        assertThat(numbers("Eight   Wide"))
                .containsExactly(87.5, 2, 38, 4, 50, 0.5, 8, 25, 13, 250);
    }

    @Test
    void aRatioIsTheProductOfWhatItComesFrom() throws IOException {
        assertThat(compare(List.of(WIDE, SMALL))).isZero();
        double[] energy = numbers("Four:Small");
        assertThat(energy).containsExactly(2, 4, 0.75, 0.78, 0.86);
        assertThat(energy[1] * energy[2] * energy[3] * energy[4]).isCloseTo(2, within(0.03));
        assertThat(fixture.out()).containsPattern("Four:Small +2\\.00 +4\\.00 +1\\.00 +0\\.50\n");
    }

    @Test
    void theLastIsComparedWithTheFirstToo() throws IOException {
        assertThat(compare(List.of(WIDE, SMALL), "Wide", "Four:Small", "Wide")).isZero();
        assertThat(numbers("Eight:Wide against Eight:Wide")).containsOnly(1);
    }

    @Test
    void namesThatAreNotThereAndThoseOfSeveralAreTold() throws IOException {
        assertThat(compare(List.of(WIDE, SMALL), "Wid")).isEqualTo(ExitCode.USAGE);
        assertThat(fixture.err()).contains("'Wid'").contains("Eight:Wide");
        var twice = List.of(WIDE, outcome("Four", "Wide", 1, 1, 1, 1, 1, 1));
        assertThat(compare(twice, "Wide")).isEqualTo(ExitCode.USAGE);
        assertThat(fixture.err()).contains("say which: Eight:Wide, Four:Wide.");
    }

    @Test
    void runsWithoutFiguresAreTold() throws IOException {
        assertThat(compare(List.of())).isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err()).contains("no policy that came out on an accelerator");
        assertThat(compare(List.of("{\"energy\": 1, \"accelerator\": 2}")))
                .isEqualTo(ExitCode.SPECIFICATION);
        assertThat(fixture.err()).contains("is damaged");
    }
}
