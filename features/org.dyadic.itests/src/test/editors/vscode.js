// A stand-in for the module that VS Code gives to extensions: documents, events and registries as
// far as the extension and its client need them, so that both run without an editor. What it is
// asked for and does not know is an empty class.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const url = require('node:url');

class Disposable {
    static from(...all) {
        return new Disposable(() => all.forEach(one => one.dispose()));
    }

    constructor(dispose) {
        this.dispose = dispose ?? (() => {});
    }
}

class EventEmitter {
    #listeners = new Set();

    event = (listener, self) => {
        const bound = self ? listener.bind(self) : listener;
        this.#listeners.add(bound);
        return new Disposable(() => this.#listeners.delete(bound));
    };

    fire(event) {
        return Promise.all([...this.#listeners].map(listener => listener(event)));
    }

    dispose() {}
}

class Position {
    constructor(line, character) {
        this.line = line;
        this.character = character;
    }
}

class Range {
    constructor(start, end, endLine, endCharacter) {
        const numbers = typeof start === 'number';
        this.start = numbers ? new Position(start, end) : start;
        this.end = numbers ? new Position(endLine, endCharacter) : end;
    }
}

class Uri {
    static file(fsPath) {
        return new Uri(url.pathToFileURL(fsPath).href);
    }

    static parse(text) {
        return new Uri(text);
    }

    constructor(text) {
        const parsed = new URL(text);
        this.text = text;
        this.scheme = parsed.protocol.slice(0, -1);
        this.path = decodeURIComponent(parsed.pathname);
        this.fsPath = this.scheme === 'file' ? url.fileURLToPath(parsed) : this.path;
    }

    toString() {
        return this.text;
    }
}

class CancellationTokenSource {
    token = { isCancellationRequested: false, onCancellationRequested: new EventEmitter().event };

    cancel() {}

    dispose() {}
}

/** A class whose objects have their arguments under these names. */
function fields(...names) {
    return class {
        constructor(...values) {
            names.forEach((name, i) => (this[name] = values[i]));
        }
    };
}

/** An enumeration from zero. */
function words(...names) {
    return Object.fromEntries(names.map((name, i) => [name, i]));
}

class CodeActionKind {
    static Empty = new CodeActionKind('');
    static QuickFix = new CodeActionKind('quickfix');
    static Refactor = new CodeActionKind('refactor');
    static RefactorExtract = new CodeActionKind('refactor.extract');
    static RefactorInline = new CodeActionKind('refactor.inline');
    static RefactorRewrite = new CodeActionKind('refactor.rewrite');
    static Source = new CodeActionKind('source');
    static SourceOrganizeImports = new CodeActionKind('source.organizeImports');

    constructor(value) {
        this.value = value;
    }

    append(part) {
        return new CodeActionKind(this.value ? this.value + '.' + part : part);
    }
}

class WorkspaceEdit {
    edits = [];

    replace(uri, range, newText) {
        this.edits.push({ uri, range, newText });
    }

    set(uri, edits) {
        edits.forEach(edit => this.edits.push({ uri, ...edit }));
    }
}

// ---- documents

class Document {
    languageId = 'dyadic';
    version = 1;
    isDirty = false;
    isClosed = false;
    isUntitled = false;
    eol = 1;

    constructor(uri, text) {
        this.uri = uri;
        this.fileName = uri.fsPath;
        this.text = text;
    }

    getText() {
        return this.text;
    }

    get lineCount() {
        return this.text.split('\n').length;
    }

    async save() {
        fs.writeFileSync(this.fileName, this.text);
        this.isDirty = false;
        return true;
    }

    /** Where a marked piece of the text begins. */
    find(piece) {
        const before = this.text.slice(0, this.text.indexOf(piece)).split('\n');
        return new Position(before.length - 1, before.at(-1).length);
    }
}

const state = {
    documents: [],
    folders: [],
    settings: new Map(),
    commands: new Map(),
    executed: [],
    tasks: [],
    messages: [],
    picks: [],
    collections: [],
    providers: new Map(),
    trusted: true,
};

const events = new Proxy({}, { get: (all, name) => (all[name] ??= new EventEmitter()) });

/** Opens a file, or gives the open one. */
function open(file, text) {
    const uri = Uri.file(file);
    const known = state.documents.find(it => it.uri.toString() === uri.toString());
    if (known) {
        return known;
    }
    const document = new Document(uri, text ?? fs.readFileSync(file, 'utf8'));
    state.documents.push(document);
    events.onDidOpenTextDocument.fire(document);
    return document;
}

/** Replaces the text of a document, as a person would who types very fast. */
function type(document, text) {
    const lines = document.text.split('\n');
    const range = new Range(0, 0, lines.length - 1, lines.at(-1).length);
    const rangeLength = document.text.length;
    document.text = text;
    document.version++;
    document.isDirty = true;
    return events.onDidChangeTextDocument.fire({
        document,
        contentChanges: [{ range, rangeOffset: 0, rangeLength, text }],
    });
}

/** Everything that is known to be wrong with a document. */
function diagnostics(document) {
    return state.collections.flatMap(it => it.get(document.uri.toString()) ?? []);
}

class DiagnosticCollection extends Map {
    set(uri, found) {
        super.set(uri.toString(), found);
        events.diagnostics.fire(uri);
        return this;
    }

    delete(uri) {
        const had = super.delete(uri.toString());
        events.diagnostics.fire(uri);
        return had;
    }

    dispose() {
        this.clear();
    }
}

// ---- what extensions see

const workspace = {
    get isTrusted() {
        return state.trusted;
    },
    get textDocuments() {
        return state.documents;
    },
    get workspaceFolders() {
        return state.folders;
    },
    notebookDocuments: [],
    fs: { isWritableFileSystem: () => true },
    getConfiguration: section => ({
        get: (name, otherwise) => state.settings.get(`${section}.${name}`) ?? otherwise,
        has: name => state.settings.has(`${section}.${name}`),
    }),
    getWorkspaceFolder: uri =>
        state.folders.find(it => uri.fsPath.startsWith(it.uri.fsPath + path.sep)),
    openTextDocument: async uri => open(uri.fsPath),
    createFileSystemWatcher: () => ({
        onDidCreate: new EventEmitter().event,
        onDidChange: new EventEmitter().event,
        onDidDelete: new EventEmitter().event,
        dispose() {},
    }),
    applyEdit: async () => true,
};

const output = {
    append() {},
    appendLine() {},
    show() {},
    clear() {},
    dispose() {},
};

function say(kind) {
    return async (message, ...choices) => {
        state.messages.push({ kind, message, choices });
        return choices.find(choice => state.picks.includes(choice));
    };
}

const window = {
    get activeTextEditor() {
        const document = state.documents.at(-1);
        return document && { document };
    },
    visibleTextEditors: [],
    tabGroups: { all: [] },
    createOutputChannel: () => output,
    showInformationMessage: say('information'),
    showWarningMessage: say('warning'),
    showErrorMessage: say('error'),
    showQuickPick: async names => names.find(name => state.picks.includes(name)),
    withProgress: (options, work) => work({ report() {} }, new CancellationTokenSource().token),
};

const languages = {
    match: (selector, document) =>
        [selector].flat().some(it => (it.language ?? it) === document.languageId) ? 10 : 0,
    createDiagnosticCollection() {
        const collection = new DiagnosticCollection();
        state.collections.push(collection);
        return collection;
    },
};

const commands = {
    registerCommand(name, action) {
        state.commands.set(name, action);
        return new Disposable(() => state.commands.delete(name));
    },
    async executeCommand(name, ...parameters) {
        state.executed.push(name);
        if (name === 'vscode.executeDocumentSymbolProvider') {
            return ask('DocumentSymbol').provideDocumentSymbols(open(parameters[0].fsPath), NEVER);
        }
        return state.commands.get(name)?.(...parameters);
    },
};

const tasks = {
    executeTask: async task => state.tasks.push(task),
};

const NEVER = new CancellationTokenSource().token;

/** The provider that was registered last for a service. */
function ask(service) {
    return state.providers.get(service);
}

/** Answers {@code on...} with an event and {@code register...Provider} with a registry. */
function withEvents(object) {
    return new Proxy(object, {
        get(known, name) {
            if (name in known || typeof name !== 'string') {
                return known[name];
            }
            if (/^on[A-Z]/.test(name)) {
                return events[name].event;
            }
            const service = /^register(.*?)(Edit)?Provider$/.exec(name);
            if (service) {
                return (selector, provider, extra) => {
                    // Workspace symbols have no selector.
                    state.providers.set(service[1], provider ?? selector);
                    if (extra?.tokenTypes) {
                        state.legend = extra;
                    }
                    return new Disposable(() => state.providers.delete(service[1]));
                };
            }
            throw new Error('the stand-in has no ' + name);
        },
    });
}

const api = {
    version: '1.82.0',
    env: { language: 'en', appName: 'stand-in', openExternal: async () => true },
    Disposable,
    EventEmitter,
    Position,
    Range,
    Uri,
    CancellationTokenSource,
    CodeActionKind,
    WorkspaceEdit,
    Location: fields('uri', 'range'),
    Diagnostic: fields('range', 'message', 'severity'),
    CodeLens: fields('range', 'command'),
    CodeAction: fields('title', 'kind'),
    CompletionItem: fields('label', 'kind'),
    CompletionList: fields('items', 'isIncomplete'),
    DocumentSymbol: fields('name', 'detail', 'kind', 'range', 'selectionRange'),
    SymbolInformation: fields('name', 'kind', 'containerName', 'location'),
    FoldingRange: fields('start', 'end', 'kind'),
    Hover: fields('contents', 'range'),
    InlayHint: fields('position', 'label', 'kind'),
    SemanticTokens: fields('data', 'resultId'),
    SemanticTokensLegend: fields('tokenTypes', 'tokenModifiers'),
    SignatureInformation: fields('label', 'documentation'),
    ParameterInformation: fields('label', 'documentation'),
    SnippetString: fields('value'),
    TextEdit: fields('range', 'newText'),
    MarkdownString: class {
        constructor(value) {
            this.value = value;
        }

        appendMarkdown(text) {
            this.value = (this.value ?? '') + text;
            return this;
        }

        appendCodeblock(text) {
            return this.appendMarkdown(text);
        }
    },
    ProcessExecution: fields('process', 'args', 'options'),
    Task: fields('definition', 'scope', 'name', 'source', 'execution', 'problemMatchers'),
    TaskScope: { Global: 1, Workspace: 2 },
    DiagnosticSeverity: words('Error', 'Warning', 'Information', 'Hint'),
    CompletionTriggerKind: words('Invoke', 'TriggerCharacter', 'TriggerForIncompleteCompletions'),
    CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
    SignatureHelpTriggerKind: { Invoke: 1, TriggerCharacter: 2, ContentChange: 3 },
    CompletionItemKind: { Text: 0, TypeParameter: 24 },
    SymbolKind: { File: 0, Property: 6, TypeParameter: 25 },
    FoldingRangeKind: { Comment: 1, Imports: 2, Region: 3 },
    DocumentHighlightKind: words('Text', 'Read', 'Write'),
    DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
    CompletionItemTag: { Deprecated: 1 },
    SymbolTag: { Deprecated: 1 },
    FileType: { File: 1, Directory: 2 },
    ProgressLocation: { Window: 10 },
    TextDocumentSaveReason: { Manual: 1, AfterDelay: 2, FocusOut: 3 },
    NotebookCellKind: { Markup: 1, Code: 2 },
    workspace: withEvents(workspace),
    window: withEvents(window),
    languages: withEvents(languages),
    commands,
    tasks,
};

module.exports = {
    api: new Proxy(api, { get: (known, name) => (known[name] ??= class {}) }),
    state,
    events,
    open,
    type,
    diagnostics,
    ask,
    NEVER,
};
