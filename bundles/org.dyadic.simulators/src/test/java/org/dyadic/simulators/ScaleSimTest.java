package org.dyadic.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Fidelity;
import org.junit.jupiter.api.Test;

/** Agreement with the reports of SCALE-Sim, but for the slips that its authors know of. */
class ScaleSimTest {

    private static final Pattern RUN = Pattern.compile(".*__(\\d+)x(\\d+)_(os|ws|is)_.*\\.csv");

    private static final Machine ANY =
            Machines.array(1, 1, Dataflow.WEIGHT_STATIONARY, Machines.AMPLE);

    private static final AnalyticSimulator SIMULATOR = new AnalyticSimulator();

    /** The largest relative difference in cycles of all layers. */
    private double worst;

    @Test
    void foldsCyclesAndBufferReadsAgreeOnEveryLayer() throws IOException {
        var shared = Path.of(System.getProperty("dyadic.shared", "../../../shared"));
        var reports = shared.resolve("reference/scalesim/scalesim_calc");
        assumeTrue(Files.isDirectory(reports), "no SCALE-Sim reports at " + reports);
        int layers = 0;
        try (var files = Files.list(reports)) {
            for (var file : files.sorted().toList()) {
                layers += compare(file);
            }
        }
        double bid = ((Fidelity.Supported) SIMULATOR.bid(ANY)).expectedError();
        assertThat(worst)
                .as("the error it bids is the one it has here, rounded up")
                .isBetween(bid / 2, bid);
        var index = Files.readAllLines(reports.resolveSibling("INDEX.csv"));
        assertThat(layers)
                .as("all layers that the index lists")
                .isEqualTo(
                        index.stream()
                                .skip(1)
                                .mapToInt(line -> Integer.parseInt(line.split(",")[1]))
                                .sum());
    }

    private int compare(Path report) throws IOException {
        var run = RUN.matcher(report.getFileName().toString());
        assertThat(run.matches()).as("%s", report).isTrue();
        var dataflow =
                switch (run.group(3)) {
                    case "os" -> Dataflow.OUTPUT_STATIONARY;
                    case "ws" -> Dataflow.WEIGHT_STATIONARY;
                    default -> Dataflow.INPUT_STATIONARY;
                };
        var machine =
                Machines.array(
                        Integer.parseInt(run.group(1)),
                        Integer.parseInt(run.group(2)),
                        dataflow,
                        Machines.AMPLE);
        var lines = Files.readAllLines(report);
        var header = Arrays.asList(lines.get(0).split(","));
        for (var line : lines.subList(1, lines.size())) {
            var fields = line.split(",");
            // 32 bit operands: a word of a buffer is an element
            var layer =
                    Machines.layer(
                            Integer.parseInt(fields[header.indexOf("M")]),
                            Integer.parseInt(fields[header.indexOf("N")]),
                            Integer.parseInt(fields[header.indexOf("K")]),
                            1,
                            32,
                            1);
            var mapping = Mapping.of(machine, layer);
            var job = new Job(machine, layer, 1);
            var words =
                    job.words(
                            job.pixelCuts().get(0),
                            job.columnCuts().get(0),
                            job.channelCuts().get(0));
            var as = report.getFileName() + ", " + line;
            assertThat(mapping.folds()).as(as).isEqualTo(number(fields, header, "folds"));
            assertThat(mapping.cycles())
                    .as(as)
                    .isEqualTo(number(fields, header, "total_cycles") + 1); // its issue 125
            var estimate = SIMULATOR.estimate(Machines.withBandwidth(machine, 1 << 30), layer);
            worst =
                    Math.max(
                            worst,
                            Math.abs(
                                    estimate.cycles()
                                                    / (double)
                                                            number(fields, header, "total_cycles")
                                            - 1));
            assertThat(words.inputs()).as(as).isEqualTo(number(fields, header, "if_sram_rd"));
            assertThat(words.weights()).as(as).isEqualTo(number(fields, header, "fi_sram_rd"));
            if (dataflow != Dataflow.OUTPUT_STATIONARY) {
                // it counts what goes into the buffer, we also what comes back
                assertThat(words.outputs() + (long) layer.m() * layer.n())
                        .as(as)
                        .isEqualTo(2 * number(fields, header, "of_sram_wr"));
            }
        }
        return lines.size() - 1;
    }

    private static long number(String[] fields, List<String> header, String column) {
        return Long.parseLong(fields[header.indexOf(column)]);
    }
}
