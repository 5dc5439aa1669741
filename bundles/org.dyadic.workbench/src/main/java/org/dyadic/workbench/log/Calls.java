package org.dyadic.workbench.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.workbench.PluginHealth;

/**
 * Which plugins were called in this process, how often and for how long, and which one is at work
 * in a thread. It knows plugins by their names alone, so that nothing keeps a replaced one in
 * memory.
 */
public final class Calls {

    // A thread that a plugin starts works for the plugin.
    private static final InheritableThreadLocal<String> AT_WORK = new InheritableThreadLocal<>();

    private static final Map<String, Tally> TALLIES = new ConcurrentHashMap<>();
    private static final Map<String, Origin> ORIGINS = new ConcurrentHashMap<>();
    private static final Origin UNKNOWN = new Origin("", "");

    private Calls() {}

    /** The bundle that a plugin is from; empty if that is not known. */
    public record Origin(String bundle, String version) {}

    private static final class Tally {
        final LongAdder calls = new LongAdder();
        final LongAdder nanos = new LongAdder();
        volatile String lastFailure;
    }

    /** A call that is under way; ended by the thread that began it. */
    public static final class Call {
        private final String plugin;
        private final long start = System.nanoTime();
        private final Recorder.Event event;

        private Call(String plugin, String doing) {
            this.plugin = plugin;
            this.event = Recorder.call(plugin, doing, origin(plugin));
        }

        /** The call has answered, failed, or been given up. */
        public void end() {
            var tally = tally(plugin);
            tally.calls.increment();
            tally.nanos.add(System.nanoTime() - start);
            event.end();
        }
    }

    /** A plugin is called. */
    public static Call begin(String plugin, String doing) {
        return new Call(plugin, doing);
    }

    /** A call of a plugin did not do what it should. */
    public static void failed(String plugin, String why) {
        tally(plugin).lastFailure = why;
    }

    /** Names the plugin that this thread, and threads that it starts, work for. */
    public static void enter(String plugin) {
        AT_WORK.set(plugin);
    }

    /** This thread works for no plugin any more. */
    public static void leave() {
        AT_WORK.remove();
    }

    /** The plugin at work in this thread, if any. */
    static Optional<String> atWork() {
        return Optional.ofNullable(AT_WORK.get());
    }

    /** Tells which bundle a plugin is from. */
    public static void comesFrom(String plugin, String bundle, String version) {
        ORIGINS.put(plugin, new Origin(bundle, version));
    }

    static Origin origin(String plugin) {
        return ORIGINS.getOrDefault(plugin, UNKNOWN);
    }

    private static Tally tally(String plugin) {
        return TALLIES.computeIfAbsent(plugin, name -> new Tally());
    }

    /** Of every plugin that was called or failed, by name. */
    public static List<PluginHealth> health() {
        return new TreeMap<>(TALLIES)
                .entrySet().stream()
                        .map(
                                entry ->
                                        new PluginHealth(
                                                entry.getKey(),
                                                entry.getValue().calls.sum(),
                                                entry.getValue().nanos.sum() * 1e-9,
                                                Optional.ofNullable(entry.getValue().lastFailure)))
                        .toList();
    }
}
