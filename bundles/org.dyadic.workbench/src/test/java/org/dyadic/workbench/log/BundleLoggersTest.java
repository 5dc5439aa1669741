package org.dyadic.workbench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Map;
import org.dyadic.api.workbench.LogLine;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.Logger;

/** A plugin's loggers do what chapter 101 of the OSGi compendium says. */
class BundleLoggersTest {

    private final Journal journal = new Journal();
    private final BundleLoggers loggers = new BundleLoggers(journal, bundle());

    private static Bundle bundle() {
        return (Bundle)
                Proxy.newProxyInstance(
                        Bundle.class.getClassLoader(),
                        new Class<?>[] {Bundle.class},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "getSymbolicName" -> "org.acme.q";
                                    case "getVersion" -> new Version("1.2.3");
                                    default -> throw new AssertionError(method);
                                });
    }

    private LogLine only() {
        var lines = journal.since(Instant.EPOCH);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    @Test
    void aMessageIsFilledFromBraces() {
        loggers.getLogger(String.class).warn("{} of {} layers{}", 3, "ten");
        assertThat(only().message()).isEqualTo("3 of ten layers{}");
        assertThat(only().level()).isEqualTo(Level.WARNING);
        assertThat(only().logger()).isEqualTo("java.lang.String");
        assertThat(only().source()).isEqualTo("org.acme.q 1.2.3");
    }

    @Test
    void aFormatterLoggerFormatsAsPrintfDoes() {
        loggers.getLogger("a", FormatterLogger.class).error("%.1f %s %d", 1.25, "x", 7);
        assertThat(only().message()).isEqualTo("1.3 x 7");
    }

    @Test
    void theLastValueMayBeWhatWasThrown() {
        loggers.getLogger("a").info("layer {}", "conv1", new IllegalStateException("odd"));
        assertThat(only().message()).isEqualTo("layer conv1: java.lang.IllegalStateException: odd");
        assertThat(only().trace()).isPresent();
    }

    @Test
    void debugIsOffUntilSomebodyWantsIt() {
        var logger = loggers.getLogger("org.acme.q.Search", Logger.class);
        assertThat(logger.isDebugEnabled()).isFalse();
        logger.debug(
                own -> {
                    throw new AssertionError("asked");
                });
        try (var shown = journal.show(Map.of("org.acme", Level.DEBUG), line -> {})) {
            assertThat(logger.isDebugEnabled()).isTrue();
            assertThat(logger.isTraceEnabled()).isFalse();
            logger.debug(own -> own.debug("costly"));
        }
        assertThat(only().message()).isEqualTo("costly");
        assertThat(logger.isDebugEnabled()).isFalse();
        assertThat(logger.getName()).isEqualTo("org.acme.q.Search");
    }

    @Test
    void thereAreTwoKindsOfLoggers() {
        interface Other extends Logger {}
        assertThatThrownBy(() -> loggers.getLogger("a", Other.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @SuppressWarnings("deprecation")
    void theOldServiceLogsToo() {
        loggers.log(org.osgi.service.log.LogService.LOG_WARNING, "old");
        assertThat(only().level()).isEqualTo(Level.WARNING);
    }
}
