// The extension for VS Code, in a stand-in for VS Code, with the real language server.
//
//     node extension.test.js EXTENSION DYADIC FOLDER
//
// EXTENSION is the unpacked extension, DYADIC the command, FOLDER a workspace to write into.
'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { after, before, test } = require('node:test');
const editor = require('./vscode');

const [extensionFolder, dyadic, folder] = process.argv.slice(2);
const { api, state } = editor;

const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? api : load(request, ...rest));
const extension = require(extensionFolder);
const manifest = JSON.parse(fs.readFileSync(path.join(extensionFolder, 'package.json'), 'utf8'));

const EXAMPLE = '../../../../../examples/01-first-run/first.dyadic';
const LIBRARY = '/** Shared by all. */\npolicy Shared upot\n';
const MAIN = `import "library.dyadic"
network Net from "net.onnx"
accelerator Array uses systolic {
    clock 1 GHz
}
policy Mine { default weights uppot }
experiment One { network Net policies Shared, Mine accelerators Array }
experiment Two { network Net policies Shared accelerators Array }
`;

const context = { subscriptions: [] };
let main;

/** Waits until something is so. */
async function until(what, isSo) {
    for (let i = 0; i < 600; i++) {
        const found = await isSo();
        if (found) {
            return found;
        }
        await new Promise(resolve => setTimeout(resolve, 100));
    }
    assert.fail('never: ' + what + '; messages: ' + JSON.stringify(state.messages));
}

function whole(document) {
    return new api.Range(0, 0, document.lineCount, 0);
}

before(async () => {
    fs.writeFileSync(path.join(folder, 'library.dyadic'), LIBRARY);
    fs.writeFileSync(path.join(folder, 'main.dyadic'), MAIN);
    state.folders.push({ uri: api.Uri.file(folder), name: 'test', index: 0 });
    state.settings.set('dyadic.executable', dyadic);
});

after(() => extension.deactivate());

test('nothing is started in a workspace that is not trusted', async () => {
    state.trusted = false;
    await extension.activate(context);
    assert.equal(state.providers.size, 0);
    state.trusted = true;
    await editor.events.onDidGrantWorkspaceTrust.fire();
    main = editor.open(path.join(folder, 'main.dyadic'));
    await until('a completion provider', () => editor.ask('CompletionItem'));
});

test('mistakes are shown where they are', async () => {
    const [found] = await until('a diagnostic', () => {
        const all = editor.diagnostics(main);
        return all.length > 0 && all;
    });
    assert.equal(found.code, 'unknown-plugin');
    assert.equal(found.severity, api.DiagnosticSeverity.Error);
    assert.deepEqual(found.range.start, main.find('uppot'));
    assert.match(found.message, /Did you mean upot\?/);
});

test('a mistake has a fix', async () => {
    const diagnostics = editor.diagnostics(main);
    const actions = await editor
        .ask('CodeActions')
        .provideCodeActions(main, diagnostics[0].range, { diagnostics, triggerKind: 1 }, editor.NEVER);
    const fix = actions.find(action => action.title === "Change to 'upot'");
    assert.deepEqual(fix.edit.edits.map(edit => edit.newText), ['upot']);
});

test('words are completed', async () => {
    const list = await editor
        .ask('CompletionItem')
        .provideCompletionItems(main, main.find('uppot'), editor.NEVER, { triggerKind: 0 });
    const items = list.items ?? list;
    assert.ok(items.some(item => item.label === 'apot'));
});

test('words say what they mean, and names where they are declared', async () => {
    const hover = await editor.ask('Hover').provideHover(main, main.find('Shared,'), editor.NEVER);
    assert.match([hover.contents].flat()[0].value, /Shared by all/);
    const definition = await editor
        .ask('Definition')
        .provideDefinition(main, main.find('Shared,'), editor.NEVER);
    assert.match(JSON.stringify(definition), /library\.dyadic/);
});

test('a name is changed in all files', async () => {
    const edit = await editor
        .ask('Rename')
        .provideRenameEdits(main, main.find('Shared,'), 'Common', editor.NEVER);
    assert.deepEqual(
        edit.edits.map(it => path.basename(it.uri.fsPath)).sort(),
        ['library.dyadic', 'main.dyadic', 'main.dyadic'],
    );
});

test('words are coloured by what they mean', async () => {
    const tokens = await editor
        .ask('DocumentSemanticTokens')
        .provideDocumentSemanticTokens(main, editor.NEVER);
    assert.equal(tokens.data.length % 5, 0);
    assert.equal(state.legend.tokenTypes[tokens.data[3]], 'keyword');
});

test('the experiment above which "Run experiment" was clicked is run', async () => {
    const lenses = await editor.ask('CodeLens').provideCodeLenses(main, editor.NEVER);
    assert.deepEqual(
        lenses.map(lens => lens.command.title),
        ['Run experiment', 'Run experiment'],
    );
    const { command, arguments: words } = lenses[1].command;
    await api.commands.executeCommand(command, ...words);
    const { execution, problemMatchers } = state.tasks.pop();
    assert.equal(execution.process, dyadic);
    assert.deepEqual(execution.args, ['run', main.uri.fsPath, 'Two']);
    assert.equal(execution.options.cwd, folder);
    assert.equal(problemMatchers, '$' + manifest.contributes.problemMatchers[0].name);
});

test('without a name the experiment is picked', async () => {
    state.picks.push('One');
    await api.commands.executeCommand('dyadic.run');
    assert.deepEqual(state.tasks.pop().execution.args, ['run', main.uri.fsPath, 'One']);
});

test('a changed file is saved and checked, and the findings are understood', async () => {
    await editor.type(main, MAIN.replace('1 GHz', '1 nm'));
    await until('two diagnostics', () => editor.diagnostics(main).length === 2);
    await api.commands.executeCommand('dyadic.check');
    const { execution } = state.tasks.pop();
    assert.match(fs.readFileSync(main.fileName, 'utf8'), /1 nm/);
    const { stderr, status } = spawnSync(execution.process, execution.args, {
        ...execution.options,
        encoding: 'utf8',
    });
    assert.equal(status, 1);
    const [matcher] = manifest.contributes.problemMatchers;
    const lines = stderr.trim().split('\n').map(line => new RegExp(matcher.pattern.regexp).exec(line));
    const unit = lines.find(found => found?.[matcher.pattern.code] === 'wrong-unit');
    assert.equal(unit[matcher.pattern.file], main.fileName);
    assert.equal(Number(unit[matcher.pattern.line]), 4);
    assert.equal(unit[matcher.pattern.severity], 'error');
});

test('a mended file has no mistakes, and is formatted', async () => {
    await editor.type(main, MAIN.replace('uppot', '  upot').replace('1 nm', '1 GHz'));
    await until('no errors', () =>
        editor.diagnostics(main).every(it => it.severity !== api.DiagnosticSeverity.Error
            || it.code === 'unreadable-file'));
    const edits = await editor
        .ask('DocumentFormatting')
        .provideDocumentFormattingEdits(main, { tabSize: 4, insertSpaces: true }, editor.NEVER);
    assert.equal(edits.length, 1);
    await api.commands.executeCommand('dyadic.format');
    assert.ok(state.executed.includes('editor.action.formatDocument'));
});

test('what layers get in the end stands beside the rules that decide', async () => {
    const example = editor.open(path.join(__dirname, EXAMPLE));
    const labels = await until('hints of a resolved policy', async () => {
        const hints = await editor
            .ask('InlayHints')
            .provideInlayHints(example, whole(example), editor.NEVER);
        const found = hints.map(hint => hint.label).filter(label => / layers?$/.test(label));
        return found.length > 0 && found;
    });
    assert.ok(labels.includes('W8 A8, 2 layers'), labels.join('; '));
});

test('every command of the manifest exists, and no other', () => {
    assert.deepEqual(
        [...state.commands.keys()].filter(name => name.startsWith('dyadic.')).sort(),
        manifest.contributes.commands.map(it => it.command).sort(),
    );
});

test('a command that is not there is explained', async () => {
    state.settings.set('dyadic.executable', path.join(folder, 'no-such-dyadic'));
    state.picks.push('Open Settings');
    state.messages.length = 0;
    await api.commands.executeCommand('dyadic.restart');
    const explained = await until('an explanation', () =>
        state.messages.find(it => it.message.includes("Say in 'dyadic.executable'")));
    assert.equal(explained.kind, 'error');
    assert.ok(state.executed.includes('workbench.action.openSettings'));
});

test('and the server starts once the setting is right', async () => {
    state.settings.set('dyadic.executable', dyadic);
    await editor.events.onDidChangeConfiguration.fire({
        affectsConfiguration: name => name === 'dyadic.executable',
    });
    await until('a completion provider', () => editor.ask('CompletionItem'));
});
