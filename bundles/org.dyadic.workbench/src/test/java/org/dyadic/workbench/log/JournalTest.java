package org.dyadic.workbench.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.dyadic.api.workbench.LogLine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every line has its source and its place, and nobody can drown the others. */
class JournalTest {

    private static final Calls.Origin ACME = new Calls.Origin("org.acme.q", "1.2.3");
    private static final Calls.Origin OTHER = new Calls.Origin("org.other", "2.0.0");

    private final Journal journal = new Journal();

    @AfterEach
    void nobodyIsAtWork() {
        Calls.leave();
    }

    private void log(Calls.Origin from, Level level, String message) {
        journal.log(from, from.bundle() + ".Logger", level, () -> message, null);
    }

    private List<LogLine> kept() {
        return journal.since(Instant.EPOCH);
    }

    @Test
    void aLineSaysWhoseItIsAndCarriesTheTraceForTheFile() {
        Calls.enter("quantizer mine");
        journal.log(ACME, "org.acme.q.Search", Level.ERROR, () -> "no", new Exception("why"));
        var line = kept().get(0);
        assertThat(line.source()).isEqualTo("quantizer mine (org.acme.q 1.2.3)");
        assertThat(line.message()).isEqualTo("no: java.lang.Exception: why").doesNotContain("\n");
        assertThat(line.trace().orElseThrow()).contains("aLineSaysWhoseItIs");
    }

    @Test
    void aPluginIsHeardAtItsOwnLevelAndTheOthersAtTheirs() {
        Calls.enter("quantizer mine");
        var seen = Collections.synchronizedList(new ArrayList<String>());
        var levels =
                Map.of("", Level.WARNING, "mine", Level.DEBUG, "org.acme.q.Logger", Level.ERROR);
        try (var shown = journal.show(levels, line -> seen.add(line.message()))) {
            log(OTHER, Level.DEBUG, "by the plugin's id");
            log(ACME, Level.WARNING, "not by the longer name");
            log(ACME, Level.ERROR, "error");
            Calls.leave();
            log(OTHER, Level.INFO, "too low");
            log(OTHER, Level.WARNING, "warning");
        }
        log(OTHER, Level.ERROR, "after the end");
        assertThat(seen).containsExactly("by the plugin's id", "error", "warning");
    }

    @Test
    void whatNobodyWantsIsNotEvenMade() {
        journal.log(
                ACME,
                "x",
                Level.DEBUG,
                () -> {
                    throw new AssertionError("formatted");
                },
                null);
        assertThat(kept()).isEmpty();
    }

    @Test
    void aFloodLosesItsOwnLinesIsCountedAndLeavesMemoryFlat() {
        String long_ = "x".repeat(100_000);
        int many = 500_000;
        var seconds = new java.util.HashSet<Long>();
        for (int i = 0; i < many; i++) {
            seconds.add(System.nanoTime() / 1_000_000_000);
            log(ACME, Level.INFO, long_);
        }
        log(OTHER, Level.INFO, "still heard");
        var lines = kept();
        assertThat(lines).anyMatch(line -> line.message().equals("still heard"));
        var acme = lines.stream().filter(line -> line.bundle().equals("org.acme.q")).toList();
        assertThat(acme.size()).isLessThanOrEqualTo((seconds.size() + 1) * (Journal.A_SECOND + 1));
        long told =
                acme.stream()
                        .filter(line -> line.message().endsWith(" further messages dropped"))
                        .mapToLong(line -> Long.parseLong(line.message().replaceAll("\\D", "")))
                        .sum();
        long shown = acme.stream().filter(line -> line.message().startsWith("x")).count();
        assertThat(told + shown).isEqualTo(many);
        assertThat(acme).allMatch(line -> line.message().length() < Journal.LONGEST + 20);
    }

    @Test
    void ofVeryManySourcesTheLatestLinesAreKept() {
        String text = "x".repeat(Journal.LONGEST);
        int sources = 2 * Journal.CAPACITY / Journal.LONGEST;
        for (int i = 0; i < sources; i++) {
            log(new Calls.Origin("bundle" + i, ""), Level.INFO, text);
        }
        var lines = kept();
        assertThat(lines.stream().mapToLong(line -> line.message().length()).sum())
                .isLessThanOrEqualTo(Journal.CAPACITY);
        assertThat(lines.get(lines.size() - 1).bundle()).isEqualTo("bundle" + (sources - 1));
    }

    @Test
    void whatAPluginPrintsIsLoggedAndWhatOthersPrintIsNot() {
        var out = System.out;
        var bytes = new java.io.ByteArrayOutputStream();
        System.setOut(new java.io.PrintStream(bytes, true));
        try (var caught = journal.catchPrints()) {
            System.out.println("mine");
            Calls.enter("quantizer loud");
            System.out.println("hello");
            System.err.print("no line end");
            System.err.println();
        } finally {
            System.setOut(out);
        }
        assertThat(bytes.toString()).isEqualToIgnoringNewLines("mine");
        assertThat(kept()).extracting(LogLine::message).containsExactly("hello", "no line end");
        assertThat(kept()).extracting(LogLine::source).containsOnly("quantizer loud");
    }

    @Test
    void aThreadThatAPluginStartsPrintsInItsName() throws InterruptedException {
        try (var caught = journal.catchPrints()) {
            Calls.enter("quantizer loud");
            var thread = new Thread(() -> System.out.println("from below"));
            thread.start();
            thread.join();
        }
        assertThat(kept()).extracting(LogLine::plugin).containsExactly("quantizer loud");
    }

    @Test
    void printingWithoutEndAndWithoutLinesFillsNothing() {
        try (var caught = journal.catchPrints()) {
            Calls.enter("quantizer loud");
            for (int i = 0; i < 100_000; i++) {
                System.out.print("0123456789");
            }
        }
        assertThat(kept()).allMatch(line -> line.message().length() <= Journal.LONGEST);
        assertThat(kept().size()).isBetween(1, 251);
    }
}
