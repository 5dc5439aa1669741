package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.List;
import org.antlr.runtime.CommonToken;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensLegend;

/**
 * What each token is, for highlighting: the same word may be a keyword here and a setting there.
 */
final class Colours {

    private enum Type {
        KEYWORD("keyword"),
        COMMENT("comment"),
        STRING("string"),
        NUMBER("number"),
        DECLARATION("class"),
        PLUGIN("function"),
        SETTING("property"),
        CHOICE("enumMember"),
        UNIT("type");

        private final String id;

        Type(String id) {
            this.id = id;
        }
    }

    static final SemanticTokensLegend LEGEND =
            new SemanticTokensLegend(
                    List.of(Type.values()).stream().map(it -> it.id).toList(),
                    List.of("declaration", "documentation"));

    private final Document document;
    private final List<Integer> data = new ArrayList<>();
    private int line;
    private int column;

    private Colours(Document document) {
        this.document = document;
    }

    static SemanticTokens of(Document document) {
        return new SemanticTokens(new Colours(document).all());
    }

    private List<Integer> all() {
        var segments = document.segments();
        int next = 0;
        var walk = new Walk(Vocabulary.none());
        for (var token : document.tokens()) {
            if (next < segments.size() && segments.get(next).at().first() == token) {
                walk = new Walk(Vocabulary.none());
                next++;
            }
            switch (TokenKind.of(token)) {
                case SPACE, OTHER -> {}
                case LINE_COMMENT -> add(token, Type.COMMENT, 0);
                case BLOCK_COMMENT ->
                        add(token, Type.COMMENT, token.getText().startsWith("/**") ? 2 : 0);
                default -> {
                    visible(token, walk);
                    walk.accept(token);
                }
            }
        }
        return data;
    }

    private void visible(CommonToken token, Walk walk) {
        var role = walk.next().role();
        switch (TokenKind.of(token)) {
            case NUMBER -> add(token, Type.NUMBER, 0);
            case TEXT -> add(token, Type.STRING, 0);
            case UNIT -> add(token, Type.UNIT, 0);
            case BY -> add(token, Type.KEYWORD, 0);
            case WORD -> word(token, role);
            case KEYWORD -> {
                boolean isWord = Character.isLetter(token.getText().charAt(0));
                if (isWord
                        && (role instanceof Role.SettingName
                                || role instanceof Role.UnitOf
                                || role instanceof Role.SettingValue
                                || role instanceof Role.Step)) {
                    word(token, role);
                } else if (isWord) {
                    add(token, Type.KEYWORD, 0);
                } else if (token.getText().equals("%")) {
                    add(token, Type.UNIT, 0);
                }
            }
            default -> {}
        }
    }

    private void word(CommonToken token, Role role) {
        if (role instanceof Role.Declared) {
            add(token, Type.DECLARATION, 1);
        } else if (role instanceof Role.Reference) {
            add(token, Type.DECLARATION, 0);
        } else if (role instanceof Role.Plugin) {
            add(token, Type.PLUGIN, 0);
        } else if (role instanceof Role.SettingName
                || role instanceof Role.Step
                || role instanceof Role.UnitOf) {
            add(token, Type.SETTING, 0);
        } else {
            add(token, Type.CHOICE, 0);
        }
    }

    /** A token over several lines becomes one for each line, which every editor understands. */
    private void add(CommonToken token, Type type, int modifiers) {
        int start = token.getStartIndex();
        for (String part : token.getText().split("\n", -1)) {
            int length = part.endsWith("\r") ? part.length() - 1 : part.length();
            if (length > 0) {
                var at = document.position(start);
                data.add(at.getLine() - line);
                data.add(at.getLine() == line ? at.getCharacter() - column : at.getCharacter());
                data.add(length);
                data.add(type.ordinal());
                data.add(modifiers);
                line = at.getLine();
                column = at.getCharacter();
            }
            start += part.length() + 1;
        }
    }
}
