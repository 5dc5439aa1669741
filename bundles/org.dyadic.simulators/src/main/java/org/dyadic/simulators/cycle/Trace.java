package org.dyadic.simulators.cycle;

import java.util.List;
import java.util.Locale;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Workload;

/**
 * When each fold loads, streams and drains, in the trace event format of Chrome, which Perfetto
 * opens (ui.perfetto.dev): a process for the array, a thread each for layers, folds and their three
 * phases. A cycle is a nanosecond there, whatever the clock. Layers of many folds have several of
 * them in a slice, and no phases.
 */
final class Trace {

    /** Slices of folds in a trace; more make a viewer slow and tell an eye no more. */
    private static final int MOST_SLICES = 4096;

    private enum Lane {
        LAYERS,
        FOLDS,
        LOAD,
        STREAM,
        DRAIN;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Machine machine;
    private final List<Workload> layers;
    private final StringBuilder text = new StringBuilder();
    private boolean begun;

    Trace(Machine machine, List<Workload> layers) {
        this.machine = machine;
        this.layers = layers;
    }

    Attachment attachment() {
        text.append("{\"displayTimeUnit\":\"ns\",\"otherData\":{\"time\":\"1 ns is a cycle\"},");
        text.append("\"traceEvents\":[");
        name(
                "process",
                Lane.LAYERS,
                machine.rows()
                        + " x "
                        + machine.columns()
                        + " elements, "
                        + machine.dataflow().id()
                        + ", 1 ns is a cycle");
        for (var lane : Lane.values()) {
            name("thread", lane, lane.id());
        }
        long clock = 0;
        for (var layer : layers) {
            clock = layer(layer, clock);
        }
        return new Attachment("trace.json", text.append("\n]}\n").toString());
    }

    /** The clock at which the layer ends. */
    private long layer(Workload layer, long begin) {
        var folds = Folds.of(machine, layer);
        long pace = CycleSimulator.pace(layer);
        long count = folds.count() * layer.groups();
        long together = Math.max(1, (count * layers.size() + MOST_SLICES - 1) / MOST_SLICES);
        long each = folds.cycles() * pace;
        slice(
                Lane.LAYERS,
                layer.layer(),
                begin,
                count * each,
                "\"folds\":" + count + ",\"folds in a slice\":" + together);
        for (long fold = 0; fold < count; fold += together) {
            long clock = begin + fold * each;
            long end = Math.min(count, fold + together);
            String name =
                    end - fold == 1 ? "fold " + (fold + 1) : "folds " + (fold + 1) + " to " + end;
            slice(Lane.FOLDS, name, clock, (end - fold) * each, "\"folds\":" + (end - fold));
            if (together == 1) {
                long stream = clock + folds.load() * pace;
                long drain = stream + folds.stream() * pace;
                slice(Lane.LOAD, "load", clock, folds.load() * pace, "");
                slice(Lane.STREAM, "stream", stream, folds.stream() * pace, "");
                slice(Lane.DRAIN, "drain", drain, folds.drain() * pace, "");
            }
        }
        return begin + count * each;
    }

    private void name(String what, Lane lane, String name) {
        event().append("{\"ph\":\"M\",\"pid\":1,\"tid\":")
                .append(lane.ordinal() + 1)
                .append(",\"name\":\"")
                .append(what)
                .append("_name\",\"args\":{\"name\":")
                .append(json(name))
                .append("}}");
    }

    private void slice(Lane lane, String name, long begin, long cycles, String details) {
        if (cycles == 0) {
            return;
        }
        event().append("{\"ph\":\"X\",\"pid\":1,\"tid\":")
                .append(lane.ordinal() + 1)
                .append(",\"name\":")
                .append(json(name))
                .append(",\"ts\":")
                .append(microseconds(begin))
                .append(",\"dur\":")
                .append(microseconds(cycles))
                .append(",\"args\":{")
                .append(details)
                .append("}}");
    }

    private StringBuilder event() {
        text.append(begun ? ",\n" : "\n");
        begun = true;
        return text;
    }

    /** The unit of the format, with all its decimals. */
    private static String microseconds(long nanoseconds) {
        return nanoseconds / 1000 + String.format(Locale.ROOT, ".%03d", nanoseconds % 1000);
    }

    private static String json(String name) {
        var text = new StringBuilder("\"");
        for (char letter : name.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else if (letter < ' ') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.append('"').toString();
    }
}
