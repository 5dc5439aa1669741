package org.dyadic.launcher;

import java.time.Duration;

/**
 * Starts Dyadic: boots the framework with everything installed, hands the command line to the
 * bundle that understands it, and ends with its exit code.
 *
 * <p>Exit code 4 means that Dyadic itself failed. {@code -Ddyadic.trace=true} shows where.
 */
public final class Main {
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
        try (Platform platform = Platform.start(Distribution.installed(), Main::warn)) {
            return platform.command(PATIENCE).applyAsInt(arguments);
        } catch (LaunchFailure e) {
            return failed(e.getMessage(), e);
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
        System.err.println("dyadic: " + message);
        if (Boolean.getBoolean("dyadic.trace")) {
            cause.printStackTrace();
        }
        return INTERNAL_ERROR;
    }
}
