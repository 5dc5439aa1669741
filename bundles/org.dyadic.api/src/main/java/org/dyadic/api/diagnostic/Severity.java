package org.dyadic.api.diagnostic;

/** How bad a diagnostic is. Only an error stops a run. */
public enum Severity {
    /** Something must change before there can be a result. */
    ERROR,
    /** There is a result, and perhaps not the one that was meant. */
    WARNING,
    /** Good to know. */
    INFO
}
