package org.dyadic.shell;

import java.io.IOError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** Lines typed in a terminal, with completion and a history that outlives the shell. */
final class EditedLines implements Lines {

    private static final int ATTEMPTS = 5;

    private final Terminal terminal;
    private final LineReader reader;
    private volatile Runnable interrupt = () -> {};

    /**
     * @param history the file of the history; its folder is made with the first line
     */
    EditedLines(Completer completer, Path history) throws IOException {
        terminal = terminal();
        if (terminal.getWidth() == 0 || terminal.getHeight() == 0) { // nobody has told it
            terminal.setSize(
                    new Size(orElse(terminal.getWidth(), 80), orElse(terminal.getHeight(), 24)));
        }
        terminal.handle(Signal.INT, signal -> interrupt.run());
        var parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(false);
        reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("dyadic")
                        .parser(parser)
                        .completer(completer)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .variable(LineReader.HISTORY_FILE, history)
                        .build();
        makeFolder(history.getParent());
    }

    private static int orElse(int size, int usual) {
        return size > 0 ? size : usual;
    }

    private static Terminal terminal() throws IOException {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        // JLine asks that of the thread for its own parts; the framework's has none of them.
        thread.setContextClassLoader(TerminalBuilder.class.getClassLoader());
        try {
            // By stty alone: no native library has to be unpacked, and every Java is alike.
            return TerminalBuilder.builder()
                    .name("dyadic")
                    .system(true)
                    .dumb(true)
                    .exec(true)
                    .ffm(false)
                    .jni(false)
                    .jna(false)
                    .jansi(false)
                    .nativeSignals(true)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            // Then the history is not kept.
        }
    }

    @Override
    public String next() throws IOException {
        interrupt = () -> {};
        for (int attempt = 1; ; attempt++) {
            try {
                return reader.readLine("dyadic> ");
            } catch (UserInterruptException e) {
                return "";
            } catch (EndOfFileException e) {
                return null;
            } catch (IOError e) {
                // A Ctrl-C that came before the prompt has ended stty, which prepares for it.
                if (attempt == ATTEMPTS) {
                    throw new IOException("stty: " + e.getCause().getMessage());
                }
            }
        }
    }

    @Override
    public List<String> history() {
        var lines = new ArrayList<String>();
        reader.getHistory().forEach(entry -> lines.add(entry.line()));
        return lines;
    }

    @Override
    public void onInterrupt(Runnable action) {
        interrupt = action;
    }

    @Override
    public void close() throws IOException {
        reader.getHistory().save();
        terminal.close();
    }
}
