package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {

    @TempDir Path folder;

    @Test
    void filesOfASimulatorLieUnderItsNameAndTheAccelerators() throws IOException {
        Attachments.write(
                List.of(outcome("Int8", "Small", "a"), outcome("Int8", "Large", "b")), folder);

        assertThat(folder.resolve("scale-sim/Small/REPORT.csv")).hasContent("a");
        assertThat(folder.resolve("scale-sim/Large/REPORT.csv")).hasContent("b");
    }

    @Test
    void policiesHaveFoldersOnlyWhereTheyDiffer() throws IOException {
        Attachments.write(
                List.of(
                        outcome("Int8", "Same", "a"),
                        outcome("Int4", "Same", "a"),
                        outcome("Int8", "Other", "a"),
                        outcome("Int4", "Other", "b")),
                folder);

        assertThat(folder.resolve("scale-sim/Same/REPORT.csv")).hasContent("a");
        assertThat(folder.resolve("scale-sim/Other/Int8/REPORT.csv")).hasContent("a");
        assertThat(folder.resolve("scale-sim/Other/Int4/REPORT.csv")).hasContent("b");
    }

    @Test
    void withoutFilesThereAreNoFolders() throws IOException {
        Attachments.write(
                List.of(
                        new Outcome.Infeasible(
                                "Int8", Optional.of("Small"), Optional.empty(), "too wide"),
                        new Outcome.Completed(
                                "Int8",
                                Optional.of("Small"),
                                Optional.empty(),
                                Optional.of(hardware(List.of())))),
                folder);

        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private static Outcome outcome(String policy, String accelerator, String text) {
        return new Outcome.Completed(
                policy,
                Optional.of(accelerator),
                Optional.empty(),
                Optional.of(hardware(List.of(new Attachment("REPORT.csv", text)))));
    }

    private static HardwareResult hardware(List<Attachment> attachments) {
        var figure = new Figure(Quantity.of(1, Unit.SECOND), Kind.MODELLED, "made up");
        return new HardwareResult(
                "scale-sim", 1, figure, figure, figure, List.of(), List.of(), attachments);
    }
}
