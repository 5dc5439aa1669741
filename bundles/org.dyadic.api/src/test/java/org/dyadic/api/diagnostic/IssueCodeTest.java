package org.dyadic.api.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssueCodeTest {

    /** Users search for these and suppress by them: a code may be added, none may change. */
    @Test
    void codesArePermanent() {
        assertThat(Arrays.stream(IssueCode.values()).map(IssueCode::id))
                .containsExactly(
                        "syntax",
                        "unresolved-name",
                        "duplicate-name",
                        "shadowed-name",
                        "cyclic-extends",
                        "unresolved-import",
                        "import-cycle",
                        "unknown-plugin",
                        "unknown-setting",
                        "duplicate-setting",
                        "missing-setting",
                        "wrong-type",
                        "wrong-unit",
                        "unknown-unit",
                        "out-of-range",
                        "missing-part",
                        "unreadable-file",
                        "unsupported-operator",
                        "no-weights",
                        "shape-mismatch",
                        "rule-without-layer",
                        "no-calibration",
                        "degraded",
                        "infeasible",
                        "narrow-accumulator",
                        "clock-too-fast",
                        "not-exportable",
                        "left-out",
                        "plugin-failed",
                        "expectation-missed",
                        "unused-name",
                        "deprecated-word");
    }

    @Test
    void onlyTheseLetARunGoOn() {
        assertThat(IssueCode.values())
                .filteredOn(code -> code.severity() != Severity.ERROR)
                .containsExactly(
                        IssueCode.SHADOWED_NAME,
                        IssueCode.IMPORT_CYCLE,
                        IssueCode.DEGRADED,
                        IssueCode.INFEASIBLE,
                        IssueCode.NARROW_ACCUMULATOR,
                        IssueCode.CLOCK_TOO_FAST,
                        IssueCode.LEFT_OUT,
                        IssueCode.UNUSED_NAME,
                        IssueCode.DEPRECATED_WORD);
    }

    @ParameterizedTest
    @EnumSource
    void everyCodeHasAMeaningInOneLine(IssueCode code) {
        assertThat(code.meaning()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    }

    @Test
    void idsAreTheSameInEveryLanguageOfTheMachine() {
        var before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr")); // whose lower-case I has no dot
            assertThat(IssueCode.INFEASIBLE.id()).isEqualTo("infeasible");
            assertThat(Diagnostic.nowhere(IssueCode.INFEASIBLE, "x").toString())
                    .startsWith("warning: ");
        } finally {
            Locale.setDefault(before);
        }
    }
}
