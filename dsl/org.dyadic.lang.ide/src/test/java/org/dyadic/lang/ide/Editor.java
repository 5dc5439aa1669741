package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Workbench;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionCapabilities;
import org.eclipse.lsp4j.CompletionItemCapabilities;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.InlayHintWorkspaceCapabilities;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentClientCapabilities;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** A real client of the protocol on a real socket, with the real server at the other end. */
final class Editor implements LanguageClient, AutoCloseable {

    /** Generous, for machines that have other things to do. */
    private static final long PATIENCE = 30; // s

    private final Path folder;
    private final Socket socket;
    private final LanguageServer server;
    private final BlockingQueue<PublishDiagnosticsParams> published = new LinkedBlockingQueue<>();
    private final List<String> log = new ArrayList<>();
    private final Semaphore refreshes = new Semaphore(0);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private Server there;

    private Editor(Path folder, Catalog catalog, Workbench workbench) throws IOException {
        this.folder = folder;
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
            var other = listener.accept();
            socket.setTcpNoDelay(true);
            other.setTcpNoDelay(true);
            var thread =
                    new Thread(
                            () -> {
                                try (other) {
                                    exitCode.complete(
                                            LanguageServerVerb.serve(
                                                    catalog,
                                                    () -> workbench,
                                                    other.getInputStream(),
                                                    other.getOutputStream(),
                                                    it -> {
                                                        there = it;
                                                        return () -> {};
                                                    }));
                                } catch (Throwable e) {
                                    exitCode.completeExceptionally(e);
                                }
                            });
            thread.setDaemon(true);
            thread.start();
        }
        Launcher<LanguageServer> launcher =
                LSPLauncher.createClientLauncher(
                        this, socket.getInputStream(), socket.getOutputStream());
        server = launcher.getRemoteProxy();
        launcher.startListening();
    }

    /** An editor that has opened a folder. */
    static Editor in(Path folder) {
        return in(folder, new Plugins(), null);
    }

    static Editor in(Path folder, Catalog catalog, Workbench workbench) {
        var editor = without(folder, catalog, workbench);
        var parameters = new InitializeParams();
        parameters.setWorkspaceFolders(
                List.of(new WorkspaceFolder(folder.toUri().toString(), "test")));
        var capabilities = new ClientCapabilities();
        var text = new TextDocumentClientCapabilities();
        text.setCompletion(new CompletionCapabilities(new CompletionItemCapabilities(true)));
        capabilities.setTextDocument(text);
        var space = new WorkspaceClientCapabilities();
        space.setInlayHint(new InlayHintWorkspaceCapabilities(true));
        capabilities.setWorkspace(space);
        parameters.setCapabilities(capabilities);
        editor.initialize(parameters);
        return editor;
    }

    /** An editor that has not said anything yet. */
    static Editor without(Path folder, Catalog catalog, Workbench workbench) {
        try {
            return new Editor(folder, catalog, workbench);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InitializeResult initialize(InitializeParams parameters) {
        var result = get(server.initialize(parameters));
        server.initialized(new InitializedParams());
        return result;
    }

    LanguageServer server() {
        return server;
    }

    Server there() {
        return there;
    }

    Socket socket() {
        return socket;
    }

    /** What the server complained of. */
    List<String> log() {
        return log;
    }

    static <T> T get(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer: " + e, e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause().getMessage(), e.getCause());
        }
    }

    int exitCode() {
        return get(exitCode);
    }

    // ---- files

    String uri(String name) {
        return folder.resolve(name).toUri().toString();
    }

    TextDocumentIdentifier id(String name) {
        return new TextDocumentIdentifier(uri(name));
    }

    void save(String name, String text) {
        try {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void open(String name, String text) {
        server.getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(uri(name), "dyadic", 1, text)));
    }

    void change(String name, String text) {
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(uri(name), 2),
                                List.of(new TextDocumentContentChangeEvent(text))));
    }

    void change(String name, TextDocumentContentChangeEvent event) {
        server.getTextDocumentService()
                .didChange(
                        new DidChangeTextDocumentParams(
                                new VersionedTextDocumentIdentifier(uri(name), 2), List.of(event)));
    }

    void close(String name) {
        server.getTextDocumentService().didClose(new DidCloseTextDocumentParams(id(name)));
    }

    // ---- diagnostics

    /** The next diagnostics of a file. */
    List<Diagnostic> diagnostics(String name) {
        try {
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (System.nanoTime() < end) {
                var next = published.poll(1, TimeUnit.SECONDS);
                if (next != null) {
                    if (next.getUri().equals(uri(name))) {
                        return next.getDiagnostics();
                    }
                }
            }
            throw new AssertionError("no diagnostics of " + name + "; log: " + log);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each as {@code line:column-column code}, from 0 as in the protocol. */
    List<String> found(String name) {
        return diagnostics(name).stream()
                .map(
                        it ->
                                it.getRange().getStart().getLine()
                                        + ":"
                                        + it.getRange().getStart().getCharacter()
                                        + "-"
                                        + it.getRange().getEnd().getCharacter()
                                        + " "
                                        + it.getCode().getLeft())
                .toList();
    }

    /** Nothing more arrives for a while. */
    boolean isQuiet() throws InterruptedException {
        return published.poll(300, TimeUnit.MILLISECONDS) == null;
    }

    // ---- texts with a cursor

    /** A text with {@code |} where the cursor is. */
    record Cursor(String text, Position position) {

        static Cursor of(String marked) {
            int at = marked.indexOf('|');
            assertThat(at).as("a cursor in " + marked).isNotNegative();
            return new Cursor(
                    marked.substring(0, at) + marked.substring(at + 1),
                    Editor.position(marked, at));
        }
    }

    /** A text after edits. */
    static String applied(String text, List<? extends TextEdit> edits) {
        var sorted = new ArrayList<TextEdit>(edits);
        sorted.sort(
                (a, b) ->
                        offset(text, b.getRange().getStart())
                                - offset(text, a.getRange().getStart()));
        String result = text;
        for (var edit : sorted) {
            result =
                    result.substring(0, offset(text, edit.getRange().getStart()))
                            + edit.getNewText()
                            + result.substring(offset(text, edit.getRange().getEnd()));
        }
        return result;
    }

    /** What an editor tells of a change: only what differs. */
    static TextDocumentContentChangeEvent difference(String before, String after) {
        int start = 0;
        int least = Math.min(before.length(), after.length());
        while (start < least && before.charAt(start) == after.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < least - start
                && before.charAt(before.length() - 1 - end)
                        == after.charAt(after.length() - 1 - end)) {
            end++;
        }
        return new TextDocumentContentChangeEvent(
                new Range(position(before, start), position(before, before.length() - end)),
                after.substring(start, after.length() - end));
    }

    static Position position(String text, int offset) {
        String before = text.substring(0, offset);
        return new Position(
                (int) before.chars().filter(c -> c == '\n').count(),
                offset - (before.lastIndexOf('\n') + 1));
    }

    static int offset(String text, Position position) {
        int offset = 0;
        for (int line = 0; line < position.getLine(); line++) {
            offset = text.indexOf('\n', offset) + 1;
        }
        return offset + position.getCharacter();
    }

    // ---- what the server says

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
        published.add(diagnostics);
    }

    @Override
    public void logMessage(MessageParams message) {
        log.add(message.getMessage());
    }

    @Override
    public void showMessage(MessageParams message) {
        log.add(message.getMessage());
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(
            ShowMessageRequestParams parameters) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> refreshInlayHints() {
        refreshes.release();
        return CompletableFuture.completedFuture(null);
    }

    /** The server asked for hints to be asked for again. */
    void refreshed() {
        try {
            assertThat(refreshes.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void telemetryEvent(Object event) {}

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
