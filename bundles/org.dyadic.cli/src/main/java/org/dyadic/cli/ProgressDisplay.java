package org.dyadic.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.dyadic.api.workbench.Progress;

/**
 * Shows how far a run is: on a terminal as one bar that is redrawn and leaves nothing behind, else
 * as one line for each finished stage.
 */
final class ProgressDisplay implements Progress, AutoCloseable {

    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDEST_BAR = 40;

    private final Terminal terminal;
    private final boolean quiet;
    private final BooleanSupplier cancelled;
    private final LongSupplier nanos;
    private final Map<String, Long> started = new ConcurrentHashMap<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private volatile long drawn;
    private boolean lineInUse;

    ProgressDisplay(
            Terminal terminal, boolean quiet, BooleanSupplier cancelled, LongSupplier nanos) {
        this.terminal = terminal;
        this.quiet = quiet;
        this.cancelled = cancelled;
        this.nanos = nanos;
        this.drawn = nanos.getAsLong() - REDRAW_NANOS;
    }

    @Override
    public void advance(String stage, long done, long total) {
        if (quiet) {
            return;
        }
        long now = nanos.getAsLong();
        long start = started.computeIfAbsent(stage, s -> now);
        double seconds = (now - start) * 1e-9;
        if (done >= total) {
            if (finished.add(stage)) {
                finish(stage, total, seconds);
            }
        } else if (terminal.interactive()
                && now - drawn >= REDRAW_NANOS
                && !finished.contains(stage)) {
            draw(stage, done, total, seconds, now);
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled.getAsBoolean();
    }

    private synchronized void finish(String stage, long total, double seconds) {
        if (terminal.interactive()) {
            erase();
        } else {
            terminal.err()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "%s: %d done in %.1f s",
                                    Terminal.plain(stage),
                                    total,
                                    seconds));
        }
    }

    private synchronized void draw(String stage, long done, long total, double seconds, long now) {
        drawn = now;
        lineInUse = true;
        terminal.err()
                .print("\r" + bar(stage, done, total, seconds, terminal.width() - 1) + "\033[K");
        terminal.err().flush();
    }

    /** {@code execute Upot4 [=====> ] 42 % 13 s left}, in at most so many characters. */
    static String bar(String stage, long done, long total, double seconds, int width) {
        double share = Math.max(0, Math.min(1, (double) done / total));
        String percent = String.format(Locale.ROOT, "%3d %%", (int) (100 * share));
        double rest = seconds / Math.max(share, 1e-9) - seconds;
        String left =
                share > 0.02 && seconds > 1 && rest >= 1 ? "  " + duration(rest) + " left" : "";
        String name = Terminal.plain(stage);
        int room = width - name.length() - percent.length() - left.length() - 5;
        String text;
        if (room >= 8) {
            int length = Math.min(room, WIDEST_BAR);
            int full = (int) (length * share);
            text =
                    name
                            + "  ["
                            + "=".repeat(full)
                            + (full < length ? ">" + " ".repeat(length - full - 1) : "")
                            + "] "
                            + percent
                            + left;
        } else {
            text = percent.strip() + "  " + name;
        }
        return text.length() <= width ? text : text.substring(0, Math.max(0, width));
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 100 ? whole + " s" : (whole + 30) / 60 + " min";
    }

    private void erase() {
        if (lineInUse) {
            terminal.err().print("\r\033[K");
            terminal.err().flush();
            lineInUse = false;
        }
    }

    /** Leaves the line to others. */
    @Override
    public synchronized void close() {
        erase();
    }
}
