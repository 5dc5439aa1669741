package org.dyadic.api.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosticTest {

    private static final Position AT = new Position("a.dyadic", 3, 7, 2);

    @Test
    void printsAsEditorsFollowIt() {
        assertThat(Diagnostic.at(AT, IssueCode.WRONG_UNIT, "5 V is a voltage"))
                .hasToString("a.dyadic:3:7: error: 5 V is a voltage [wrong-unit]");
        assertThat(Diagnostic.at(AT, IssueCode.UNUSED_NAME, "nobody uses A"))
                .hasToString("a.dyadic:3:7: warning: nobody uses A [unused-name]");
    }

    @Test
    void printsWithoutPlaceWhereThereIsNone() {
        assertThat(Diagnostic.nowhere(IssueCode.PLUGIN_FAILED, "upot threw"))
                .hasToString("error: upot threw [plugin-failed]");
    }

    @Test
    void onlyAnErrorIsOne() {
        assertThat(Diagnostic.nowhere(IssueCode.SYNTAX, "x").isError()).isTrue();
        assertThat(Diagnostic.nowhere(IssueCode.INFEASIBLE, "x").isError()).isFalse();
    }

    @Test
    void refusesToSayNothing() {
        assertThatThrownBy(() -> Diagnostic.nowhere(IssueCode.SYNTAX, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a diagnostic needs a message");
        assertThatThrownBy(() -> new Diagnostic(null, Optional.empty(), "x"))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Diagnostic.at(null, IssueCode.SYNTAX, "x"))
                .isInstanceOf(NullPointerException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0", "1, 0, 0", "1, 1, -1"})
    void aPlaceCountsFromOneAndNamesWhatDoesNot(int line, int column, int length) {
        assertThatThrownBy(() -> new Position("a", line, column, length))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "line and column count from 1, was %d:%d length %d", line, column, length);
    }

    @Test
    void aWholeFileIsPointedAtByItsStart() {
        assertThat(Position.startOf("a"))
                .isEqualTo(new Position("a", 1, 1, 0))
                .hasToString("a:1:1");
    }

    @Test
    void placesAreOrderedAsTheTextIs() {
        var ordered =
                List.of(
                        Position.startOf("a"),
                        new Position("a", 1, 2, 0),
                        new Position("a", 2, 1, 0),
                        new Position("a", 2, 1, 5),
                        new Position("a", 10, 1, 0),
                        Position.startOf("b"));
        for (int i = 0; i < ordered.size(); i++) {
            for (int j = 0; j < ordered.size(); j++) {
                assertThat(Integer.signum(ordered.get(i).compareTo(ordered.get(j))))
                        .as("%s, %s", ordered.get(i), ordered.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void anUnreadableFileCarriesItsCode() {
        assertThat(new UnreadableFileException("x.onnx ends early").code())
                .isEqualTo(IssueCode.UNREADABLE_FILE);
        var other = new UnreadableFileException(IssueCode.UNSUPPORTED_OPERATOR, "no Loop");
        assertThat(other.code()).isEqualTo(IssueCode.UNSUPPORTED_OPERATOR);
        assertThat(other).hasMessage("no Loop");
    }
}
