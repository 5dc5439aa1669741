package org.dyadic.lang.ide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/** Gives a declaration another name, in every file that uses it, or says why not. */
final class Renaming {

    private final Workspace workspace;
    private final Function<Path, String> uris;

    Renaming(Workspace workspace, Function<Path, String> uris) {
        this.workspace = workspace;
        this.uris = uris;
    }

    WorkspaceEdit rename(Document document, int offset, String name) {
        var names = new Names(workspace);
        var declaration =
                names.at(document, offset)
                        .orElseThrow(() -> refusal("there is no name of a declaration here"));
        var tokens = workspace.language().tokens(name);
        if (tokens.size() != 1 || TokenKind.of(tokens.get(0)) != TokenKind.WORD) {
            throw refusal(
                    "'"
                            + name
                            + "' cannot be a name; a name begins with a letter, goes on with"
                            + " letters, digits, '-' and '_', and is no word of the language");
        }
        var edits = new LinkedHashMap<String, List<TextEdit>>();
        for (var user : workspace.users(Names.path(declaration))) {
            if (!workspace.program(user).isComplete(workspace.program(user).root())) {
                throw refusal(
                        "'"
                                + user.path()
                                + "' has a syntax error, so not every use can be found; correct"
                                + " it first");
            }
            if (!name.equals(declaration.getName()) && workspace.find(user, name).isPresent()) {
                throw refusal("'" + name + "' is already a name in '" + user.path() + "'");
            }
        }
        for (var occurrence : names.occurrences(declaration)) {
            var file = workspace.readable(occurrence.file()).orElseThrow();
            edits.computeIfAbsent(uris.apply(occurrence.file()), it -> new ArrayList<>())
                    .add(new TextEdit(file.range(occurrence.start(), occurrence.end()), name));
        }
        return new WorkspaceEdit(Map.copyOf(edits));
    }

    private static ResponseErrorException refusal(String why) {
        return new ResponseErrorException(
                new ResponseError(ResponseErrorCode.RequestFailed, why, null));
    }
}
