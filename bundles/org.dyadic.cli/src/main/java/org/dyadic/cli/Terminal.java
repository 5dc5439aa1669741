package org.dyadic.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where a session writes.
 *
 * @param out for results alone
 * @param err for diagnostics and progress
 * @param interactive true if {@code err} is a terminal, on which a progress bar may be redrawn
 * @param colour true if {@code err} may be coloured
 * @param width of {@code err} in characters
 * @param outFailure why {@code out} could not be written; asked when it failed
 */
record Terminal(
        PrintStream out,
        PrintStream err,
        boolean interactive,
        boolean colour,
        int width,
        Supplier<String> outFailure) {

    private static final int USUAL_WIDTH = 80;

    /** The terminal or the files that the process was started with. */
    static Terminal system() {
        boolean interactive = isTerminal(2);
        // Not System.out, which forgets why it failed.
        var out = new RememberingStream(new FileOutputStream(FileDescriptor.out));
        return new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                // Nor System.err, which the shell's Gogo leads back to the stream of a line.
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                interactive,
                interactive && mayColour(),
                interactive ? systemWidth() : USUAL_WIDTH,
                out::failure);
    }

    /** This terminal, for one line of a shell that writes to these streams. */
    Terminal with(PrintStream out, PrintStream err) {
        return new Terminal(
                out, err, interactive, colour, width, () -> "its reader has gone: Broken pipe");
    }

    /** See no-color.org. */
    private static boolean mayColour() {
        String noColour = System.getenv("NO_COLOR");
        return (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** Whether a stream of the process, 0 to 2, is a terminal. */
    static boolean isTerminal(int descriptor) {
        // Java knows only whether all three together are; Linux knows each.
        try {
            var target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | RuntimeException e) {
            return System.console() != null;
        }
    }

    private static int systemWidth() {
        return width(System.getenv("COLUMNS")).or(Terminal::sttyWidth).orElse(USUAL_WIDTH);
    }

    private static Optional<Integer> width(String text) {
        try {
            return Optional.of(Integer.parseInt(text)).filter(width -> width > 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> sttyWidth() {
        try {
            var process =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Path.of("/dev/tty").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var answer =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.SECONDS);
            var rowsAndColumns = answer.strip().split(" ");
            return width(rowsAndColumns[rowsAndColumns.length - 1]);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Without the control characters by which a name in a file could play with a terminal. */
    static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }
}
