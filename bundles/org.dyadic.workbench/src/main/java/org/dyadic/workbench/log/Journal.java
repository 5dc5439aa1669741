package org.dyadic.workbench.log;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.dyadic.api.workbench.LogLine;
import org.dyadic.api.workbench.Logs;
import org.dyadic.api.workbench.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;

/**
 * Keeps the latest log lines, and gives every bundle its loggers. Whoever floods it loses the lines
 * of its own that are too many; memory stays flat.
 */
@Component(service = Journal.class, immediate = true)
public final class Journal implements Logs {

    /** Lines a source may log in a second. More than anybody reads, too few to fill a disk. */
    static final int A_SECOND = 100;

    /** Characters of a message; what is longer is cut. */
    static final int LONGEST = 4_000;

    /** Characters of all lines that are kept. */
    static final int CAPACITY = 4_000_000;

    private static final String PLATFORM = "org.dyadic.workbench";
    private static final String CUT = " ... (cut)";
    private static final Level KEPT = Level.INFO;

    private final ArrayDeque<LogLine> lines = new ArrayDeque<>();
    private final Map<String, Rate> rates = new HashMap<>();
    private final List<View> views = new CopyOnWriteArrayList<>();
    private int characters;

    /** One who looks. */
    private record View(Map<String, Level> levels, Consumer<LogLine> told) {

        boolean wants(LogLine line) {
            return levels.entrySet().stream()
                    .filter(entry -> line.isOf(entry.getKey()))
                    .max(Comparator.comparingInt(entry -> entry.getKey().length()))
                    .filter(entry -> line.level().compareTo(entry.getValue()) >= 0)
                    .isPresent();
        }
    }

    /** How much a source logs. */
    private static final class Rate {
        long second = Long.MIN_VALUE;
        int lines;
        long dropped;
        LogLine latest;
    }

    private final Calls.Origin platform;

    /** A journal outside a framework. */
    public Journal() {
        platform = new Calls.Origin(PLATFORM, "");
    }

    @Activate
    public Journal(BundleContext context) {
        platform = new Calls.Origin(PLATFORM, context.getBundle().getVersion().toString());
        context.registerService(
                new String[] {LoggerFactory.class.getName(), LogService.class.getName()},
                new ServiceFactory<LogService>() {
                    @Override
                    public LogService getService(
                            Bundle bundle, ServiceRegistration<LogService> registration) {
                        return new BundleLoggers(Journal.this, bundle);
                    }

                    @Override
                    public void ungetService(
                            Bundle bundle,
                            ServiceRegistration<LogService> registration,
                            LogService service) {}
                },
                null);
    }

    // ---- those who log

    /** True if a line is kept, or somebody looks at such lines. */
    boolean enabled(Calls.Origin from, String logger, Level level) {
        if (level.compareTo(KEPT) >= 0) {
            return true;
        }
        if (views.isEmpty()) {
            return false;
        }
        var line = line(from, logger, level, "", null);
        return views.stream().anyMatch(view -> view.wants(line));
    }

    /** What the platform tells of itself. */
    public void tell(String logger, Level level, String message, Throwable thrown) {
        log(platform, logger, level, () -> message, thrown);
    }

    /**
     * Keeps and shows a line, unless its source has logged too many.
     *
     * @param message made only if it is wanted
     * @param thrown or null
     */
    void log(
            Calls.Origin from,
            String logger,
            Level level,
            Supplier<String> message,
            Throwable thrown) {
        if (!enabled(from, logger, level)) {
            return;
        }
        String source = Calls.atWork().orElse("") + "|" + from.bundle();
        Optional<LogLine> dropped;
        synchronized (this) {
            var rate = rates.computeIfAbsent(source, name -> new Rate());
            long second = System.nanoTime() / 1_000_000_000;
            dropped = Optional.empty();
            if (rate.second != second) {
                dropped = dropped(rate);
                rate.second = second;
                rate.lines = 0;
            }
            if (++rate.lines > A_SECOND) {
                rate.dropped++;
                if (rate.latest == null) {
                    rate.latest = line(from, logger, Level.WARNING, "", null);
                }
                return;
            }
        }
        dropped.ifPresent(this::show);
        var line = line(from, logger, level, message.get(), thrown);
        synchronized (this) {
            keep(line);
        }
        show(line);
    }

    private static LogLine line(
            Calls.Origin from, String logger, Level level, String message, Throwable thrown) {
        String text = thrown == null ? message : message + ": " + thrown;
        return new LogLine(
                Instant.now(),
                level,
                from.bundle(),
                from.version(),
                Calls.atWork().orElse(""),
                logger,
                cut(text),
                Optional.ofNullable(thrown).map(Journal::trace));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + CUT;
    }

    private static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return cut(text.toString());
    }

    /** The line that tells how many there were more; kept already. */
    private Optional<LogLine> dropped(Rate rate) {
        if (rate.dropped == 0) {
            return Optional.empty();
        }
        var line =
                new LogLine(
                        Instant.now(),
                        Level.WARNING,
                        rate.latest.bundle(),
                        rate.latest.version(),
                        rate.latest.plugin(),
                        rate.latest.logger(),
                        String.format(Locale.ROOT, "%,d further messages dropped", rate.dropped),
                        Optional.empty());
        rate.dropped = 0;
        rate.latest = null;
        keep(line);
        return Optional.of(line);
    }

    private void keep(LogLine line) {
        lines.addLast(line);
        characters += length(line);
        while (characters > CAPACITY) {
            characters -= length(lines.removeFirst());
        }
    }

    private static int length(LogLine line) {
        // What an object and its time take, roughly, and its own text.
        return 100 + line.message().length() + line.trace().map(String::length).orElse(0);
    }

    // ---- those who look

    private void show(LogLine line) {
        for (var view : views) {
            try {
                if (view.wants(line)) {
                    view.told.accept(line);
                }
            } catch (RuntimeException e) {
                // Whoever cannot be told shall not stop the one who tells.
            }
        }
    }

    @Override
    public Plugins.Lease show(Map<String, Level> levels, Consumer<LogLine> told) {
        var view = new View(Map.copyOf(levels), told);
        views.add(view);
        return () -> {
            tellDropped();
            views.removeIf(other -> other == view);
        };
    }

    @Override
    public List<LogLine> since(Instant time) {
        tellDropped();
        synchronized (this) {
            return lines.stream().filter(line -> !line.time().isBefore(time)).toList();
        }
    }

    private void tellDropped() {
        var told = new ArrayList<LogLine>();
        synchronized (this) {
            rates.values().forEach(rate -> dropped(rate).ifPresent(told::add));
        }
        told.forEach(this::show);
    }

    @Override
    public Plugins.Lease catchPrints() {
        var out = System.out;
        var err = System.err;
        var caughtOut = new PrintStream(new Prints(this, "System.out", out), true);
        var caughtErr = new PrintStream(new Prints(this, "System.err", err), true);
        System.setOut(caughtOut);
        System.setErr(caughtErr);
        return () -> {
            // Not if somebody else has replaced it meanwhile.
            if (System.out == caughtOut) {
                System.setOut(out);
            }
            if (System.err == caughtErr) {
                System.setErr(err);
            }
        };
    }
}
