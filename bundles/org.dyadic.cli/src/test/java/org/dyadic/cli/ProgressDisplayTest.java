package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static final long SECOND = 1_000_000_000;

    private final Fixture fixture = new Fixture();
    private final AtomicLong now = new AtomicLong();

    private ProgressDisplay display(boolean quiet) {
        return new ProgressDisplay(fixture.terminal(), quiet, () -> false, now::get);
    }

    @Test
    void aBarShowsShareAndTimeLeft() {
        assertThat(ProgressDisplay.bar("execute", 25, 100, 10, 80))
                .isEqualTo("execute  [==========>                             ]  25 %  30 s left");
    }

    @Test
    void lessThanASecondLeftIsNotWorthSaying() {
        assertThat(ProgressDisplay.bar("execute", 99, 100, 10, 80)).doesNotContain("left");
    }

    @Test
    void aBarFitsANarrowTerminal() {
        for (int width = 1; width < 100; width++) {
            assertThat(ProgressDisplay.bar("calibrate FourBit", 25, 100, 10, width))
                    .hasSizeLessThanOrEqualTo(width);
        }
        assertThat(ProgressDisplay.bar("calibrate FourBit", 25, 100, 10, 24))
                .isEqualTo("25 %  calibrate FourBit");
    }

    @Test
    void onATerminalTheBarLeavesNothingBehind() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("load", 1, 4);
            now.addAndGet(SECOND);
            display.advance("load", 2, 4);
            display.advance("load", 4, 4);
        }
        assertThat(fixture.err()).contains("\rload  [").endsWith("\r\033[K").doesNotContain("\n");
    }

    @Test
    void theBarIsNotRedrawnAllTheTime() {
        fixture.interactive = true;
        try (var display = display(false)) {
            for (int i = 0; i < 1_000; i++) {
                now.addAndGet(SECOND / 1_000);
                display.advance("load", i, 1_000);
            }
        }
        assertThat(fixture.err().chars().filter(c -> c == '[').count()).isBetween(5L, 40L);
    }

    @Test
    void withoutTerminalThereAreNoControlCharacters() {
        try (var display = display(false)) {
            display.advance("load", 1, 2);
            now.addAndGet(3 * SECOND / 2);
            display.advance("load", 2, 2);
        }
        assertThat(fixture.err()).isEqualTo("load: 2 done in 1.5 s\n");
    }

    @Test
    void aLateThreadDoesNotReopenAStage() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("load", 4, 4);
            now.addAndGet(SECOND);
            display.advance("load", 3, 4);
        }
        assertThat(fixture.err()).isEmpty();
    }

    @Test
    void quietShowsNothing() {
        try (var display = display(true)) {
            display.advance("load", 2, 2);
        }
        assertThat(fixture.err()).isEmpty();
    }
}
