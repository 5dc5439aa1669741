package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Exported;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code export FILE --policy NAME --onnx OUT}. */
class ExportTest {

    private static final Position AT = new Position("first.dyadic", 7, 9, 2);

    @TempDir private Path folder;
    private final Fixture fixture = new Fixture();
    private final List<String> asked = new ArrayList<>();
    private String file;
    private String out;

    @BeforeEach
    void writeAFile() throws Exception {
        file = Files.writeString(folder.resolve("first.dyadic"), "x").toString();
        out = folder.resolve("four.onnx").toString();
        fixture.reader = path -> new Reading(List.of(experiment()), List.of());
        var normally = fixture.exporting;
        fixture.exporting =
                (policy, accelerator, to) -> {
                    asked.add(policy + " " + accelerator.orElse("-") + " " + to.getFileName());
                    return normally.export(policy, accelerator, to);
                };
    }

    private static Experiment experiment() {
        return new Experiment(
                "Main",
                new NetworkUse("N", Path.of("N.onnx"), Settings.none(), AT),
                Optional.empty(),
                List.of(new PolicyUse("FourBit", Optional.empty(), List.of(), AT)),
                List.of(new AcceleratorUse("Array", "systolic", Settings.none(), AT)),
                Optional.empty(),
                List.of(),
                Path.of("first.dyadic"),
                AT);
    }

    @Test
    void whatWasWrittenIsToldInOneLine() {
        assertThat(fixture.execute("export", file, "--policy", "FourBit", "--onnx", out)).isZero();
        assertThat(asked).containsExactly("FourBit - four.onnx");
        assertThat(fixture.out())
                .isEqualTo("wrote " + out + ", 1234 bytes: integer, 32-bit accumulator\n");
    }

    @Test
    void anAcceleratorLendsItsArithmetic() {
        assertThat(
                        fixture.execute(
                                "export",
                                file,
                                "Main",
                                "--policy",
                                "FourBit",
                                "--accelerator",
                                "Array",
                                "--onnx",
                                out,
                                "--json"))
                .isZero();
        assertThat(asked).containsExactly("FourBit Array four.onnx");
        assertThat(fixture.out())
                .contains("\"accelerator\":\"Array\"", "\"bytes\":1234")
                .hasLineCount(1);
    }

    @Test
    void anUnknownAcceleratorIsToldWithTheNearestGuess() {
        assertThat(
                        fixture.execute(
                                "export",
                                file,
                                "--policy",
                                "FourBit",
                                "--accelerator",
                                "Aray",
                                "--onnx",
                                out))
                .isEqualTo(2);
        assertThat(fixture.err())
                .isEqualTo(
                        "dyadic: unknown accelerator 'Aray'; there are Array. Did you mean"
                                + " Array?\n");
        assertThat(asked).isEmpty();
    }

    @Test
    void whereToWriteIsFoundOutFirst() {
        assertThat(fixture.execute("export", file, "--policy", "FourBit")).isEqualTo(2);
        assertThat(fixture.err()).contains("--onnx");
        String nowhere = folder.resolve("no").resolve("four.onnx").toString();
        assertThat(fixture.execute("export", file, "--policy", "FourBit", "--onnx", nowhere))
                .isEqualTo(2);
        assertThat(fixture.err()).contains("there is no folder " + folder.resolve("no"));
        assertThat(
                        fixture.execute(
                                "export", file, "--policy", "FourBit", "--onnx", folder.toString()))
                .isEqualTo(2);
        assertThat(fixture.err()).contains(folder + " is a folder");
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalIsPrintedAndNothingElse() {
        fixture.exporting =
                (policy, accelerator, to) ->
                        new Exported(
                                "Main",
                                policy,
                                accelerator,
                                "",
                                Optional.empty(),
                                0,
                                List.of(
                                        Diagnostic.at(
                                                AT, IssueCode.NOT_EXPORTABLE, "conv is in float")),
                                false);
        assertThat(fixture.execute("export", file, "--policy", "FourBit", "--onnx", out))
                .isEqualTo(1);
        assertThat(fixture.err())
                .contains("first.dyadic:7:9: error: conv is in float [not-exportable]");
        assertThat(fixture.out()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenIsToldInASentence() {
        fixture.exporting =
                (policy, accelerator, to) -> {
                    throw new IOException("disk is full");
                };
        assertThat(fixture.execute("export", file, "--policy", "FourBit", "--onnx", out))
                .isEqualTo(4);
        assertThat(fixture.err()).contains("cannot write " + out + ": disk is full");
    }
}
