package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The programs of {@code src/test/programs}. A good one has no diagnostics. A bad one says on the
 * line of each, {@code // expect: code@column text}, what is reported there; anything else is a
 * failure. The column may be left out. Files that it imports are in the folder of its name.
 */
class ProgramsTest {

    private static final Path PROGRAMS = Path.of("src/test/programs");
    private static final Pattern EXPECT = Pattern.compile("// expect: ([a-z-]+)(?:@(\\d+))? ?(.*)");

    private final DyadicReader reader = new DyadicReader(new TestCatalog());

    /** What is expected at a place. */
    private record Expected(String file, int line, int column, String code, String text) {
        boolean matches(Diagnostic diagnostic) {
            var at = diagnostic.position().orElseThrow();
            return at.file().equals(file)
                    && at.line() == line
                    && (column == 0 || at.column() == column)
                    && diagnostic.code().id().equals(code)
                    && diagnostic.message().contains(text);
        }
    }

    static Stream<Path> good() throws IOException {
        return programs("good");
    }

    static Stream<Path> bad() throws IOException {
        return programs("bad");
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodProgramsHaveNoDiagnostics(Path file) {
        var reading = reader.read(file);
        assertThat(reading.diagnostics()).isEmpty();
        assertThat(reading.experiments()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void badProgramsAreToldWhatIsWrongAndWhereAndNothingElse(Path file) throws IOException {
        var unexpected = new ArrayList<>(reader.read(file).diagnostics());
        var missing = new ArrayList<>(expectations(file));
        for (var diagnostic : List.copyOf(unexpected)) {
            missing.stream()
                    .filter(expected -> expected.matches(diagnostic))
                    .findFirst()
                    .ifPresent(
                            expected -> {
                                missing.remove(expected);
                                unexpected.remove(diagnostic);
                            });
        }
        assertThat(unexpected).as("reported, but not expected").isEmpty();
        assertThat(missing).as("expected, but not reported").isEmpty();
    }

    @Test
    void thereAreEnoughPrograms() throws IOException {
        assertThat(good().count() + bad().count()).isGreaterThanOrEqualTo(150);
    }

    @Test
    void everyCodeOfTheLanguageHasABadProgram() throws IOException {
        // What needs a model, a data set or a run to be found is the workbench's.
        var others =
                EnumSet.of(
                        IssueCode.UNSUPPORTED_OPERATOR,
                        IssueCode.NO_WEIGHTS,
                        IssueCode.SHAPE_MISMATCH,
                        IssueCode.RULE_WITHOUT_LAYER,
                        IssueCode.NO_CALIBRATION,
                        IssueCode.INFEASIBLE,
                        IssueCode.DEGRADED,
                        IssueCode.CLOCK_TOO_FAST,
                        IssueCode.NARROW_ACCUMULATOR,
                        IssueCode.NOT_EXPORTABLE,
                        IssueCode.LEFT_OUT,
                        IssueCode.PLUGIN_FAILED,
                        IssueCode.EXPECTATION_MISSED);
        var tested = new TreeSet<String>();
        for (Path file : bad().toList()) {
            expectations(file).forEach(expected -> tested.add(expected.code()));
        }
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.complementOf(others).stream()
                                .map(IssueCode::id)
                                .collect(Collectors.toList()));
    }

    private static Stream<Path> programs(String folder) throws IOException {
        try (var files = Files.list(PROGRAMS.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".dyadic"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<Expected> expectations(Path program) throws IOException {
        var files = new ArrayList<>(List.of(program));
        var folder = Path.of(program.toString().replace(".dyadic", ""));
        if (Files.isDirectory(folder)) {
            try (var imported = Files.list(folder)) {
                imported.forEach(files::add);
            }
        }
        var expectations = new ArrayList<Expected>();
        for (Path file : files) {
            var lines =
                    Arrays.asList(
                            Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .transform(ProgramsTest::asUtf8)
                                    .split("\n"));
            for (int i = 0; i < lines.size(); i++) {
                var match = EXPECT.matcher(lines.get(i));
                if (match.find()) {
                    expectations.add(
                            new Expected(
                                    file.toString(),
                                    i + 1,
                                    match.group(2) == null ? 0 : Integer.parseInt(match.group(2)),
                                    match.group(1),
                                    match.group(3).strip()));
                }
            }
        }
        return expectations;
    }

    /** One of the programs is deliberately not UTF-8. */
    private static String asUtf8(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
