package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static final long SECOND = 1_000_000_000;

    private final Fixture fixture = new Fixture();
    private final AtomicLong now = new AtomicLong();

    private ProgressDisplay display(boolean quiet) {
        return new ProgressDisplay(fixture.terminal(), quiet, () -> false, now::get);
    }

    @Test
    void aBarShowsHowMuchIsDoneHowFastAndWhatIsLeft() {
        assertThat(ProgressDisplay.bar("execute", 25, 100, "images", 2.5, 79))
                .isEqualTo(
                        "execute  [======>                  ]  25 of 100 images, 2.5 images/s, 30 s left")
                .hasSizeLessThan(80);
    }

    @Test
    void aPaceThatIsNotKnownIsNotShown() {
        assertThat(ProgressDisplay.bar("execute", 1, 100, "images", 0, 79))
                .endsWith("]  1 of 100 images");
    }

    @Test
    void timeLeftIsInAUnitThatFits() {
        assertThat(ProgressDisplay.bar("s", 0, 99, "images", 1, 79)).endsWith(", 99 s left");
        assertThat(ProgressDisplay.bar("s", 0, 600, "images", 1, 79)).endsWith(", 10 min left");
        assertThat(ProgressDisplay.bar("s", 0, 72_000, "images", 10, 79)).endsWith(", 2 h left");
        assertThat(ProgressDisplay.bar("s", 99, 100, "images", 2, 79)).doesNotContain("left");
    }

    @Test
    void aBarFitsANarrowTerminal() {
        for (int width = 1; width < 100; width++) {
            assertThat(ProgressDisplay.bar("calibrate FourBit", 25, 100, "nodes", 2.5, width))
                    .hasSizeLessThanOrEqualTo(width);
        }
        assertThat(ProgressDisplay.bar("calibrate FourBit", 25, 100, "nodes", 2.5, 24))
                .startsWith("25 %  calibrate FourBit");
    }

    @Test
    void onATerminalTheBarLeavesNothingBehind() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("load", 1, 4, "images");
            now.addAndGet(SECOND);
            display.advance("load", 2, 4, "images");
            display.advance("load", 4, 4, "images");
        }
        assertThat(fixture.err()).contains("\rload  [").endsWith("\r\033[K").doesNotContain("\n");
    }

    @Test
    void aFindingTakesTheLineOfTheBar() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.onFinding(found -> fixture.terminal().err().println(found.message()));
            display.advance("load", 1, 4, "images");
            display.found(Diagnostic.nowhere(IssueCode.NARROW_ACCUMULATOR, "too narrow"));
        }
        assertThat(fixture.err()).contains("load  [").endsWith("\r\033[Ktoo narrow\n");
    }

    @Test
    void theBarIsNotRedrawnAllTheTime() {
        fixture.interactive = true;
        try (var display = display(false)) {
            for (int i = 0; i < 1_000; i++) {
                now.addAndGet(SECOND / 1_000);
                display.advance("load", i, 1_000, "images");
            }
        }
        assertThat(fixture.err().chars().filter(c -> c == '[').count()).isBetween(5L, 40L);
    }

    @Test
    void withoutTerminalThereAreNoControlCharacters() {
        try (var display = display(false)) {
            display.advance("load", 1, 2, "images");
            now.addAndGet(3 * SECOND / 2);
            display.advance("load", 2, 2, "images");
        }
        assertThat(fixture.err()).isEqualTo("load: 2 images in 1.5 s, 1.3 images/s\n");
    }

    @Test
    void withoutTerminalALongStageTellsNowAndThenHowFarItIs() {
        try (var display = display(false)) {
            for (int tenth = 0; tenth < 3_000; tenth++) {
                display.advance("execute", 10 * tenth, 30_000, "images");
                now.addAndGet(SECOND / 10);
            }
        }
        assertThat(fixture.err().lines())
                .containsExactly(
                        "execute: 1000 of 30000 images, 100 images/s, 5 min left",
                        "execute: 2000 of 30000 images, 100 images/s, 5 min left",
                        "execute: 4000 of 30000 images, 100 images/s, 4 min left",
                        "execute: 8000 of 30000 images, 100 images/s, 4 min left",
                        "execute: 14000 of 30000 images, 100 images/s, 3 min left",
                        "execute: 20000 of 30000 images, 100 images/s, 2 min left",
                        "execute: 26000 of 30000 images, 100 images/s, 40 s left");
    }

    @Test
    void theLineTellsThePaceOfLateNotThatOfTheStart() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("execute", 0, 10_000, "images");
            now.addAndGet(SECOND / 2);
            display.advance("execute", 1, 10_000, "images");
            assertThat(fixture.err()).contains("1 of 10000").doesNotContain("images/s");
            for (int second = 1; second <= 60; second++) {
                now.addAndGet(SECOND);
                display.advance("execute", second <= 50 ? second : 100 * second, 10_000, "images");
            }
        }
        assertThat(fixture.err()).endsWith("100 images/s, 40 s left\033[K\r\033[K");
    }

    @Test
    void aThreadThatWasOvertakenDoesNotTurnProgressBack() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("execute", 20, 100, "images");
            now.addAndGet(SECOND);
            display.advance("execute", 10, 100, "images");
        }
        assertThat(fixture.err()).doesNotContain("10 of 100").contains("20 of 100");
    }

    @Test
    void aLateThreadDoesNotReopenAStage() {
        fixture.interactive = true;
        try (var display = display(false)) {
            display.advance("load", 4, 4, "images");
            now.addAndGet(SECOND);
            display.advance("load", 3, 4, "images");
        }
        assertThat(fixture.err()).isEmpty();
    }

    @Test
    void aStageThatStartsAgainIsShownAgain() {
        try (var display = display(false)) {
            for (int accelerator = 0; accelerator < 2; accelerator++) {
                display.advance("execute", 0, 4, "images");
                display.advance("execute", 4, 4, "images");
            }
        }
        assertThat(fixture.err()).isEqualTo("execute: 4 images in 0.0 s\n".repeat(2));
    }

    @Test
    void workThatWasLeftBehindShowsNothing() {
        var display = display(false);
        display.close();
        display.advance("execute", 4, 4, "images");
        assertThat(fixture.err()).isEmpty();
    }

    @Test
    void quietShowsNothing() {
        try (var display = display(true)) {
            display.advance("load", 2, 2, "images");
        }
        assertThat(fixture.err()).isEmpty();
    }
}
