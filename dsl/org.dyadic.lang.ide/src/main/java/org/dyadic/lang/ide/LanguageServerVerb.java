package org.dyadic.lang.ide;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.VerbService;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.api.workbench.Workbench;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** {@code dyadic lsp}: serves one editor on standard input and output, or several on a socket. */
@Component
@VerbService(
        name = "lsp",
        description = "Serve editors by the language server protocol.",
        lasting = true)
public final class LanguageServerVerb implements Verb {

    private static final int HIGHEST_PORT = 65_535;

    // Kept, because a logger that nobody holds forgets its level.
    private static final Logger PROTOCOL = Logger.getLogger("org.eclipse.lsp4j.jsonrpc");

    private final BundleContext context;
    private final Catalog catalog;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Workbench workbench;

    @Activate
    public LanguageServerVerb(BundleContext context, @Reference Catalog catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    @Override
    public String help() {
        return "[--stdio | --socket PORT]\n\n"
                + "Serves one editor on standard input and output until it says exit or closes the\n"
                + "stream; with --socket, every editor that connects to this port of this machine\n"
                + "(0 takes a free one) until interrupted. The port is told on standard error.";
    }

    @Override
    public int run(List<String> arguments, Streams streams) {
        var words = arguments.stream().flatMap(word -> Arrays.stream(word.split("=", 2))).toList();
        if (words.isEmpty() || words.equals(List.of("--stdio"))) {
            return onStandardStreams(streams);
        }
        if (words.size() == 2 && words.get(0).equals("--socket")) {
            return onSocket(words.get(1), streams.err());
        }
        streams.err()
                .println(
                        "dyadic: lsp takes nothing, --stdio or --socket PORT, but got: "
                                + String.join(" ", arguments));
        return MISUSED;
    }

    private int onStandardStreams(Streams streams) {
        // A stray line on standard output would break the protocol.
        var usual = System.out;
        System.setOut(System.err);
        try {
            return serve(streams.in(), streams.out());
        } finally {
            System.setOut(usual);
        }
    }

    private int onSocket(String port, PrintStream err) {
        int number;
        try {
            number = Integer.parseInt(port);
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number < 0 || number > HIGHEST_PORT) {
            err.println("dyadic: a port is a number from 0 to " + HIGHEST_PORT + ", was " + port);
            return MISUSED;
        }
        // This machine alone: whoever connects may read its files.
        try (var server = new ServerSocket(number, 50, InetAddress.getLoopbackAddress())) {
            err.println("listening on 127.0.0.1:" + server.getLocalPort());
            while (!Thread.currentThread().isInterrupted()) {
                var socket = server.accept();
                var thread = new Thread(() -> serve(socket), "dyadic editor");
                thread.setDaemon(true);
                thread.start();
            }
            return OK;
        } catch (IOException e) {
            err.println("dyadic: port " + number + " cannot be used: " + e.getMessage());
            return WRONG;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            // A message goes out in two parts; else the second waits 40 ms for an acknowledgement.
            socket.setTcpNoDelay(true);
            serve(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // The editor is gone, and so is everything that it wanted.
        }
    }

    private int serve(InputStream in, OutputStream out) {
        return serve(catalog, () -> workbench, in, out, this::listening);
    }

    /** Tells a server of every plugin that comes or goes. Call the result to stop. */
    private Runnable listening(Server server) {
        ServiceListener listener = event -> server.pluginsChanged();
        try {
            context.addServiceListener(
                    listener,
                    Arrays.stream(PluginKind.values())
                            .map(kind -> "(" + kind.id() + ".id=*)")
                            .collect(Collectors.joining("", "(|", ")")));
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e); // the filter is ours
        }
        return () -> context.removeServiceListener(listener);
    }

    /** What makes a server hear of plugins; gives what makes it stop. */
    interface Listening {
        Runnable to(Server server);
    }

    /** Serves one editor to its end; the exit code is 0 only if it said that it would end. */
    static int serve(
            Catalog catalog,
            Supplier<Workbench> workbench,
            InputStream in,
            OutputStream out,
            Listening plugins) {
        // What the protocol cannot read it logs with a stack trace; the editor hears of it anyway.
        PROTOCOL.setLevel(Level.OFF);
        var ended = new CompletableFuture<Void>();
        var server = new Server(catalog, workbench, () -> ended.complete(null));
        ExecutorService threads =
                Executors.newCachedThreadPool(
                        task -> {
                            var thread = new Thread(task, "dyadic editor messages");
                            thread.setDaemon(true);
                            return thread;
                        });
        Launcher<LanguageClient> launcher =
                LSPLauncher.createServerLauncher(server, in, out, threads, it -> it);
        server.connect(launcher.getRemoteProxy());
        var stop = plugins.to(server);
        try {
            var listening = launcher.startListening();
            threads.execute(
                    () -> {
                        try {
                            listening.get();
                        } catch (ExecutionException | InterruptedException e) {
                            // However the messages ended, there will be no more.
                        } finally {
                            ended.complete(null);
                        }
                    });
            ended.join();
            return server.isDown() ? OK : WRONG;
        } finally {
            stop.run();
            server.close();
            threads.shutdownNow();
        }
    }
}
