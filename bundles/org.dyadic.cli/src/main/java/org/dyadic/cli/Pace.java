package org.dyadic.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How fast something goes: over the last seconds, so that neither a slow start nor what was easy
 * long ago is taken for what is to come.
 */
final class Pace {

    private static final long WINDOW_NANOS = 5_000_000_000L;

    /** What is shorter says nothing yet. */
    private static final long SHORTEST_NANOS = 1_000_000_000L;

    private static final long MARK_NANOS = 100_000_000L;

    private record Mark(long nanos, long done) {}

    private final Deque<Mark> marks = new ArrayDeque<>();

    /** So much is done now. */
    void mark(long nanos, long done) {
        if (marks.isEmpty() || nanos - marks.getLast().nanos() >= MARK_NANOS) {
            marks.add(new Mark(nanos, done));
        }
        // The last mark before the window stays, so that what takes longer has a pace as well.
        while (marks.size() > 1 && nanos - second().nanos() >= WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    private Mark second() {
        var all = marks.iterator();
        all.next();
        return all.next();
    }

    /** So much a second, of late; nothing as long as that is a guess. */
    OptionalDouble perSecond(long nanos, long done) {
        if (marks.isEmpty()) {
            return OptionalDouble.empty();
        }
        var since = marks.getFirst();
        long passed = nanos - since.nanos();
        return passed < SHORTEST_NANOS || done <= since.done()
                ? OptionalDouble.empty()
                : OptionalDouble.of((done - since.done()) / (passed * 1e-9));
    }
}
