package org.dyadic.simulators.scalesim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dyadic.api.hardware.Buffers;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Workload;
import org.dyadic.simulators.Machines;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every value that SCALE-Sim printed is printed here: integers equal, reals close. */
class ReferenceTest {

    private static final Path REFERENCE =
            Path.of(System.getProperty("dyadic.shared", "../../../shared"))
                    .resolve("reference/scalesim");

    private static final Pattern RUN = Pattern.compile("(\\d+)x(\\d+)_(os|ws|is)");
    private static final Pattern CALCULATED = Pattern.compile("(.*)__(\\d+x\\d+_..)_64KB\\.csv");

    private static final Buffers FULL = kibibytes(64, 64, 64);

    /**
     * Buffers of the runs of random layers, by array; 64 KiB each if not here. That of 7 x 13
     * stands in the notes of the reference; those of the others are told by their first fills,
     * which take a tenth of half a buffer.
     */
    private static final Map<String, Buffers> SMALL =
            Map.of(
                    "7x13", kibibytes(2, 1, 1),
                    "8x8", kibibytes(1, 1, 1),
                    "1x16", kibibytes(1, 2, 1),
                    "20x5", kibibytes(1, 1, 2));

    /** The program averages over folds: sums of many roundings. */
    private static final double RELATIVE = 1e-9;

    @TestFactory
    Stream<DynamicTest> reportsOfTheProgramAreReproduced() throws IOException {
        var runs = folders(REFERENCE.resolve("scalesim_real"));
        return runs.stream()
                .map(
                        run ->
                                DynamicTest.dynamicTest(
                                        REFERENCE.relativize(run).toString(), () -> compare(run)));
    }

    private void compare(Path run) throws IOException {
        String name = run.getFileName().toString();
        boolean second = run.toString().contains("v2");
        boolean finite = name.contains("user");
        String array = name;
        String topology = run.getParent().getFileName().toString();
        if (name.equals("golden_trace_calc")) {
            array = "32x32_ws";
            topology = "conv_nets_alexnet_part";
        } else if (topology.equals("golden")) {
            array = name.replace("golden_trace_user", "32x32");
            topology = "GEMM_mnk_test_mnk_input";
        } else if (finite) {
            array = name.replace("user32", "32x32");
        }
        var machine =
                Machines.withBandwidth(
                        machine(array, topology.startsWith("fuzz") ? SMALL : Map.of()), 10);
        Simulator simulator =
                !finite
                        ? new ScaleSimSimulator()
                        : second ? new ScaleSimV2Bandwidth() : new ScaleSimV3Bandwidth();
        var reports = reports(simulator, machine, layers(topology));
        for (var file :
                List.of(
                        "COMPUTE_REPORT.csv",
                        "DETAILED_ACCESS_REPORT.csv",
                        "BANDWIDTH_REPORT.csv")) {
            var expected = Files.readAllLines(run.resolve(file));
            var actual = reports.get(file).lines().toList();
            // Version 2 has no column of cycles with prefetch.
            int more = second && !finite && file.startsWith("COMPUTE") ? 1 : 0;
            if (more == 0) {
                assertThat(actual.get(0)).isEqualTo(expected.get(0));
            }
            assertThat(actual).as(file).hasSameSizeAs(expected);
            for (int row = 1; row < expected.size(); row++) {
                assertSame(
                        fields(expected.get(row)),
                        without(fields(actual.get(row)), more),
                        file + " row " + row);
            }
        }
    }

    private static List<String> without(List<String> fields, int second) {
        var rest = new ArrayList<>(fields);
        rest.subList(1, 1 + second).clear();
        return rest;
    }

    /** Factories that find nothing leave no trace; this one is skipped, visibly. */
    @Test
    void theReferenceIsThere() {
        assumeTrue(Files.isDirectory(REFERENCE), "no SCALE-Sim reports at " + REFERENCE);
        assertThat(REFERENCE.resolve("scalesim_calc")).isDirectory();
    }

    @TestFactory
    Stream<DynamicTest> everyLayerOfEveryNetworkAndArrayAgrees() throws IOException {
        var folder = REFERENCE.resolve("scalesim_calc");
        assumeTrue(Files.isDirectory(folder), "no SCALE-Sim reports at " + folder);
        try (var files = Files.list(folder)) {
            return files.sorted().toList().stream()
                    .map(
                            file ->
                                    DynamicTest.dynamicTest(
                                            file.getFileName().toString(),
                                            () -> compareCalculated(file)));
        }
    }

    private void compareCalculated(Path file) throws IOException {
        var run = CALCULATED.matcher(file.getFileName().toString());
        assertThat(run.matches()).as("%s", file).isTrue();
        var reports =
                reports(
                        new ScaleSimSimulator(),
                        machine(run.group(2), Map.of()),
                        layers(run.group(1)));
        var compute = reports.get("COMPUTE_REPORT.csv").lines().toList();
        var detailed = reports.get("DETAILED_ACCESS_REPORT.csv").lines().toList();
        var expected = Files.readAllLines(file);
        assertThat(compute).hasSameSizeAs(expected);
        var sums = new long[6];
        for (int row = 1; row < expected.size(); row++) {
            var all = fields(expected.get(row));
            var reals = fields(compute.get(row));
            assertThat(all.subList(6, 9)).as(expected.get(row)).isEqualTo(reals.subList(1, 4));
            for (int i = 9; i < 12; i++) {
                // printed there with twelve digits
                assertClose(all.get(i), reals.get(i - 5), RELATIVE, expected.get(row));
            }
            assertSame(
                    all.subList(12, 30),
                    fields(detailed.get(row)).subList(1, 19),
                    expected.get(row));
            sums[0]++;
            sums[1] += Long.parseLong(reals.get(2));
            sums[2] += Long.parseLong(reals.get(3));
            for (int i = 0; i < 3; i++) {
                sums[3 + i] += Long.parseLong(fields(detailed.get(row)).get(12 + 3 * i));
            }
        }
        String name = file.getFileName().toString().replace(".csv", "");
        assertThat(Files.readAllLines(REFERENCE.resolve("INDEX.csv")))
                .contains(
                        name
                                + ","
                                + IntStream.range(0, 6)
                                        .mapToObj(i -> "" + sums[i])
                                        .collect(Collectors.joining(",")));
    }

    private static void assertSame(List<String> expected, List<String> actual, String as) {
        assertThat(actual).as(as).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            if (expected.get(i).matches("-?\\d+(\\.0)?")) {
                assertThat(actual.get(i).replace(".0", ""))
                        .as("%s, field %d", as, i)
                        .isEqualTo(expected.get(i).replace(".0", ""));
            } else {
                assertClose(expected.get(i), actual.get(i), RELATIVE, as + ", field " + i);
            }
        }
    }

    private static void assertClose(String expected, String actual, double relative, String as) {
        double truth = Double.parseDouble(expected);
        assertThat(Math.abs(Double.parseDouble(actual) - truth))
                .as("%s: %s for %s", as, actual, expected)
                .isLessThanOrEqualTo(relative * Math.abs(truth));
    }

    private static List<String> fields(String row) {
        return Stream.of(row.split(",")).map(String::strip).toList();
    }

    private static Map<String, String> reports(
            Simulator simulator, Machine machine, List<Workload> layers) {
        return simulator.attachments(machine, layers, List.of()).stream()
                .collect(Collectors.toMap(Attachment::file, Attachment::text));
    }

    private static Machine machine(String run, Map<String, Buffers> buffers) {
        var parts = RUN.matcher(run);
        assertThat(parts.matches()).as(run).isTrue();
        return Machines.array(
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                switch (parts.group(3)) {
                    case "os" -> Dataflow.OUTPUT_STATIONARY;
                    case "ws" -> Dataflow.WEIGHT_STATIONARY;
                    default -> Dataflow.INPUT_STATIONARY;
                },
                buffers.getOrDefault(run.replaceAll("_.*", ""), FULL));
    }

    private static Buffers kibibytes(long ifmap, long filter, long ofmap) {
        return new Buffers(filter << 10, ifmap << 10, ofmap << 10);
    }

    /** The layers of a topology; a depth-wise one is one of a single channel for each. */
    private static List<Workload> layers(String topology) throws IOException {
        var files = new TreeMap<String, Path>();
        try (var all = Files.walk(REFERENCE.resolve("topologies"), 2)) {
            all.filter(file -> file.toString().endsWith(".csv"))
                    .forEach(
                            file ->
                                    files.put(
                                            REFERENCE
                                                    .resolve("topologies")
                                                    .relativize(file)
                                                    .toString()
                                                    .replace(".csv", "")
                                                    .replace('/', '_'),
                                            file));
        }
        assertThat(files).containsKey(topology);
        var layers = new ArrayList<Workload>();
        var lines = Files.readAllLines(files.get(topology));
        for (var line : lines.subList(1, lines.size())) {
            if (!line.isBlank()) {
                var row = fields(line);
                var numbers =
                        row
                                .subList(
                                        1,
                                        topology.contains("gemm") || topology.contains("GEMM")
                                                ? 4
                                                : 8)
                                .stream()
                                .mapToInt(Integer::parseInt)
                                .toArray();
                if (numbers.length == 3) {
                    layers.add(Machines.product(numbers[0], numbers[1], numbers[2]));
                } else if (row.get(0).contains("DP")) {
                    int channels = numbers[4];
                    numbers[4] = 1;
                    for (int i = 0; i < channels; i++) {
                        layers.add(Layers.convolution(numbers));
                    }
                } else {
                    layers.add(Layers.convolution(numbers));
                }
            }
        }
        return layers;
    }

    private static List<Path> folders(Path top) throws IOException {
        assumeTrue(Files.isDirectory(top), "no SCALE-Sim reports at " + top);
        try (var all = Files.walk(top)) {
            return all.filter(file -> file.endsWith("COMPUTE_REPORT.csv"))
                    .map(Path::getParent)
                    // One report is of N:M sparse weights, which are not offered.
                    .filter(folder -> !folder.endsWith("sparsity"))
                    .sorted()
                    .toList();
        }
    }
}
