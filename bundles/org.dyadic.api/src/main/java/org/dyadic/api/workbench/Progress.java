package org.dyadic.api.workbench;

import org.dyadic.api.diagnostic.Diagnostic;
import org.osgi.annotation.versioning.ProviderType;

/** Where a run tells how far it is, and hears that it should stop. Called from many threads. */
@ProviderType
public interface Progress {

    /**
     * So much of a stage is done; called often, first with nothing done. The stage is finished when
     * {@code done} equals {@code total}.
     *
     * @param unit what is counted, such as {@code images}
     */
    void advance(String stage, long done, long total, String unit);

    /**
     * Something the user should know now rather than at the end; it is among the diagnostics of the
     * results too.
     */
    default void found(Diagnostic diagnostic) {}

    /** True once the user wants the run to stop; what is finished by then is kept. */
    boolean cancelled();

    /** Tells nobody and never stops. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void advance(String stage, long done, long total, String unit) {}

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
