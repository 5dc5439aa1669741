package org.dyadic.api.diagnostic;

import java.util.Locale;

/** Every kind of diagnostic there is, with its severity and one line on what it means. */
public enum IssueCode {
    SYNTAX(Severity.ERROR, "the text does not follow the grammar"),
    UNRESOLVED_NAME(Severity.ERROR, "a name that no declaration has"),
    DUPLICATE_NAME(Severity.ERROR, "two declarations of one name"),
    SHADOWED_NAME(Severity.WARNING, "a declaration that hides an imported one"),
    CYCLIC_EXTENDS(Severity.ERROR, "a declaration that extends itself, perhaps through others"),
    UNRESOLVED_IMPORT(Severity.ERROR, "an import of a file that is not there"),
    IMPORT_CYCLE(Severity.WARNING, "files that import each other in a circle"),
    UNKNOWN_PLUGIN(
            Severity.ERROR, "a quantizer, backend, simulator or format that is not installed"),
    UNKNOWN_SETTING(Severity.ERROR, "a setting that the plugin does not declare"),
    DUPLICATE_SETTING(Severity.ERROR, "one setting given twice"),
    MISSING_SETTING(Severity.ERROR, "a setting without default that was not given"),
    WRONG_TYPE(Severity.ERROR, "a value of another type than the setting takes"),
    WRONG_UNIT(Severity.ERROR, "a unit of another dimension than the setting takes"),
    UNKNOWN_UNIT(Severity.ERROR, "a unit nobody knows"),
    OUT_OF_RANGE(Severity.ERROR, "a number outside the range of the setting"),
    MISSING_PART(Severity.ERROR, "a declaration lacks a part that it must have"),
    UNREADABLE_FILE(Severity.ERROR, "a model or data file is missing, damaged or not understood"),
    UNSUPPORTED_OPERATOR(Severity.ERROR, "a model uses an operator that is not supported"),
    NO_WEIGHTS(Severity.ERROR, "accuracy was asked of a network without trained weights"),
    SHAPE_MISMATCH(Severity.ERROR, "the data set does not fit the input of the network"),
    RULE_WITHOUT_LAYER(Severity.ERROR, "a policy rule that matches no layer of the network"),
    NO_CALIBRATION(
            Severity.ERROR, "activations are to be quantized but there is nothing to calibrate on"),
    DEGRADED(Severity.WARNING, "something cannot work here, and something slower takes its place"),
    INFEASIBLE(Severity.WARNING, "an accelerator cannot execute a policy"),
    NARROW_ACCUMULATOR(
            Severity.WARNING, "some image may have sums that do not fit the accumulator"),
    CLOCK_TOO_FAST(
            Severity.WARNING, "a clock that the elements of the array are modelled not to reach"),
    NOT_EXPORTABLE(Severity.ERROR, "a policy that has no form in integers, such as float layers"),
    LEFT_OUT(Severity.WARNING, "something in an imported file that is not done here"),
    PLUGIN_FAILED(Severity.ERROR, "a plugin threw or returned something impossible"),
    EXPECTATION_MISSED(Severity.ERROR, "a limit stated by the experiment was not met"),
    UNUSED_NAME(Severity.WARNING, "a declaration nobody uses"),
    DEPRECATED_WORD(Severity.WARNING, "a word that is another now; it goes on working");

    private final Severity severity;
    private final String meaning;

    IssueCode(Severity severity, String meaning) {
        this.severity = severity;
        this.meaning = meaning;
    }

    /** How bad it is; the same wherever the code occurs. */
    public Severity severity() {
        return severity;
    }

    /** One line for documentation. */
    public String meaning() {
        return meaning;
    }

    /** The code as printed in brackets: {@code unknown-plugin}. Permanent. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
