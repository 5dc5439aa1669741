package org.dyadic.workbench.log;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * Events for Java Flight Recorder: {@code org.dyadic.Stage} for each stage of a run, {@code
 * org.dyadic.PluginCall} for each call of a plugin. They cost next to nothing as long as nobody
 * records, and nothing is recorded where Java comes without the module {@code jdk.jfr}, or where a
 * framework hides {@code jdk.jfr.internal}, which Java writes into classes of events: it must be in
 * {@code org.osgi.framework.bootdelegation}.
 */
public final class Recorder {

    private static volatile boolean usable = available();
    private static final Event NOTHING = () -> {};

    private Recorder() {}

    /** Something that has begun. */
    public interface Event {
        /** It has ended; if anybody records, the event is written. */
        void end();
    }

    private static boolean available() {
        try {
            return jdk.jfr.FlightRecorder.isAvailable();
        } catch (LinkageError absent) {
            return false;
        }
    }

    static Event call(String plugin, String doing, Calls.Origin from) {
        return begun(() -> Events.call(plugin, doing, from));
    }

    /** A stage of a run begins. */
    public static Event stage(String experiment, String stage) {
        return begun(() -> Events.stage(experiment, stage));
    }

    private static Event begun(Supplier<Event> begin) {
        if (!usable) {
            return NOTHING;
        }
        try {
            return begin.get();
        } catch (LinkageError hidden) {
            usable = false;
            return NOTHING;
        }
    }

    /** Apart, so that it is not loaded where there is no jdk.jfr. */
    private static final class Events {

        static Event call(String plugin, String doing, Calls.Origin from) {
            var event = new CallEvent();
            if (!event.isEnabled()) {
                return NOTHING;
            }
            int space = plugin.indexOf(' ');
            event.kind = space < 0 ? plugin : plugin.substring(0, space);
            event.plugin = plugin.substring(space + 1);
            event.doing = doing;
            event.bundle = from.bundle();
            event.version = from.version();
            event.begin();
            return event::commit;
        }

        static Event stage(String experiment, String stage) {
            var event = new StageEvent();
            if (!event.isEnabled()) {
                return NOTHING;
            }
            event.experiment = experiment;
            event.stage = stage;
            event.begin();
            return event::commit;
        }
    }

    @Name("org.dyadic.PluginCall")
    @Label("Plugin Call")
    @Description("A call of a plugin, from its begin to its answer, its failure or its time limit")
    @Category("Dyadic")
    @StackTrace(false)
    static final class CallEvent extends jdk.jfr.Event {
        @Label("Kind")
        String kind;

        @Label("Plugin")
        String plugin;

        @Label("Doing")
        String doing;

        @Label("Bundle")
        String bundle;

        @Label("Version")
        String version;
    }

    @Name("org.dyadic.Stage")
    @Label("Stage")
    @Description("A stage of a run")
    @Category("Dyadic")
    @StackTrace(false)
    static final class StageEvent extends jdk.jfr.Event {
        @Label("Experiment")
        String experiment;

        @Label("Stage")
        String stage;
    }
}
