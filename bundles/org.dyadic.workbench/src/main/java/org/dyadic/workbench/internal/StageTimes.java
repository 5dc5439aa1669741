package org.dyadic.workbench.internal;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dyadic.api.report.PluginTime;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.workbench.log.Calls;
import org.dyadic.workbench.log.Journal;
import org.dyadic.workbench.log.Recorder;

/**
 * Where the time of a run goes: to which stage, and in it to which plugins. The latter is what the
 * whole process spent on them meanwhile, and left unsaid if another run was under way.
 */
final class StageTimes implements AutoCloseable {

    private static final AtomicInteger UNDER_WAY = new AtomicInteger();
    private static final AtomicLong BEGUN = new AtomicLong();

    private final String experiment;
    private final Journal journal;
    private final Map<String, Double> stages = new LinkedHashMap<>();
    private final Map<String, Map<String, PluginTime>> plugins = new LinkedHashMap<>();
    private final boolean alone;
    private final long number;

    /** A run begins. */
    StageTimes(String experiment, Journal journal) {
        this.experiment = experiment;
        this.journal = journal;
        number = BEGUN.incrementAndGet();
        alone = UNDER_WAY.incrementAndGet() == 1;
    }

    /** Does a part of a stage. Stages follow each other; they are not nested. */
    <T> T of(String stage, Supplier<T> work) {
        var before = health();
        var event = Recorder.stage(experiment, stage);
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            double seconds = (System.nanoTime() - start) * 1e-9;
            event.end();
            stages.merge(stage, seconds, Double::sum);
            add(stage, before);
            journal.tell(
                    "run",
                    Level.INFO,
                    String.format(Locale.ROOT, "%s: %s took %.3f s", experiment, stage, seconds),
                    null);
        }
    }

    private static Map<String, PluginHealth> health() {
        return Calls.health().stream()
                .collect(Collectors.toMap(PluginHealth::plugin, health -> health));
    }

    private void add(String stage, Map<String, PluginHealth> before) {
        var times = plugins.computeIfAbsent(stage, name -> new LinkedHashMap<>());
        for (var now : Calls.health()) {
            var then = before.get(now.plugin());
            long calls = now.calls() - (then == null ? 0 : then.calls());
            double seconds = now.seconds() - (then == null ? 0 : then.seconds());
            if (calls > 0) {
                times.merge(
                        now.plugin(),
                        new PluginTime(stage, now.plugin(), calls, seconds),
                        (one, more) ->
                                new PluginTime(
                                        stage,
                                        one.plugin(),
                                        one.calls() + more.calls(),
                                        one.seconds() + more.seconds()));
            }
        }
    }

    /** Seconds by stage, in the order in which they came first. */
    Map<String, Double> stages() {
        return stages;
    }

    /** By stage and then by plugin. */
    List<PluginTime> plugins() {
        if (!alone || BEGUN.get() != number) {
            return List.of();
        }
        var all = new ArrayList<PluginTime>();
        plugins.values().forEach(times -> all.addAll(times.values()));
        return all;
    }

    /** The run ends. */
    @Override
    public void close() {
        UNDER_WAY.decrementAndGet();
    }
}
