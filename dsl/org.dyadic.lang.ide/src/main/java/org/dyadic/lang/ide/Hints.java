package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.runtime.CommonToken;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.CodeLens;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.InlayHint;
import org.eclipse.lsp4j.InlayHintKind;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/** What an editor shows between the lines: bits that are not written, and what can be run. */
final class Hints {

    /** The command that an editor carries out with a file and the name of an experiment. */
    static final String RUN = "dyadic.run";

    private Hints() {}

    static List<CodeLens> lenses(Document document, String uri) {
        var lenses = new ArrayList<CodeLens>();
        for (var declared : document.declared()) {
            if (declared.kind().equals("experiment")) {
                var lens = new CodeLens(document.range(declared.nameToken().orElseThrow()));
                lens.setCommand(new Command("Run experiment", RUN, List.of(uri, declared.name())));
                lenses.add(lens);
            }
        }
        return lenses;
    }

    /**
     * The bits of each quantizer whose width stands at its default, and at the end of each rule
     * what its layers get.
     */
    static List<InlayHint> hints(
            Workspace workspace,
            Document document,
            Map<Resolved.Key, Resolved> resolved,
            Range range) {
        var vocabulary = workspace.vocabulary(document);
        int from = document.offset(range.getStart());
        int to = document.offset(range.getEnd());
        var hints = new ArrayList<InlayHint>();
        for (var declared : document.segments()) {
            var segment = declared.at();
            if (segment.end() < from || segment.start() > to) {
                continue;
            }
            var walk = new Walk(vocabulary);
            var tokens = segment.tokens();
            for (int i = 0; i < tokens.size(); i++) {
                var token = tokens.get(i);
                if (walk.next().role() instanceof Role.Plugin plugin
                        && plugin.kind() == PluginKind.QUANTIZER
                        && TokenKind.of(token) == TokenKind.WORD
                        && !givesBits(tokens, i + 1)) {
                    hint(document, vocabulary, token, hints);
                }
                walk.accept(token);
            }
        }
        for (var rule : Resolved.rules(document)) {
            int end = Document.end(rule.last());
            if (end >= from && end <= to && resolved.containsKey(rule.key())) {
                hints.add(hint(document.position(end), resolved.get(rule.key())));
            }
        }
        return hints;
    }

    private static InlayHint hint(Position at, Resolved resolved) {
        var hint = new InlayHint(at, Either.forLeft(resolved.label()));
        hint.setPaddingLeft(true);
        hint.setTooltip(resolved.layers());
        return hint;
    }

    private static boolean givesBits(List<CommonToken> tokens, int next) {
        if (next >= tokens.size() || !tokens.get(next).getText().equals("{")) {
            return false;
        }
        for (int i = next; i < tokens.size() && !tokens.get(i).getText().equals("}"); i++) {
            if (tokens.get(i).getText().equals("bits")) {
                return true;
            }
        }
        return false;
    }

    private static void hint(
            Document document, Vocabulary vocabulary, CommonToken id, List<InlayHint> hints) {
        var owner = vocabulary.quantizer(id.getText());
        owner.parameter("bits")
                .ifPresent(
                        bits ->
                                bits.fallback()
                                        .ifPresent(
                                                width -> {
                                                    var hint =
                                                            new InlayHint(
                                                                    document.position(
                                                                            Document.end(id)),
                                                                    Either.forLeft(
                                                                            "bits " + width));
                                                    hint.setKind(InlayHintKind.Parameter);
                                                    hint.setPaddingLeft(true);
                                                    hint.setTooltip(
                                                            "the default of " + owner.title());
                                                    hints.add(hint);
                                                }));
    }
}
