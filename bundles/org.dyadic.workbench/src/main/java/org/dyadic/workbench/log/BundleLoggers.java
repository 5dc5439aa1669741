package org.dyadic.workbench.log;

import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Locale;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerConsumer;

/** The loggers of one bundle, as the OSGi log service (compendium, chapter 101) has them. */
final class BundleLoggers implements LogService {

    private final Journal journal;
    private final Calls.Origin from;

    BundleLoggers(Journal journal, Bundle bundle) {
        this.journal = journal;
        this.from = origin(bundle);
    }

    private static Calls.Origin origin(Bundle bundle) {
        return new Calls.Origin(
                String.valueOf(bundle.getSymbolicName()), bundle.getVersion().toString());
    }

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName());
    }

    @Override
    public <L extends Logger> L getLogger(String name, Class<L> type) {
        return logger(from, name, type);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
        return logger(origin(bundle), name, type);
    }

    private <L extends Logger> L logger(Calls.Origin from, String name, Class<L> type) {
        if (type != Logger.class && type != FormatterLogger.class) {
            throw new IllegalArgumentException(
                    "a logger is a Logger or a FormatterLogger, not a " + type.getName());
        }
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) ->
                                answer(from, name, type, (Logger) proxy, method, arguments)));
    }

    /** A logger has five methods a level, which differ in their arguments alone. */
    private Object answer(
            Calls.Origin from,
            String name,
            Class<?> type,
            Logger self,
            Method method,
            Object[] arguments)
            throws Exception {
        String word = method.getName();
        if (method.getDeclaringClass() == Object.class) {
            return switch (word) {
                case "equals" -> self == arguments[0];
                case "hashCode" -> System.identityHashCode(self);
                default -> "logger " + name;
            };
        }
        if (word.equals("getName")) {
            return name;
        }
        if (word.startsWith("is")) { // isDebugEnabled
            return journal.enabled(
                    from, name, level(word.substring(2, word.length() - "Enabled".length())));
        }
        if (arguments[0] instanceof LoggerConsumer<?> consumer) {
            if (journal.enabled(from, name, level(word))) {
                accept(consumer, self);
            }
            return null;
        }
        var values =
                arguments.length == 2 && arguments[1] instanceof Object[] many
                        ? many
                        : Arrays.copyOfRange(arguments, 1, arguments.length);
        log(from, name, type, level(word), (String) arguments[0], values);
        return null;
    }

    @SuppressWarnings("unchecked") // it throws what it declares
    private static void accept(LoggerConsumer<?> consumer, Logger self) throws Exception {
        ((LoggerConsumer<Exception>) consumer).accept(self);
    }

    private static Level level(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "trace" -> Level.TRACE;
            case "debug" -> Level.DEBUG;
            case "info", "audit" -> Level.INFO;
            case "warn" -> Level.WARNING;
            default -> Level.ERROR;
        };
    }

    /** The last value may be what was thrown; services are named by nobody. */
    private void log(
            Calls.Origin from,
            String name,
            Class<?> type,
            Level level,
            String format,
            Object... values) {
        var thrown =
                values.length > 0 && values[values.length - 1] instanceof Throwable last
                        ? last
                        : null;
        var rest =
                Arrays.stream(values)
                        .filter(value -> value != thrown || thrown == null)
                        .filter(value -> !(value instanceof ServiceReference))
                        .toArray();
        journal.log(
                from,
                name,
                level,
                () ->
                        type == FormatterLogger.class
                                ? String.format(Locale.ROOT, format, rest)
                                : filled(String.valueOf(format), rest),
                thrown);
    }

    /** With each {@code {}} replaced by a value. */
    private static String filled(String format, Object[] values) {
        var text = new StringBuilder();
        int from = 0;
        for (var value : values) {
            int place = format.indexOf("{}", from);
            if (place < 0) {
                break;
            }
            text.append(format, from, place).append(value);
            from = place + 2;
        }
        return text.append(format.substring(from)).toString();
    }

    // ---- before loggers had names

    @Override
    @Deprecated
    public void log(int level, String message) {
        log(level, message, null);
    }

    @Override
    @Deprecated
    public void log(int level, String message, Throwable thrown) {
        log(null, level, message, thrown);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> reference, int level, String message) {
        log(reference, level, message, null);
    }

    @Override
    @Deprecated
    public void log(ServiceReference<?> reference, int level, String message, Throwable thrown) {
        var named =
                switch (level) {
                    case LOG_ERROR -> LogLevel.ERROR;
                    case LOG_WARNING -> LogLevel.WARN;
                    case LOG_INFO -> LogLevel.INFO;
                    default -> LogLevel.DEBUG;
                };
        journal.log(from, from.bundle(), level(named.name()), () -> message, thrown);
    }
}
