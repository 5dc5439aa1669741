// @ts-check
// Starts `dyadic lsp`, and runs and checks files as tasks. What an editor can know of the language
// comes from the server; here is only what is particular to VS Code.
'use strict';

const path = require('node:path');
const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('./lib/languageclient');

const LANGUAGE = 'dyadic';

/** @type {import('vscode-languageclient/node').LanguageClient | undefined} */
let client;

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
    context.subscriptions.push(
        vscode.commands.registerCommand('dyadic.run', run),
        vscode.commands.registerCommand('dyadic.check', check),
        vscode.commands.registerCommand('dyadic.format', format),
        vscode.commands.registerCommand('dyadic.restart', restart),
        vscode.workspace.onDidChangeConfiguration(changed => {
            const needed = ['executable', 'plugins', 'javaOptions'];
            if (needed.some(name => changed.affectsConfiguration('dyadic.' + name))) {
                return restart();
            }
        }),
        vscode.workspace.onDidGrantWorkspaceTrust(start),
    );
    await start();
}

async function deactivate() {
    const ending = client;
    client = undefined;
    await ending?.stop();
}

// ---- the language server

async function start() {
    if (client || !vscode.workspace.isTrusted) {
        return;
    }
    const server = {
        command: executable(),
        args: ['lsp'],
        options: { env: environment() },
        transport: TransportKind.stdio,
    };
    client = new LanguageClient(LANGUAGE, 'Dyadic', server, {
        documentSelector: [
            { scheme: 'file', language: LANGUAGE },
            { scheme: 'untitled', language: LANGUAGE },
        ],
    });
    try {
        await client.start();
    } catch (failure) {
        client = undefined;
        await explain(failure);
    }
}

async function restart() {
    await deactivate();
    await start();
}

/** @param {unknown} failure */
async function explain(failure) {
    const settings = 'Open Settings';
    const chosen = await vscode.window.showErrorMessage(
        `Dyadic's language server does not start with '${executable()} lsp': `
            + `${failure instanceof Error ? failure.message : failure}. `
            + "Say in 'dyadic.executable' where the dyadic command is.",
        settings,
    );
    if (chosen === settings) {
        await vscode.commands.executeCommand('workbench.action.openSettings', 'dyadic.executable');
    }
}

// ---- settings

function settings() {
    return vscode.workspace.getConfiguration('dyadic');
}

function executable() {
    return settings().get('executable', '').trim() || 'dyadic';
}

/** The settings as the variables that the command knows. */
function environment() {
    /** @type {NodeJS.ProcessEnv} */
    const variables = { ...process.env };
    const plugins = settings().get('plugins', []);
    if (plugins.length > 0) {
        variables.DYADIC_PLUGINS = plugins.join(path.delimiter);
    }
    const javaOptions = settings().get('javaOptions', '').trim();
    if (javaOptions) {
        variables.DYADIC_JAVA_OPTS = javaOptions;
    }
    return variables;
}

// ---- commands

/**
 * Runs an experiment; without a name the only one of the file, or the one that is picked.
 *
 * @param {string | vscode.Uri} [file] by default the active editor's
 * @param {string} [experiment]
 */
async function run(file, experiment) {
    const document = await documentOf(file);
    if (!document) {
        return;
    }
    const name = typeof experiment === 'string' ? experiment : await pick(document);
    if (name) {
        await task('run ' + name, ['run', document.uri.fsPath, name], document);
    }
}

/** @param {string | vscode.Uri} [file] by default the active editor's */
async function check(file) {
    const document = await documentOf(file);
    if (document) {
        await task('check', ['check', document.uri.fsPath], document);
    }
}

async function format() {
    if (await documentOf(undefined)) {
        await vscode.commands.executeCommand('editor.action.formatDocument');
    }
}

/** @param {vscode.TextDocument} document */
async function pick(document) {
    /** @type {vscode.DocumentSymbol[] | undefined} */
    const symbols = await vscode.commands.executeCommand(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
    );
    const names = (symbols ?? [])
        .filter(symbol => symbol.detail === 'experiment')
        .map(symbol => symbol.name);
    if (names.length === 0) {
        vscode.window.showInformationMessage('This file has no experiment to run.');
    }
    return names.length < 2
        ? names[0]
        : vscode.window.showQuickPick(names, { placeHolder: 'The experiment to run' });
}

/**
 * A file of the language, saved, because commands read what is on the disk.
 *
 * @param {string | vscode.Uri | undefined} file
 */
async function documentOf(file) {
    const document = file
        ? await vscode.workspace.openTextDocument(
              typeof file === 'string' ? vscode.Uri.parse(file) : file,
          )
        : vscode.window.activeTextEditor?.document;
    if (document?.languageId !== LANGUAGE || document.isUntitled) {
        vscode.window.showInformationMessage('Open a .dyadic file first, and save it.');
        return undefined;
    }
    if (document.isDirty && !(await document.save())) {
        return undefined;
    }
    return document;
}

/**
 * @param {string} name
 * @param {string[]} words
 * @param {vscode.TextDocument} document
 */
async function task(name, words, document) {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    const execution = new vscode.ProcessExecution(executable(), words, {
        // Run folders are made where the command runs.
        cwd: folder?.uri.fsPath ?? path.dirname(document.uri.fsPath),
        env: /** @type {Record<string, string>} */ (environment()),
    });
    await vscode.tasks.executeTask(
        new vscode.Task(
            { type: 'process' },
            folder ?? vscode.TaskScope.Workspace,
            name,
            'dyadic',
            execution,
            '$dyadic',
        ),
    );
}

module.exports = { activate, deactivate };
