package org.dyadic.simulators.scalesim;

import java.util.ArrayDeque;

/**
 * How SCALE-Sim empties the output buffer: in lines as wide as the interface, a line a cycle. When
 * less than half of the buffer is free, the line begun is closed and half a buffer leaves. Padding
 * of a line that was closed early counts as results unless it is the last to leave: the program's
 * own slip, which makes writes exceed the results.
 */
final class WriteBuffer {

    /** Bytes that a buffer must have, for its half to hold an element. */
    static final int LEAST_BYTES = 2;

    private WriteBuffer() {}

    /**
     * What goes over an interface as wide as the array. The array never waits: results come no
     * faster than lines leave, and a drain starts with half the buffer free.
     *
     * @param bytes of the buffer, an element each
     * @param width of the array in columns
     * @param lastCycle of computing
     */
    static Transfer transfer(Demand results, long bytes, long width, long lastCycle) {
        var lines = new Lines(bytes, width);
        long reserve = bytes - bytes / 2;
        long stored = 0;
        while (true) {
            // The first result that finds too little free, while no drain is running.
            long next =
                    Math.max(
                            stored + Math.max(0, lines.free() - reserve),
                            results.before(lines.drainEnd()));
            if (next >= results.count()) {
                break;
            }
            lines.store(next + 1 - stored);
            stored = next + 1;
            lines.close();
            lines.drain(results.cycle(next));
        }
        lines.store(results.count() - stored);
        lines.empty(lastCycle);
        return lines.transfer();
    }

    /** What is stored and has not left. */
    static final class Lines {

        private final long width;
        private final long half;

        /** Lines of each stretch between two closings, and what the last of them lacks. */
        private final ArrayDeque<long[]> waiting = new ArrayDeque<>();

        private long begun;
        private long free;
        private long written;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long drainEnd;

        Lines(long bytes, long width) {
            this.width = width;
            this.free = bytes;
            this.half = bytes / 2;
        }

        long free() {
            return free;
        }

        /** Cycle in which the last line of the latest drain leaves. */
        long drainEnd() {
            return drainEnd;
        }

        void store(long elements) {
            begun += elements;
            free -= elements;
        }

        /** Closes the line begun. */
        void close() {
            if (begun > 0) {
                long lines = (begun + width - 1) / width;
                waiting.add(new long[] {lines, lines * width - begun});
                begun = 0;
            }
        }

        /** Lets half a buffer leave from a cycle on. */
        void drain(long cycle) {
            long wanted = (half + width - 1) / width;
            long lines = 0;
            long lacking = 0;
            while (lines < wanted && !waiting.isEmpty()) {
                var stretch = waiting.peek();
                long taken = Math.min(stretch[0], wanted - lines);
                lines += taken;
                stretch[0] -= taken;
                lacking = 0;
                if (stretch[0] == 0) {
                    lacking = stretch[1];
                    waiting.remove();
                }
            }
            long elements = lines * width - lacking;
            written += elements;
            free += elements;
            first = Math.min(first, cycle);
            drainEnd = cycle + lines - 1;
            last = Math.max(last, drainEnd);
        }

        /** Lets all leave, from a cycle on. */
        void empty(long cycle) {
            close();
            for (long from = cycle; !waiting.isEmpty(); from = drainEnd + 1) {
                drain(from);
            }
        }

        Transfer transfer() {
            return new Transfer(first, last, written);
        }
    }
}
