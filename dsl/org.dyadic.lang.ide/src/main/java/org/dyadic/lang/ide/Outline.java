package org.dyadic.lang.ide;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.antlr.runtime.CommonToken;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeKind;
import org.eclipse.lsp4j.SymbolKind;

/** The shape of a file: its declarations with their parts, and what can be folded. */
final class Outline {

    private Outline() {}

    static List<DocumentSymbol> symbols(Document document) {
        var symbols = new ArrayList<DocumentSymbol>();
        for (var declared : document.declared()) {
            if (declared.kind().equals("import")) {
                continue;
            }
            var segment = declared.at();
            var symbol =
                    new DocumentSymbol(
                            declared.name(),
                            Kinds.symbol(declared.kind()),
                            document.range(segment.start(), segment.end()),
                            document.range(declared.nameToken().orElseThrow()),
                            declared.kind());
            symbol.setChildren(
                    parts(segment.tokens()).stream().map(part -> part(document, part)).toList());
            symbols.add(symbol);
        }
        return symbols;
    }

    private static DocumentSymbol part(Document document, List<CommonToken> tokens) {
        var first = tokens.get(0);
        int start = first.getStartIndex();
        int end = Document.end(tokens.get(tokens.size() - 1));
        String text = document.text(start, end);
        String line = text.lines().findFirst().orElse(text).strip().replaceAll("\\s+", " ");
        return new DocumentSymbol(
                line.length() > 60 ? line.substring(0, 60) + "…" : line,
                SymbolKind.Property,
                document.range(start, end),
                document.range(first));
    }

    /** The settings, rules and other parts right inside of a declaration's braces. */
    static List<List<CommonToken>> parts(List<CommonToken> tokens) {
        var starts = new ArrayList<Integer>();
        var walk = new Walk(Vocabulary.none());
        int end = tokens.size();
        for (int i = 0; i < tokens.size(); i++) {
            if (walk.depth() == 1 && walk.begins(tokens.get(i))) {
                starts.add(i);
            }
            walk.accept(tokens.get(i));
            if (walk.depth() == 0 && !starts.isEmpty()) {
                end = i;
                break;
            }
        }
        starts.add(end);
        var parts = new ArrayList<List<CommonToken>>();
        for (int i = 0; i + 1 < starts.size(); i++) {
            parts.add(tokens.subList(starts.get(i), starts.get(i + 1)));
        }
        return parts;
    }

    static List<FoldingRange> folds(Document document) {
        var folds = new ArrayList<FoldingRange>();
        var open = new ArrayDeque<CommonToken>();
        for (var token : document.tokens()) {
            var kind = TokenKind.of(token);
            if (kind == TokenKind.BLOCK_COMMENT) {
                fold(document, token.getStartIndex(), Document.end(token), folds)
                        .forEach(fold -> fold.setKind(FoldingRangeKind.Comment));
            } else if (kind == TokenKind.KEYWORD && token.getText().equals("{")) {
                open.push(token);
            } else if (kind == TokenKind.KEYWORD
                    && token.getText().equals("}")
                    && !open.isEmpty()) {
                int start = open.pop().getStartIndex();
                fold(document, start, token.getStartIndex(), folds);
            }
        }
        var imports =
                document.segments().stream().filter(it -> it.kind().equals("import")).toList();
        if (imports.size() > 1) {
            fold(
                            document,
                            imports.get(0).at().start(),
                            imports.get(imports.size() - 1).at().end(),
                            folds)
                    .forEach(fold -> fold.setKind(FoldingRangeKind.Imports));
        }
        return folds;
    }

    private static List<FoldingRange> fold(
            Document document, int start, int end, List<FoldingRange> folds) {
        var from = document.position(start);
        var to = document.position(end);
        if (from.getLine() >= to.getLine()) {
            return List.of();
        }
        var fold = new FoldingRange(from.getLine(), to.getLine());
        folds.add(fold);
        return List.of(fold);
    }
}
