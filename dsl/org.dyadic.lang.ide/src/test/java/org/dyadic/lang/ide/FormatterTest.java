package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Formatting changes the layout and nothing else, and has nothing to change the second time. */
class FormatterTest {

    private static final Language LANGUAGE = new Language();

    private static String format(String text) {
        return Formatter.format(new SourceFile(Path.of("test.dyadic"), text), LANGUAGE);
    }

    private static void becomes(String text, String expected) {
        assertThat(format(text)).isEqualTo(expected);
        assertThat(format(expected)).isEqualTo(expected);
    }

    static Stream<Path> programs() throws IOException {
        try (var files = Files.walk(Path.of("../org.dyadic.lang/src/test/programs"))) {
            return files
                    .filter(it -> it.toString().endsWith(".dyadic"))
                    .filter(it -> !it.toString().contains("latin1"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void blocksAreIndentedAndValuesAligned() {
        becomes(
                "accelerator A uses systolic{\narray   8x8\n  technology 45 nm\nbuffers {\nweights"
                        + " 1 KiB } }",
                """
                accelerator A uses systolic {
                    array      8 x 8
                    technology 45 nm
                    buffers    {
                        weights 1 KiB
                    }
                }
                """);
    }

    @Test
    void aBlockThatWasWrittenOnOneLineStaysOnItIfItFits() {
        becomes(
                "dataset D from \"d\"  as cifar10 {split test take 5}",
                "dataset D from \"d\" as cifar10 { split test  take 5 }\n");
        String many = "weights 1 KiB ".repeat(10);
        assertThat(format("accelerator A uses x { " + many + "}").lines()).hasSize(12);
    }

    @Test
    void rulesStandInColumns() {
        becomes(
                """
                policy P {
                calibrate C
                default weights upot { bits 4 } activations upot
                layers first, last weights uniform activations uniform
                }
                """,
                """
                policy P {
                    calibrate C
                    default            weights upot { bits 4 } activations upot
                    layers first, last weights uniform         activations uniform
                }
                """);
    }

    @Test
    void commentsStayWhereTheyWere() {
        becomes(
                """
                // first
                /**
                   * doc
                   */
                policy P {   // opens
                // own line
                    default weights upot // one

                    /* before */ layers first weights /* inside */ upot // two
                    // last
                } // closes
                // end
                """,
                """
                // first
                /**
                 * doc
                 */
                policy P {  // opens
                    // own line
                    default weights upot  // one

                    /* before */
                    layers first weights /* inside */ upot  // two
                    // last
                }  // closes
                // end
                """);
    }

    @Test
    void settingsOfASimulatorStandBesideItHoweverItWasIndented() {
        becomes(
                "experiment E {\nnetwork N\nsimulator analytic {least energy window 2 us}\n}",
                """
                experiment E {
                    network   N
                    simulator analytic { least energy  window 2 us }
                }
                """);
    }

    @Test
    void commentsOfNeighboursAreAligned() {
        becomes(
                "experiment E {\n network N // a\n policies P, Q // b\n}\n",
                "experiment E {\n    network  N     // a\n    policies P, Q  // b\n}\n");
    }

    @Test
    void emptyLinesAreKeptButOnlyOne() {
        becomes(
                "\n\npolicy A upot\n\n\n\npolicy B upot\npolicy C upot",
                "policy A upot\n\npolicy B upot\npolicy C upot\n");
    }

    @Test
    void breaksInsideOfAStatementStay() {
        becomes(
                "experiment E {\n policies A,\n B\n}\n",
                "experiment E {\n    policies A,\n        B\n}\n");
    }

    /** Two layouts tried at each level were a billion at thirty. */
    @Test
    void deepNestingIsNoTrouble() {
        String nested = "b { ".repeat(30) + "a 1" + " }".repeat(30);
        for (String text : List.of(nested, nested.replace("{ ", "{\n"))) {
            String formatted =
                    assertTimeoutPreemptively(
                            Duration.ofMinutes(1), () -> format("accelerator A { " + text + " }"));
            assertThat(formatted.lines()).hasSize(63);
            assertThat(format(formatted)).isEqualTo(formatted);
        }
    }

    @Test
    void aTextWithASyntaxErrorIsLeftAlone() {
        String text = "policy   P {\n default weights }";
        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void lineEndsStayAsTheyAre() {
        becomes("policy   A upot\r\npolicy B upot\r\n", "policy A upot\r\npolicy B upot\r\n");
    }

    @ParameterizedTest
    @MethodSource("programs")
    void formattingTwiceIsFormattingOnce(Path file) throws IOException {
        String once = format(Files.readString(file));
        assertThat(format(once)).isEqualTo(once);
    }

    @Test
    void howeverATextIsLaidOutItsFormIsStable() throws IOException {
        String tour =
                Files.readString(Path.of("../org.dyadic.lang/src/test/programs/good/tour.dyadic"));
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var text = new StringBuilder();
            for (String part : tour.split("(?<=[ {},])")) {
                text.append(part);
                if (random.nextInt(10) == 0) {
                    text.append(" \n\t// c\n".substring(0, 1 + random.nextInt(7)).replace("/", ""));
                }
            }
            String once = format(text.toString());
            assertThat(format(once)).as(text.toString()).isEqualTo(once);
        }
    }
}
