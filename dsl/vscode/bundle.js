// What the extension takes of the library.
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');
module.exports = { LanguageClient, TransportKind };
