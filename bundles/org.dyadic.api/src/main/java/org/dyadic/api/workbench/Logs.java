package org.dyadic.api.workbench;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What plugins log through {@code org.osgi.service.log}, what they print, and what the platform
 * tells of its stages. Bounded: of each source a hundred lines a second are kept, with one that
 * says how many were dropped, and in all the latest few megabytes. Provided by the platform.
 */
@ProviderType
public interface Logs {

    /**
     * Shows lines as they come, until closed.
     *
     * @param levels the least level that is shown, by name (see {@link LogLine#isOf}; the longest
     *     name that fits counts); the empty name is for all others. Loggers answer that they are
     *     enabled for what anybody wants to see, and from INFO on.
     * @param told called from the threads of those who log; what it throws is ignored
     */
    Plugins.Lease show(Map<String, Level> levels, Consumer<LogLine> told);

    /**
     * Takes what plugins print with {@code System.out} and {@code System.err}, until closed, and
     * logs it as warnings; what others print goes where it went.
     */
    Plugins.Lease catchPrints();

    /** What is kept from that time on, in order. */
    List<LogLine> since(Instant time);

    /** Keeps nothing and shows nothing. */
    static Logs none() {
        return new Logs() {
            @Override
            public Plugins.Lease show(Map<String, Level> levels, Consumer<LogLine> told) {
                return () -> {};
            }

            @Override
            public Plugins.Lease catchPrints() {
                return () -> {};
            }

            @Override
            public List<LogLine> since(Instant time) {
                return List.of();
            }
        };
    }
}
