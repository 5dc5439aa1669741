package org.dyadic.launcher;

import java.time.Duration;

/**
 * Starts Dyadic: boots the framework with everything installed, hands the command line to the
 * bundle that understands it, and ends with its exit code.
 *
 * <p>{@code --features NAME,...} before the verb starts only these features, and the core. Exit
 * code 2 means that there is no such feature, 4 that Dyadic itself failed. {@code
 * -Ddyadic.trace=true} shows where.
 */
public final class Main {
    private static final int USAGE = 2;
    private static final int INTERNAL_ERROR = 4;
    // Components are wired while their bundles start; this is for one that is slow to activate.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Main() {}

    public static void main(String[] arguments) {
        int code = run(arguments);
        System.out.flush();
        System.err.flush();
        System.exit(code); // the framework's threads would keep the JVM alive
    }

    private static int run(String[] arguments) {
        try {
            var choice = Choice.of(arguments);
            var distribution = Distribution.installed().choosing(choice);
            try (Platform platform = Platform.start(distribution, Main::warn)) {
                return platform.command(PATIENCE).applyAsInt(choice.rest());
            }
        } catch (LaunchFailure e) {
            return e.asked() ? told(e.getMessage(), e, USAGE) : failed(e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            return failed("out of memory; allow more with DYADIC_JAVA_OPTS=-Xmx8g", e);
        } catch (Throwable e) {
            return failed("internal error: " + e + "; please report it", e);
        }
    }

    private static void warn(String message) {
        System.err.println("dyadic: warning: " + message);
    }

    private static int failed(String message, Throwable cause) {
        return told(message, cause, INTERNAL_ERROR);
    }

    private static int told(String message, Throwable cause, int code) {
        System.err.println("dyadic: " + message);
        if (Boolean.getBoolean("dyadic.trace")) {
            cause.printStackTrace();
        }
        return code;
    }
}
