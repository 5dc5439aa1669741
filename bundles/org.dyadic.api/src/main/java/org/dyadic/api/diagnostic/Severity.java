package org.dyadic.api.diagnostic;

/** How bad a diagnostic is. Only an error stops a run. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
