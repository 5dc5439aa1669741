package org.dyadic.lang.ide;

import java.util.Optional;
import org.antlr.runtime.CommonToken;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;

/** What an editor shows of the word under the mouse. */
final class Hovers {

    private Hovers() {}

    static Optional<Hover> at(Workspace workspace, Document document, int offset) {
        var token = document.tokenAt(offset);
        return token.flatMap(
                it ->
                        text(workspace, document, it, offset)
                                .map(
                                        text ->
                                                new Hover(
                                                        new MarkupContent(
                                                                MarkupKind.MARKDOWN, text),
                                                        document.range(it))));
    }

    private static Optional<String> text(
            Workspace workspace, Document document, CommonToken token, int offset) {
        var vocabulary = workspace.vocabulary(document);
        String word = token.getText();
        var role =
                Completion.placeOf(document, vocabulary, token)
                        .map(Place::role)
                        .orElse(new Role.Nothing());
        return switch (TokenKind.of(token)) {
            case UNIT -> Docs.unit(wholeUnit(document, token)).or(() -> Docs.unit(word));
            case WORD, KEYWORD, TEXT ->
                    ofRole(role, vocabulary, token)
                            .or(
                                    () ->
                                            new Names(workspace)
                                                    .at(document, offset)
                                                    .map(
                                                            it ->
                                                                    Names.describe(
                                                                            workspace, document,
                                                                            it)))
                            .or(
                                    () ->
                                            word.equals("%") || word.equals("/")
                                                    ? Docs.unit(wholeUnit(document, token))
                                                    : Docs.keyword(word));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofRole(Role role, Vocabulary vocabulary, CommonToken token) {
        String word = token.getText();
        if (role instanceof Role.Plugin plugin) {
            return vocabulary.plugin(plugin.kind(), word).map(Docs::plugin);
        } else if (role instanceof Role.SettingName setting) {
            return setting.owner().parameter(word).map(it -> Docs.parameter(setting.owner(), it));
        } else if (role instanceof Role.UnitOf unit) {
            // A word after a number that is no unit is the next setting.
            return unit.owner().parameter(word).map(it -> Docs.parameter(unit.owner(), it));
        } else if (role instanceof Role.SettingValue value) {
            return value.owner()
                    .parameter(value.name())
                    .map(it -> Docs.parameter(value.owner(), it));
        } else if (role instanceof Role.Layers) {
            return Docs.layers(word);
        } else if (role instanceof Role.MetricWord) {
            return Docs.metric(word);
        } else if (role instanceof Role.Step step) {
            return Optional.ofNullable(vocabulary.steps(step.path()).get(word))
                    .map(line -> "**" + word + "**: " + line);
        }
        return Optional.empty();
    }

    /** {@code GB/s} of any of its three tokens. */
    private static String wholeUnit(Document document, CommonToken token) {
        int start = token.getStartIndex();
        int end = Document.end(token);
        String text = document.text();
        while (start > 0 && isUnit(text.charAt(start - 1))) {
            start--;
        }
        while (end < text.length() && isUnit(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static boolean isUnit(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '%';
    }
}
