package org.dyadic.lang.ide;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Workbench;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.CodeLensOptions;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentHighlight;
import org.eclipse.lsp4j.DocumentHighlightKind;
import org.eclipse.lsp4j.DocumentHighlightParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.SignatureHelp;
import org.eclipse.lsp4j.SignatureHelpOptions;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;

/**
 * The language server of one editor. Everything is done by one thread in the order of its arrival,
 * but what needs model files, which has a thread of its own; so no answer is older than its
 * question, and nobody waits for a model.
 */
final class Server
        implements LanguageServer, LanguageClientAware, TextDocumentService, WorkspaceService {

    /** A pause in typing before a file is checked. */
    private static final long PAUSE = 60; // ms: below what a person notices, above a key repeat

    /** A longer pause before what needs model files is checked as well. */
    private static final long LONG_PAUSE = 400; // ms

    private final Catalog catalog;
    private final Supplier<Workbench> workbench;
    private final Runnable exit;
    private final ScheduledExecutorService worker = thread("dyadic language server");
    private final ScheduledExecutorService reader = thread("dyadic model reader");
    private final Map<Path, String> uris = new HashMap<>();
    private final Set<Path> dirty = new LinkedHashSet<>();
    private final Map<Path, Set<Path>> rests = new HashMap<>();
    private final Map<Path, Path> published = new LinkedHashMap<>();

    /** What was found last in each open file; the reader asks whether its own is still that. */
    private final Map<Path, Reading> newest = new ConcurrentHashMap<>();

    private final Map<Path, Map<Resolved.Key, Resolved>> resolved = new HashMap<>();
    private volatile Workspace workspace;
    private volatile LanguageClient client;
    private volatile boolean snippets;
    private volatile boolean watches;
    private volatile boolean refreshes;
    private volatile boolean down;

    /**
     * @param workbench finds what only model files tell; gives null if there is none
     * @param exit called when the editor wants the server to end
     */
    Server(Catalog catalog, Supplier<Workbench> workbench, Runnable exit) {
        this.catalog = catalog;
        this.workbench = workbench;
        this.exit = exit;
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                task -> {
                    var thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** True once the editor has said that it will end. */
    boolean isDown() {
        return down;
    }

    /** Ends the threads. */
    void close() {
        worker.shutdownNow();
        reader.shutdownNow();
    }

    // ---- life

    @Override
    public void connect(LanguageClient client) {
        this.client = client;
    }

    @Override
    public CompletableFuture<InitializeResult> initialize(InitializeParams parameters) {
        return answer(
                () -> {
                    workspace = new Workspace(catalog);
                    var text =
                            parameters.getCapabilities() == null
                                    ? null
                                    : parameters.getCapabilities().getTextDocument();
                    snippets =
                            text != null
                                    && text.getCompletion() != null
                                    && text.getCompletion().getCompletionItem() != null
                                    && Boolean.TRUE.equals(
                                            text.getCompletion()
                                                    .getCompletionItem()
                                                    .getSnippetSupport());
                    var space =
                            parameters.getCapabilities() == null
                                    ? null
                                    : parameters.getCapabilities().getWorkspace();
                    watches =
                            space != null
                                    && space.getDidChangeWatchedFiles() != null
                                    && Boolean.TRUE.equals(
                                            space.getDidChangeWatchedFiles()
                                                    .getDynamicRegistration());
                    refreshes =
                            space != null
                                    && space.getInlayHint() != null
                                    && Boolean.TRUE.equals(
                                            space.getInlayHint().getRefreshSupport());
                    folders(parameters).forEach(workspace::addFolder);
                    var result = new InitializeResult(capabilities());
                    result.setServerInfo(new ServerInfo("dyadic"));
                    return result;
                });
    }

    @SuppressWarnings("deprecation") // the only way that older editors know
    private static List<Path> folders(InitializeParams parameters) {
        var written = new ArrayList<String>();
        if (parameters.getWorkspaceFolders() != null) {
            parameters.getWorkspaceFolders().forEach(folder -> written.add(folder.getUri()));
        }
        if (written.isEmpty() && parameters.getRootUri() != null) {
            written.add(parameters.getRootUri());
        }
        return written.stream().filter(Server::isFile).map(Server::file).toList();
    }

    private static ServerCapabilities capabilities() {
        var can = new ServerCapabilities();
        var sync = new TextDocumentSyncOptions();
        sync.setOpenClose(true);
        sync.setChange(TextDocumentSyncKind.Incremental);
        sync.setSave(true);
        can.setTextDocumentSync(sync);
        can.setCompletionProvider(new CompletionOptions(false, List.of(" ", "\"", "/", ".")));
        can.setHoverProvider(true);
        can.setSignatureHelpProvider(new SignatureHelpOptions(List.of("{", " ")));
        can.setDefinitionProvider(true);
        can.setReferencesProvider(true);
        can.setDocumentHighlightProvider(true);
        can.setDocumentSymbolProvider(true);
        can.setWorkspaceSymbolProvider(true);
        can.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
        can.setCodeLensProvider(new CodeLensOptions(false));
        can.setDocumentFormattingProvider(true);
        can.setRenameProvider(new RenameOptions(true));
        can.setFoldingRangeProvider(true);
        can.setInlayHintProvider(true);
        can.setSemanticTokensProvider(
                new SemanticTokensWithRegistrationOptions(Colours.LEGEND, true));
        var folders = new WorkspaceFoldersOptions();
        folders.setSupported(true);
        folders.setChangeNotifications(true);
        can.setWorkspace(new WorkspaceServerCapabilities(folders));
        return can;
    }

    @Override
    public void initialized(InitializedParams parameters) {
        if (watches) {
            var watchers =
                    List.of("**/*.dyadic", "**/*.onnx").stream()
                            .map(glob -> new FileSystemWatcher(Either.forLeft(glob)))
                            .toList();
            client.registerCapability(
                    new RegistrationParams(
                            List.of(
                                    new Registration(
                                            "dyadic-files",
                                            "workspace/didChangeWatchedFiles",
                                            new DidChangeWatchedFilesRegistrationOptions(
                                                    watchers)))));
        }
    }

    @Override
    public CompletableFuture<Object> shutdown() {
        down = true;
        return CompletableFuture.completedFuture(new Object());
    }

    @Override
    public void exit() {
        exit.run();
    }

    @Override
    public TextDocumentService getTextDocumentService() {
        return this;
    }

    @Override
    public WorkspaceService getWorkspaceService() {
        return this;
    }

    @Override
    public void setTrace(SetTraceParams parameters) {}

    // ---- documents

    @Override
    public void didOpen(DidOpenTextDocumentParams parameters) {
        var document = parameters.getTextDocument();
        tell(
                () -> {
                    var path = file(document.getUri());
                    uris.put(path, document.getUri());
                    workspace.open(path, document.getText());
                    changed(path);
                });
    }

    @Override
    public void didChange(DidChangeTextDocumentParams parameters) {
        tell(
                () -> {
                    var path = file(parameters.getTextDocument().getUri());
                    if (!workspace.isOpen(path)) {
                        return; // an editor must open first; there is nothing to change
                    }
                    for (var change : parameters.getContentChanges()) {
                        var document = workspace.readable(path).orElseThrow();
                        workspace.open(path, applied(document, change));
                    }
                    changed(path);
                });
    }

    private static String applied(Document document, TextDocumentContentChangeEvent change) {
        if (change.getRange() == null) {
            return change.getText();
        }
        int start = document.offset(change.getRange().getStart());
        int end = Math.max(start, document.offset(change.getRange().getEnd()));
        return document.text(0, start) + change.getText() + document.text().substring(end);
    }

    @Override
    public void didClose(DidCloseTextDocumentParams parameters) {
        tell(
                () -> {
                    var path = file(parameters.getTextDocument().getUri());
                    workspace.close(path);
                    dirty.remove(path);
                    rests.remove(path);
                    newest.remove(path);
                    publish(path, List.of());
                    for (var other : List.copyOf(published.keySet())) {
                        if (published.get(other).equals(path)) {
                            publish(other, List.of());
                            published.remove(other);
                        }
                    }
                    uris.remove(path);
                    dependents(path);
                });
    }

    @Override
    public void didSave(DidSaveTextDocumentParams parameters) {
        tell(() -> changed(file(parameters.getTextDocument().getUri())));
    }

    @Override
    public void didChangeWatchedFiles(DidChangeWatchedFilesParams parameters) {
        tell(
                () -> {
                    for (var change : parameters.getChanges()) {
                        var path = file(change.getUri());
                        if (path.toString().endsWith(".dyadic")) {
                            workspace.touched(path);
                            dependents(path);
                        } else {
                            workspace.openDocuments().forEach(it -> changed(it.path()));
                        }
                    }
                });
    }

    @Override
    public void didChangeConfiguration(DidChangeConfigurationParams parameters) {}

    @Override
    public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams parameters) {
        tell(
                () -> {
                    parameters.getEvent().getAdded().stream()
                            .map(WorkspaceFolder::getUri)
                            .filter(Server::isFile)
                            .forEach(it -> workspace.addFolder(file(it)));
                    parameters.getEvent().getRemoved().stream()
                            .map(WorkspaceFolder::getUri)
                            .filter(Server::isFile)
                            .forEach(it -> workspace.removeFolder(file(it)));
                });
    }

    // ---- diagnostics

    /** Checks every open file again, because other plugins are installed now. */
    void pluginsChanged() {
        tell(() -> workspace.openDocuments().forEach(it -> changed(it.path())));
    }

    private void changed(Path path) {
        if (workspace.isOpen(path)) {
            schedule(path);
        }
        dependents(path);
    }

    private void dependents(Path path) {
        rests.forEach(
                (root, files) -> {
                    // A new file in an imported folder is one more import.
                    boolean rests = files.contains(path) || files.contains(path.getParent());
                    if (rests && !root.equals(path)) {
                        schedule(root);
                    }
                });
    }

    private void schedule(Path path) {
        newest.remove(path);
        if (dirty.add(path) && dirty.size() == 1) {
            worker.schedule(guarded(this::checkNext), PAUSE, TimeUnit.MILLISECONDS);
        }
    }

    /** Checks one file, and lets what the editor asked meanwhile go first before the next. */
    private void checkNext() {
        var next = dirty.iterator();
        if (!next.hasNext()) {
            return;
        }
        var path = next.next();
        next.remove();
        try {
            if (workspace.isOpen(path)) {
                check(path);
            }
        } finally {
            if (!dirty.isEmpty()) {
                worker.execute(guarded(this::checkNext));
            }
        }
    }

    private void check(Path path) {
        var document = workspace.readable(path).orElseThrow();
        var reading = workspace.reading(document);
        rests.put(path, workspace.program(document).touched());
        newest.put(path, reading);
        publish(document, reading.diagnostics());
        if (!reading.experiments().isEmpty()) {
            reader.schedule(
                    guarded(() -> checkModels(document, reading)),
                    LONG_PAUSE,
                    TimeUnit.MILLISECONDS);
        }
    }

    /** In the reader's thread. */
    private void checkModels(Document document, Reading reading) {
        var bench = workbench.get();
        if (bench == null || newest.get(document.path()) != reading) {
            return;
        }
        var found = new LinkedHashSet<>(reading.diagnostics());
        var rules = new ArrayList<Resolved>();
        for (var experiment : reading.experiments()) {
            var wrong = bench.check(experiment);
            found.addAll(wrong);
            if (wrong.stream().noneMatch(Diagnostic::isError)) {
                rules.addAll(Resolved.of(bench, experiment));
            }
        }
        tell(() -> resolved(rules));
        if (found.size() > reading.diagnostics().size()) {
            tell(
                    () -> {
                        if (!isOutdated(document)) {
                            publish(document, List.copyOf(found));
                        }
                    });
        }
    }

    /** Keeps what is known of rules, beside those of each file that stand where they stood. */
    private void resolved(List<Resolved> rules) {
        var byFile =
                rules.stream()
                        .collect(Collectors.groupingBy(it -> Path.of(it.at().file()).normalize()));
        boolean changed = false;
        for (var file : byFile.entrySet()) {
            var known =
                    workspace
                            .readable(file.getKey())
                            .map(it -> Resolved.byRule(it, file.getValue()))
                            .orElse(Map.of());
            changed |= !known.equals(resolved.put(file.getKey(), known));
        }
        if (changed && refreshes) {
            client.refreshInlayHints();
        }
    }

    /** True if the editor holds another text by now. */
    private boolean isOutdated(Document document) {
        return !workspace.isOpen(document.path())
                || workspace.readable(document.path()).filter(document::equals).isEmpty();
    }

    /** Those of the file itself, and those of imported files that are not open themselves. */
    private void publish(Document root, List<Diagnostic> diagnostics) {
        var byFile = new LinkedHashMap<Path, List<Diagnostic>>();
        byFile.put(root.path(), new ArrayList<>());
        for (var diagnostic : diagnostics) {
            var file =
                    diagnostic
                            .position()
                            .map(at -> Path.of(at.file()).normalize())
                            .orElse(root.path());
            byFile.computeIfAbsent(file, it -> new ArrayList<>()).add(diagnostic);
        }
        for (var other : List.copyOf(published.keySet())) {
            if (published.get(other).equals(root.path()) && !byFile.containsKey(other)) {
                publish(other, List.of());
                published.remove(other);
            }
        }
        byFile.forEach(
                (file, found) -> {
                    if (file.equals(root.path())) {
                        publish(file, found);
                    } else if (!workspace.isOpen(file)) {
                        published.put(file, root.path());
                        publish(file, found);
                    }
                });
    }

    private void publish(Path file, List<Diagnostic> diagnostics) {
        var document = workspace.readable(file);
        var all = new ArrayList<org.eclipse.lsp4j.Diagnostic>();
        for (var diagnostic : diagnostics) {
            var range =
                    diagnostic
                            .position()
                            .flatMap(at -> document.map(it -> it.range(at)))
                            .orElse(new Range(new Position(0, 0), new Position(0, 0)));
            var one = new org.eclipse.lsp4j.Diagnostic(range, diagnostic.message());
            one.setSeverity(
                    switch (diagnostic.severity()) {
                        case ERROR -> DiagnosticSeverity.Error;
                        case WARNING -> DiagnosticSeverity.Warning;
                        case INFO -> DiagnosticSeverity.Information;
                    });
            one.setSource("dyadic");
            one.setCode(diagnostic.code().id());
            switch (diagnostic.code()) {
                case DEPRECATED_WORD -> one.setTags(List.of(DiagnosticTag.Deprecated));
                case UNUSED_NAME -> one.setTags(List.of(DiagnosticTag.Unnecessary));
                default -> {}
            }
            all.add(one);
        }
        client.publishDiagnostics(new PublishDiagnosticsParams(uri(file), all));
    }

    // ---- questions

    @Override
    public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
            CompletionParams parameters) {
        return at(
                parameters,
                Either.forLeft(List.of()),
                (document, offset) ->
                        Either.forLeft(Completion.at(workspace, document, offset, snippets)));
    }

    @Override
    public CompletableFuture<Hover> hover(HoverParams parameters) {
        return at(
                parameters,
                null,
                (document, offset) -> Hovers.at(workspace, document, offset).orElse(null));
    }

    @Override
    public CompletableFuture<SignatureHelp> signatureHelp(SignatureHelpParams parameters) {
        return at(
                parameters,
                null,
                (document, offset) -> Signatures.at(workspace, document, offset).orElse(null));
    }

    @Override
    public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
            definition(DefinitionParams parameters) {
        return at(
                parameters,
                Either.forLeft(List.of()),
                (document, offset) ->
                        Either.forLeft(
                                new Names(workspace)
                                        .at(document, offset)
                                        .map(it -> new Names(workspace).declaration(document, it))
                                        .map(this::location)
                                        .or(() -> imported(document, offset))
                                        .map(List::of)
                                        .orElse(List.of())));
    }

    /** The file whose path stands at an offset. */
    private Optional<Location> imported(Document document, int offset) {
        return document.tokenAt(offset)
                .filter(token -> token.getText().startsWith("\""))
                .flatMap(
                        token ->
                                Workspace.resolve(
                                        document.path(), Document.unquoted(token.getText())))
                .filter(Files::isRegularFile)
                .map(
                        path ->
                                new Location(
                                        uri(path),
                                        new Range(new Position(0, 0), new Position(0, 0))));
    }

    @Override
    public CompletableFuture<List<? extends Location>> references(ReferenceParams parameters) {
        boolean declaring =
                parameters.getContext() != null && parameters.getContext().isIncludeDeclaration();
        return at(
                parameters,
                List.of(),
                (document, offset) ->
                        occurrences(document, offset).stream()
                                .filter(it -> declaring || !it.declaring())
                                .map(this::location)
                                .toList());
    }

    @Override
    public CompletableFuture<List<? extends DocumentHighlight>> documentHighlight(
            DocumentHighlightParams parameters) {
        return at(
                parameters,
                List.of(),
                (document, offset) ->
                        occurrences(document, offset).stream()
                                .filter(it -> it.file().equals(document.path()))
                                .map(
                                        it ->
                                                new DocumentHighlight(
                                                        document.range(it.start(), it.end()),
                                                        it.declaring()
                                                                ? DocumentHighlightKind.Write
                                                                : DocumentHighlightKind.Read))
                                .toList());
    }

    private List<Names.Occurrence> occurrences(Document document, int offset) {
        var names = new Names(workspace);
        return names.at(document, offset).map(names::occurrences).orElse(List.of());
    }

    @Override
    public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
            prepareRename(PrepareRenameParams parameters) {
        return at(
                parameters,
                null,
                (document, offset) -> {
                    var token = document.tokenAt(offset);
                    return token.isPresent()
                                    && new Names(workspace).at(document, offset).isPresent()
                            ? Either3.forSecond(
                                    new PrepareRenameResult(
                                            document.range(token.get()), token.get().getText()))
                            : null;
                });
    }

    @Override
    public CompletableFuture<WorkspaceEdit> rename(RenameParams parameters) {
        return at(
                parameters,
                null,
                (document, offset) ->
                        new Renaming(workspace, this::uri)
                                .rename(document, offset, parameters.getNewName()));
    }

    @Override
    public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
            DocumentSymbolParams parameters) {
        return in(
                parameters.getTextDocument(),
                List.of(),
                document ->
                        Outline.symbols(document).stream()
                                .map(Either::<SymbolInformation, DocumentSymbol>forRight)
                                .toList());
    }

    @Override
    public CompletableFuture<
                    Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>>
            symbol(WorkspaceSymbolParams parameters) {
        return ask(
                () -> {
                    String query = parameters.getQuery().toLowerCase(Locale.ROOT);
                    var symbols = new ArrayList<WorkspaceSymbol>();
                    for (var path : workspace.files()) {
                        workspace
                                .readable(path)
                                .ifPresent(document -> addSymbols(document, query, symbols));
                    }
                    return Either.forRight(symbols);
                });
    }

    private void addSymbols(Document document, String query, List<WorkspaceSymbol> symbols) {
        for (var declared : document.declared()) {
            if (declared.name().toLowerCase(Locale.ROOT).contains(query)) {
                symbols.add(
                        new WorkspaceSymbol(
                                declared.name(),
                                Kinds.symbol(declared.kind()),
                                Either.forLeft(
                                        new Location(
                                                uri(document.path()),
                                                document.range(
                                                        declared.nameToken().orElseThrow()))),
                                String.valueOf(document.path().getFileName())));
            }
        }
    }

    @Override
    public CompletableFuture<List<FoldingRange>> foldingRange(
            FoldingRangeRequestParams parameters) {
        return in(parameters.getTextDocument(), List.of(), Outline::folds);
    }

    @Override
    public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams parameters) {
        return in(parameters.getTextDocument(), new SemanticTokens(List.of()), Colours::of);
    }

    @Override
    public CompletableFuture<List<? extends TextEdit>> formatting(
            DocumentFormattingParams parameters) {
        return in(
                parameters.getTextDocument(),
                List.of(),
                document ->
                        Fixes.difference(
                                        document,
                                        Formatter.format(document.source(), workspace.language()))
                                .map(List::of)
                                .orElse(List.of()));
    }

    @Override
    public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(
            CodeActionParams parameters) {
        return in(
                parameters.getTextDocument(),
                List.of(),
                document ->
                        new Fixes(workspace, document, uri(document.path()))
                                .of(parameters.getContext().getDiagnostics()).stream()
                                        .map(Either::<Command, CodeAction>forRight)
                                        .toList());
    }

    @Override
    public CompletableFuture<List<? extends CodeLens>> codeLens(CodeLensParams parameters) {
        return in(
                parameters.getTextDocument(),
                List.of(),
                document -> Hints.lenses(document, uri(document.path())));
    }

    @Override
    public CompletableFuture<List<InlayHint>> inlayHint(InlayHintParams parameters) {
        return in(
                parameters.getTextDocument(),
                List.of(),
                document ->
                        Hints.hints(
                                workspace,
                                document,
                                resolved.getOrDefault(document.path(), Map.of()),
                                parameters.getRange()));
    }

    private Location location(Names.Occurrence occurrence) {
        var document = workspace.readable(occurrence.file()).orElseThrow();
        return new Location(
                uri(occurrence.file()), document.range(occurrence.start(), occurrence.end()));
    }

    // ---- threads

    private interface Answer<T> {
        T at(Document document, int offset);
    }

    /** Asks about a place in an open or saved file; {@code otherwise} if there is none. */
    private <T> CompletableFuture<T> at(
            TextDocumentPositionParams parameters, T otherwise, Answer<? extends T> answer) {
        return in(
                parameters.getTextDocument(),
                otherwise,
                document -> answer.at(document, document.offset(parameters.getPosition())));
    }

    private <T> CompletableFuture<T> in(
            TextDocumentIdentifier file, T otherwise, Function<Document, ? extends T> answer) {
        return ask(
                () -> {
                    var document = workspace.readable(file(file.getUri()));
                    return document.isPresent() ? answer.apply(document.get()) : otherwise;
                });
    }

    /** Answers in turn, once the editor has introduced itself. */
    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        return answer(
                () -> {
                    if (workspace == null) {
                        throw new ResponseErrorException(
                                new ResponseError(
                                        ResponseErrorCode.ServerNotInitialized,
                                        "the first request must be initialize",
                                        null));
                    }
                    return question.get();
                });
    }

    /** Answers in turn, unless the editor has lost interest by then. */
    private <T> CompletableFuture<T> answer(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        try {
            worker.execute(
                    () -> {
                        if (answer.isCancelled()) {
                            return;
                        }
                        try {
                            answer.complete(question.get());
                        } catch (ResponseErrorException e) {
                            answer.completeExceptionally(e);
                        } catch (RuntimeException
                                | LinkageError
                                | AssertionError
                                | StackOverflowError e) {
                            answer.completeExceptionally(
                                    new ResponseErrorException(
                                            new ResponseError(
                                                    ResponseErrorCode.InternalError,
                                                    failed(e),
                                                    null)));
                        }
                    });
        } catch (RejectedExecutionException e) {
            answer.cancel(false); // the server is ending
        }
        return answer;
    }

    private void tell(Runnable news) {
        try {
            worker.execute(
                    guarded(
                            () -> {
                                if (workspace != null) {
                                    news.run();
                                }
                            }));
        } catch (RejectedExecutionException e) {
            // The server is ending; nobody will ask about it.
        }
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                failed(e);
            }
        };
    }

    /** A mistake of ours must not end the editor's day; the log of the editor has it. */
    private String failed(Throwable e) {
        String what = "the language server failed: " + e + "; please report it";
        var trace = e.getStackTrace();
        String where = trace.length > 0 ? " (at " + trace[0] + ")" : "";
        client.logMessage(new MessageParams(MessageType.Error, what + where));
        return what;
    }

    // ---- URIs

    private static boolean isFile(String uri) {
        return uri.startsWith("file:");
    }

    /** The file of a URI. A text that was never saved gets a name that no file has. */
    private static Path file(String uri) {
        if (isFile(uri)) {
            try {
                return Path.of(URI.create(uri)).toAbsolutePath().normalize();
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
                // Some editors do not escape what must be; then the path is what follows.
                return Path.of(uri.replaceFirst("^file:(//)?", "").replace("\0", ""))
                        .toAbsolutePath()
                        .normalize();
            }
        }
        return Path.of("/unsaved/" + uri.replaceAll("[^A-Za-z0-9.]+", "-"));
    }

    /** As the editor writes it, if it has. */
    private String uri(Path path) {
        return uris.getOrDefault(path, path.toUri().toString());
    }
}
