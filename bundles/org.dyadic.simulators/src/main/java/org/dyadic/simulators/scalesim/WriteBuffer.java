package org.dyadic.simulators.scalesim;

import java.util.ArrayDeque;

/**
 * How SCALE-Sim empties the output buffer: in lines as wide as the array, a line a cycle. When less
 * than half of the buffer is free, the line begun is closed and half a buffer leaves. Padding of a
 * line that was closed early counts as results unless it is the last to leave: the program's own
 * slip, which makes writes exceed the results.
 *
 * <p>The array never waits: results come no faster than lines leave, and a drain starts with half
 * the buffer free.
 */
final class WriteBuffer {

    /** Bytes that a buffer must have, for its half to hold an element. */
    static final int LEAST_BYTES = 2;

    private final Demand results;
    private final long width;
    private final long reserve;
    private final long half;

    /** Lines of each stretch between two closings, and the elements that its last line lacks. */
    private final ArrayDeque<long[]> waiting = new ArrayDeque<>();

    private long free;
    private long stored;
    private long written;
    private long begin = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;

    /** Cycle in which the last line of the running drain leaves. */
    private long drainEnd;

    private WriteBuffer(Demand results, long bytes, long width) {
        this.results = results;
        this.width = width;
        this.free = bytes;
        this.half = bytes / 2;
        this.reserve = bytes - half;
    }

    /**
     * What goes over the off-chip interface.
     *
     * @param bytes of the buffer, an element each
     * @param width of the array in columns
     * @param lastCycle of computing
     */
    static Transfer transfer(Demand results, long bytes, long width, long lastCycle) {
        return new WriteBuffer(results, bytes, width).transfer(lastCycle);
    }

    private Transfer transfer(long lastCycle) {
        while (true) {
            // The first result that finds too little free, while no drain is running.
            long next = Math.max(stored + Math.max(0, free - reserve), results.before(drainEnd));
            if (next >= results.count()) {
                break;
            }
            close(next + 1);
            drain(results.cycle(next));
        }
        close(results.count());
        for (long cycle = lastCycle; !waiting.isEmpty(); cycle = drainEnd + 1) {
            drain(cycle);
        }
        return new Transfer(begin, end, written);
    }

    /** Stores results up to some number and closes the line begun. */
    private void close(long upTo) {
        long elements = upTo - stored;
        stored = upTo;
        free -= elements;
        if (elements > 0) {
            long lines = (elements + width - 1) / width;
            waiting.add(new long[] {lines, lines * width - elements});
        }
    }

    private void drain(long cycle) {
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
        begin = Math.min(begin, cycle);
        drainEnd = cycle + lines - 1;
        end = Math.max(end, drainEnd);
    }
}
