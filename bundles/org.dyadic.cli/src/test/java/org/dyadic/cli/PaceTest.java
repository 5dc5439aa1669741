package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = 1_000_000_000;

    private final Pace pace = new Pace();
    private long now = 17 * SECOND;
    private long done;

    /** Goes on for a while, with a mark every tenth of a second. */
    private void go(double seconds, double perSecond) {
        long from = done;
        for (int tenth = 1; tenth <= Math.round(10 * seconds); tenth++) {
            now += SECOND / 10;
            done = from + Math.round(tenth * perSecond / 10);
            pace.mark(now, done);
        }
    }

    @Test
    void nothingIsSaidBeforeASecondHasPassed() {
        pace.mark(now, 0);
        assertThat(pace.perSecond(now, 0)).isEmpty();
        go(0.9, 1000);
        assertThat(pace.perSecond(now, done)).isEmpty();
        go(0.1, 1000);
        assertThat(pace.perSecond(now, done).orElseThrow()).isCloseTo(1000, within(1.0));
    }

    @Test
    void aSlowStartIsForgotten() {
        pace.mark(now, 0);
        go(20, 10);
        go(6, 500);
        assertThat(pace.perSecond(now, done).orElseThrow()).isCloseTo(500, within(1.0));
    }

    @Test
    void betweenTwoPacesItIsBetween() {
        pace.mark(now, 0);
        go(20, 100);
        go(2.5, 300);
        assertThat(pace.perSecond(now, done).orElseThrow()).isBetween(150.0, 250.0);
    }

    @Test
    void whatTakesLongerThanTheWindowHasAPaceAsWell() {
        pace.mark(now, 0);
        for (int step = 1; step <= 3; step++) {
            now += 20 * SECOND;
            pace.mark(now, step);
        }
        assertThat(pace.perSecond(now, 3).orElseThrow()).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void whatStandsStillHasNoPace() {
        pace.mark(now, 0);
        go(30, 0);
        assertThat(pace.perSecond(now, done)).isEmpty();
    }
}
