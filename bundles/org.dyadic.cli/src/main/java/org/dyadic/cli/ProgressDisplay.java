package org.dyadic.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.workbench.Progress;

/**
 * Shows how far a run is, how fast it goes and how long it still takes: on a terminal as one line
 * that is redrawn and leaves nothing behind, else as a line now and then and one for each finished
 * stage.
 */
final class ProgressDisplay implements Progress, AutoCloseable {

    private static final double REDRAW_SECONDS = 0.1;
    private static final int NARROWEST_BAR = 8;
    private static final int WIDEST_BAR = 40;

    /** Without a terminal, a line is due after this long and then after twice as long, up to... */
    private static final double SPARSE_SECONDS = 10;

    /** ...this long. */
    private static final double SPARSEST_SECONDS = 60;

    private final Terminal terminal;
    private final boolean quiet;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanos;
    private final Map<String, Stage> stages = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private Consumer<Diagnostic> findings = found -> {};
    private boolean lineInUse;
    private boolean closed;

    /** What is under way, and when to tell of it next, in seconds from its start. */
    private static final class Stage {
        final long start;
        final Pace pace = new Pace();
        long done;
        double due;

        Stage(long start, double due) {
            this.start = start;
            this.due = due;
        }
    }

    ProgressDisplay(
            Terminal terminal, boolean quiet, BooleanSupplier cancelled, LongSupplier nanos) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.cancelled = cancelled;
        this.nanos = nanos;
    }

    @Override
    public synchronized void advance(String name, long done, long total, String unit) {
        if (done == 0) {
            finished.remove(name); // the same once more, for instance on another accelerator
        }
        if (quiet || closed || finished.contains(name)) {
            return;
        }
        long now = nanos.getAsLong();
        var stage =
                stages.computeIfAbsent(
                        name, n -> new Stage(now, terminal.interactive() ? 0 : SPARSE_SECONDS));
        stage.done = Math.max(stage.done, done); // threads overtake each other
        stage.pace.mark(now, stage.done);
        double seconds = (now - stage.start) * 1e-9;
        if (stage.done >= total) {
            stages.remove(name);
            finished.add(name);
            finish(name, total, unit, seconds);
        } else if (seconds >= stage.due) {
            var rate = stage.pace.perSecond(now, stage.done).orElse(0);
            if (terminal.interactive()) {
                stage.due = seconds + REDRAW_SECONDS;
                draw(bar(name, stage.done, total, unit, rate, terminal.width() - 1));
            } else {
                stage.due = seconds + Math.min(seconds, SPARSEST_SECONDS);
                say(
                        name
                                + ": "
                                + stage.done
                                + " of "
                                + total
                                + pace(unit, rate, total - stage.done));
            }
        }
    }

    /** Who prints what the run finds; the line of progress makes room for it. */
    synchronized void onFinding(Consumer<Diagnostic> findings) {
        this.findings = findings;
    }

    @Override
    public synchronized void found(Diagnostic diagnostic) {
        erase();
        findings.accept(diagnostic);
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    private void finish(String name, long total, String unit, double seconds) {
        if (terminal.interactive()) {
            erase();
        } else {
            double rate = seconds >= 1 ? total / seconds : 0;
            String took =
                    String.format(Locale.ROOT, "%s: %d %s in %.1f s", name, total, unit, seconds);
            say(rate > 0 ? took + ", " + number(rate) + " " + unit + "/s" : took);
        }
    }

    private void say(String line) {
        terminal.err().println(Terminal.plain(line));
    }

    private void draw(String line) {
        lineInUse = true;
        terminal.err().print("\r" + line + "\033[K");
        terminal.err().flush();
    }

    /**
     * {@code Upot4: execute [====> ] 4200 of 10000 images, 812 images/s, 7 s left}, in at most so
     * many characters.
     *
     * @param rate a second; 0 if it is not known
     */
    static String bar(String stage, long done, long total, String unit, double rate, int width) {
        double share = Math.max(0, Math.min(1, (double) done / total));
        String name = Terminal.plain(stage);
        String facts = done + " of " + total + pace(unit, rate, total - done);
        int room = width - name.length() - facts.length() - 6;
        if (room >= NARROWEST_BAR) {
            int length = Math.min(room, WIDEST_BAR);
            int full = (int) (length * share);
            String rest = full < length ? ">" + " ".repeat(length - full - 1) : "";
            return name + "  [" + "=".repeat(full) + rest + "]  " + facts;
        }
        String text = String.format(Locale.ROOT, "%d %%  %s  %s", (int) (100 * share), name, facts);
        return text.substring(0, Math.max(0, Math.min(width, text.length())));
    }

    /** {@code images, 812 images/s, 7 s left}; the unit alone as long as nobody can know. */
    private static String pace(String unit, double rate, long left) {
        String text = " " + unit;
        if (rate > 0) {
            text += ", " + number(rate) + " " + unit + "/s";
            double seconds = left / rate;
            text += seconds >= 1 ? ", " + duration(seconds) + " left" : "";
        }
        return text;
    }

    private static String number(double rate) {
        return String.format(Locale.ROOT, rate < 1 ? "%.2f" : rate < 10 ? "%.1f" : "%.0f", rate);
    }

    private static String duration(double seconds) {
        if (seconds < 100) {
            return Math.round(seconds) + " s";
        }
        return seconds < 6_000
                ? Math.round(seconds / 60) + " min"
                : Math.round(seconds / 3600) + " h";
    }

    private void erase() {
        if (lineInUse) {
            draw("");
            lineInUse = false;
        }
    }

    /** Leaves the line to others; work that was left behind tells nothing more. */
    @Override
    public synchronized void close() {
        closed = true;
        erase();
    }
}
