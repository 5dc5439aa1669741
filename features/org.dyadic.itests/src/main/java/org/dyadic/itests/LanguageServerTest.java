package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dyadic.api.command.Verb;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Observation;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The installed language server, asked by a real client, while plugins come and go. */
class LanguageServerTest {

    private static final String URI = "file:///nowhere/test.dyadic";

    private final BlockingQueue<List<Diagnostic>> published = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private LanguageServer server;

    /** A quantizer that nobody has installed yet. */
    private static final class Fancy implements Quantizer {
        @Override
        public ParameterSpec parameters() {
            return ParameterSpec.of(
                    "only for this test", Parameter.whole("sparkle", 1, 3).defaultsTo(2));
        }

        @Override
        public Fit fit(Observation observed, Settings settings) {
            throw new UnsupportedOperationException("is never asked");
        }
    }

    private final class Client implements LanguageClient {
        @Override
        public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
            published.add(diagnostics.getDiagnostics());
        }

        @Override
        public void logMessage(MessageParams message) {
            exitCode.completeExceptionally(new AssertionError(message.getMessage()));
        }

        @Override
        public void showMessage(MessageParams message) {}

        @Override
        public CompletableFuture<MessageActionItem> showMessageRequest(
                ShowMessageRequestParams parameters) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void telemetryEvent(Object event) {}
    }

    @BeforeEach
    void start() throws Exception {
        var context = Installed.context();
        var reference =
                context.getServiceReferences(Verb.class, "(verb.name=lsp)").iterator().next();
        var verb = context.getService(reference);
        var toServer = new PipedOutputStream();
        var fromServer = new PipedInputStream(1 << 16);
        var in = new PipedInputStream(toServer, 1 << 16);
        var out = new PrintStream(new PipedOutputStream(fromServer), true);
        var err = new PrintStream(OutputStream.nullOutputStream(), true);
        var thread =
                new Thread(
                        () ->
                                exitCode.complete(
                                        verb.run(List.of(), new Verb.Streams(in, out, err))));
        thread.setDaemon(true);
        thread.start();
        var launcher = LSPLauncher.createClientLauncher(new Client(), fromServer, toServer);
        server = launcher.getRemoteProxy();
        launcher.startListening();
        var parameters = new InitializeParams();
        parameters.setCapabilities(new ClientCapabilities());
        assertThat(server.initialize(parameters).get(30, TimeUnit.SECONDS).getCapabilities())
                .isNotNull();
        server.initialized(new InitializedParams());
    }

    @AfterEach
    void stop() throws Exception {
        server.shutdown().get(10, TimeUnit.SECONDS);
        server.exit();
        assertThat(exitCode.get(10, TimeUnit.SECONDS)).isZero();
    }

    private void open(String text) {
        server.getTextDocumentService()
                .didOpen(
                        new DidOpenTextDocumentParams(
                                new TextDocumentItem(URI, "dyadic", 1, text)));
    }

    private List<String> codes(long seconds) throws InterruptedException {
        var found = published.poll(seconds, TimeUnit.SECONDS);
        assertThat(found).as("diagnostics within " + seconds + " s").isNotNull();
        return found.stream().map(it -> it.getCode().getLeft()).toList();
    }

    private List<String> completions(int column) throws Exception {
        return server
                .getTextDocumentService()
                .completion(
                        new CompletionParams(
                                new TextDocumentIdentifier(URI), new Position(0, column)))
                .get(10, TimeUnit.SECONDS)
                .getLeft()
                .stream()
                .map(CompletionItem::getLabel)
                .toList();
    }

    @Test
    void theWordsOfInstalledPluginsAreProposed() throws Exception {
        open("policy P { default weights upot { } }");
        assertThat(codes(20)).isEmpty();
        assertThat(completions(27)).contains("upot", "apot", "uniform", "codebook");
        assertThat(completions(34)).contains("bits", "scale");
    }

    @Test
    void aPluginIsPartOfTheLanguageWithinASecondAndForAsLongAsItIsThere() throws Exception {
        open("policy P { default weights fancy { sparkle 9 } }");
        assertThat(codes(20)).containsExactly("unknown-plugin");
        var properties = new Hashtable<String, Object>();
        properties.put("quantizer.id", "fancy");
        var registration =
                Installed.context().registerService(Quantizer.class, new Fancy(), properties);
        try {
            assertThat(codes(1)).containsExactly("out-of-range");
            assertThat(completions(27)).contains("fancy");
            assertThat(completions(38)).contains("sparkle");
        } finally {
            registration.unregister();
        }
        assertThat(codes(1)).containsExactly("unknown-plugin");
        assertThat(completions(27)).doesNotContain("fancy");
    }
}
