package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.lang.checks.Checks;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;
import org.junit.jupiter.api.Test;

/**
 * However a program is damaged, it is read in time and without exception, what is reported lies in
 * it, and the program itself reads as before. {@code -Ddyadic.mutations=1000} tries fewer of them,
 * {@code -Ddyadic.seed=1} others; a failure names its seed, which then joins {@link #KEPT}.
 */
class MutationTest {

    private static final long FIRST_SEED = Long.getLong("dyadic.seed", 20_260_000);

    /** Seeds that once failed. */
    private static final long[] KEPT = {};

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final Language language = new Language();
    private final List<Path> files = new ArrayList<>();
    private final List<String> programs = new ArrayList<>();
    private final List<List<Diagnostic>> sound = new ArrayList<>();

    private void load() throws IOException {
        for (var folder : List.of("good", "bad")) {
            try (var all = Files.list(Path.of("src/test/programs").resolve(folder))) {
                all.filter(it -> it.toString().endsWith(".dyadic")).sorted().forEach(files::add);
            }
        }
        for (var file : files) {
            programs.add(Files.readString(file));
            sound.add(read(file, Files.readString(file)));
        }
    }

    private List<Diagnostic> read(Path file, String text) {
        var program = new Program(new SourceFile(file, text), language);
        return Checks.read(program, new TestCatalog()).diagnostics();
    }

    @Test
    void damagedProgramsAreReadLikeAnyOther() throws IOException {
        load();
        int count = Integer.getInteger("dyadic.mutations", 20_000);
        LongStream.concat(LongStream.of(KEPT), LongStream.range(FIRST_SEED, FIRST_SEED + count))
                .forEach(this::damage);
    }

    private void damage(long seed) {
        int index = (int) (seed % programs.size());
        var file = files.get(index);
        String damaged = Mutations.of(programs.get(index), programs, seed);
        List<Diagnostic> found;
        long start = System.nanoTime();
        try {
            found = read(file, damaged);
        } catch (RuntimeException | StackOverflowError e) {
            fail("seed " + seed + ": " + e + "\n" + damaged, e);
            return;
        }
        assertThat(System.nanoTime() - start).as("time of seed " + seed).isLessThan(LONGEST);
        var lines = damaged.split("\n", -1);
        for (var diagnostic : found) {
            var at = diagnostic.position().orElseThrow();
            if (at.file().equals(file.toString())) {
                assertThat(at.line()).as("seed " + seed).isLessThanOrEqualTo(lines.length);
                assertThat(at.column())
                        .as("seed " + seed)
                        .isLessThanOrEqualTo(lines[at.line() - 1].length() + 1);
            }
            assertThat(diagnostic.message())
                    .as("seed " + seed)
                    .doesNotContain("RULE_", "Exception", "'null'");
        }
        if (seed % 10 == 0) {
            // Nothing of the damage is left behind.
            assertThat(read(file, programs.get(index)))
                    .as("after seed " + seed)
                    .isEqualTo(sound.get(index));
        }
    }
}
