package org.dyadic.api.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessTest {

    private static final List<String> PLUGINS =
            List.of("apot", "uniform", "upot", "shift-array", "s");

    @ParameterizedTest
    @CsvSource({
        "uppot, upot", // a letter too many
        "upt, upot", // one too few
        "upit, upot", // one wrong
        "puot, upot", // two swapped
        "UPOT, upot", // letter case alone
        "uniforme, uniform",
        "unyfrom, uniform", // a wrong one and a swap
        "shiftarray, shift-array",
        "shift_arry, shift-array"
    })
    void findsTheWordAUserMeant(String written, String meant) {
        assertThat(Guess.nearest(written, PLUGINS)).contains(meant);
        assertThat(Guess.suggestion(written, PLUGINS)).isEqualTo(" Did you mean " + meant + "?");
    }

    @ParameterizedTest
    @CsvSource({"systolic", "unif", "x", "''", "up"})
    void keepsSilentWhenNothingIsNear(String written) {
        assertThat(Guess.nearest(written, PLUGINS)).isEmpty();
        assertThat(Guess.suggestion(written, PLUGINS)).isEmpty();
    }

    @Test
    void prefersTheNearestAndOfEquallyNearTheFirstInTheAlphabet() {
        assertThat(Guess.nearest("weighs", List.of("heights", "weights"))).contains("weights");
        assertThat(Guess.nearest("bpot", List.of("upot", "apot"))).contains("apot");
        assertThat(Guess.nearest("apot", List.of("upot", "apot"))).contains("apot");
    }

    @Test
    void hasNoGuessAmongNothing() {
        assertThat(Guess.nearest("x", List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"uppot, upot", "weighs, weights"})
    void isFoundAgainInTheMessage(String written, String meant) {
        var message =
                "unknown '" + written + "'." + Guess.suggestion(written, List.of(meant, "other"));
        assertThat(Guess.suggestedIn(message)).contains(meant);
        assertThat(Guess.suggestedIn("unknown '" + written + "'.")).isEmpty();
    }
}
