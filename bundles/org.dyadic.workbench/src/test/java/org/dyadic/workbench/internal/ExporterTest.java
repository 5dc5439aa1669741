package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.workbench.Exported;
import org.dyadic.api.workbench.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported and what is refused; that models are right is tested where they are made. */
class ExporterTest {

    private final Bench bench = new Bench();
    @TempDir private Path folder;

    private Exported export(String policy, String accelerator, Progress progress) throws Exception {
        return bench.workbench.export(
                bench.experiment(),
                policy,
                Optional.ofNullable(accelerator),
                folder.resolve("model.onnx"),
                1,
                progress);
    }

    private Exported export(String policy, String accelerator) throws Exception {
        return export(policy, accelerator, Progress.silent());
    }

    private void assertRefused(Exported exported, String why) {
        assertThat(exported.file()).isEmpty();
        assertThat(exported.diagnostics())
                .filteredOn(Diagnostic::isError)
                .singleElement()
                .satisfies(
                        diagnostic -> {
                            assertThat(diagnostic.code()).isEqualTo(IssueCode.NOT_EXPORTABLE);
                            assertThat(diagnostic.message()).contains(why);
                        });
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theModelNamesItsPolicyAndItsArithmetic() throws Exception {
        var exported = export("Four", null);
        assertThat(exported.diagnostics()).isEmpty();
        assertThat(exported.arithmetic()).contains("32-bit accumulator", "32-bit multiplier");
        var file = exported.file().orElseThrow();
        assertThat(Files.size(file)).isEqualTo(exported.bytes()).isPositive();
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .contains("ConvInteger", "MatMulInteger", "Four", exported.arithmetic());
        assertThat(folder.toFile().list()).containsExactly("model.onnx");
    }

    @Test
    void theSameExportGivesTheSameBytes() throws Exception {
        byte[] first = Files.readAllBytes(export("Four", null).file().orElseThrow());
        assertThat(Files.readAllBytes(export("Four", null).file().orElseThrow())).isEqualTo(first);
    }

    @Test
    void anAcceleratorLendsItsArithmetic() throws Exception {
        var wide = export("Four", null);
        var shifts = export("Four", "Shifts");
        assertThat(shifts.accelerator()).contains("Shifts");
        assertThat(shifts.arithmetic()).isNotEqualTo(wide.arithmetic()).contains("shift");
    }

    @Test
    void floatLayersAreRefusedByName() throws Exception {
        assertRefused(export("Float", null), "has weights or activations in float");
    }

    @Test
    void aNetworkWithoutWeightsIsRefused() throws Exception {
        bench.network = Bench.network(false);
        assertRefused(export("Four", null), "no trained weights");
    }

    @Test
    void anAcceleratorOrPolicyThatIsNotThereIsAProgrammersError() {
        assertThatThrownBy(() -> export("Four", "Nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no accelerator 'Nobody'");
        assertThatThrownBy(() -> export("Nobody", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoStopsItFindsNoFile() throws Exception {
        var stopped =
                export(
                        "Four",
                        null,
                        new Progress() {
                            @Override
                            public void advance(String stage, long done, long total, String unit) {}

                            @Override
                            public boolean cancelled() {
                                return true;
                            }
                        });
        assertThat(stopped.interrupted()).isTrue();
        assertThat(stopped.file()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
