package org.dyadic.api.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "conv1, conv1",
                "conv*, conv1",
                "conv*, conv",
                "*, anything at all",
                "*, ``",
                "``, ``",
                "*.conv2, layer1.0.conv2",
                "layer*.conv*, layer1.0.conv2",
                "*a*b*, xaxbx",
                "**, x",
                "/features/*/Conv, /features/features.0/Conv",
                "a.b, a.b",
                "a[0]$, a[0]$",
                "(a|b)+?^{2}, (a|b)+?^{2}",
                "\\d\\Q\\E*, \\d\\Q\\E and more",
                "µ*, µ1"
            })
    void aPatternMatchesTheWholeName(String pattern, String name) {
        assertThat(new Selector.Named(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "conv, conv1",
                "conv1, xconv1",
                "conv*, Conv1",
                "*.conv2, conv2",
                "*a*b*, xbxa",
                "a.b, axb",
                "[ab], a",
                "a|b, a",
                "\\d, 1",
                "``, x",
                "a?, ab"
            })
    void andNothingElse(String pattern, String name) {
        assertThat(new Selector.Named(pattern).matches(name)).isFalse();
    }

    @Test
    void aStarStandsForALineBreakToo() {
        assertThat(new Selector.Named("a*b").matches("a\nb")).isTrue();
    }

    @Test
    void printsAsInAFile() {
        assertThat(new Selector.Every()).hasToString("default");
        assertThat(new Selector.Classed(LayerClass.DEPTHWISE)).hasToString("depthwise");
        assertThat(new Selector.Named("conv*")).hasToString("\"conv*\"");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> new Selector.Named(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new Selector.Classed(null))
                .isInstanceOf(NullPointerException.class);
    }
}
