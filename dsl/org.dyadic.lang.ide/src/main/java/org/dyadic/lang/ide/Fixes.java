package org.dyadic.lang.ide;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.lang.ide.Place.Role;
import org.dyadic.lang.syntax.TokenKind;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;

/** What an editor can do about a diagnostic. */
final class Fixes {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern RENAMED = Pattern.compile("^'[^']*' is '([^']*)' now");
    private static final Pattern UNKNOWN = Pattern.compile("^unknown ([a-z]+) '([^']*)'");

    private final Workspace workspace;
    private final Document document;
    private final String uri;
    private final List<CodeAction> actions = new ArrayList<>();

    Fixes(Workspace workspace, Document document, String uri) {
        this.workspace = workspace;
        this.document = document;
        this.uri = uri;
    }

    List<CodeAction> of(List<Diagnostic> diagnostics) {
        for (var diagnostic : diagnostics) {
            if ("dyadic".equals(diagnostic.getSource()) && diagnostic.getCode() != null) {
                String code = diagnostic.getCode().isLeft() ? diagnostic.getCode().getLeft() : "";
                of(diagnostic, code, message(diagnostic));
            }
        }
        return actions;
    }

    static String message(Diagnostic diagnostic) {
        return diagnostic.getMessage().isLeft()
                ? diagnostic.getMessage().getLeft()
                : diagnostic.getMessage().getRight().getValue();
    }

    private void of(Diagnostic diagnostic, String code, String message) {
        Guess.suggestedIn(message).ifPresent(guess -> guessed(diagnostic, message, guess));
        if (code.equals(IssueCode.UNRESOLVED_NAME.id())) {
            imports(diagnostic, message);
        } else if (code.equals(IssueCode.WRONG_UNIT.id())
                || code.equals(IssueCode.UNKNOWN_UNIT.id())) {
            units(diagnostic);
        } else if (code.equals(IssueCode.UNUSED_NAME.id())) {
            remove(diagnostic);
        } else if (code.equals(IssueCode.DEPRECATED_WORD.id())) {
            var renamed = RENAMED.matcher(message);
            if (renamed.find()) {
                guessed(diagnostic, message, renamed.group(1));
            }
        }
    }

    /** Replaces of the place what the message quotes, or the whole place. */
    private void guessed(Diagnostic diagnostic, String message, String guess) {
        int start = document.offset(diagnostic.getRange().getStart());
        int end = document.offset(diagnostic.getRange().getEnd());
        String written = document.text(start, end);
        var quoted = QUOTED.matcher(message);
        String wrong = quoted.find() ? quoted.group(1) : written;
        if (written.startsWith("\"")) {
            wrong = Document.unquoted(written);
            wrong = wrong.substring(wrong.lastIndexOf('/') + 1);
        }
        int at = written.lastIndexOf(wrong);
        var range =
                at >= 0 && !wrong.isEmpty()
                        ? document.range(start + at, start + at + wrong.length())
                        : diagnostic.getRange();
        add("Change to '" + guess + "'", diagnostic, new TextEdit(range, guess))
                .setIsPreferred(true);
    }

    private void imports(Diagnostic diagnostic, String message) {
        var unknown = UNKNOWN.matcher(message);
        if (!unknown.find()) {
            return;
        }
        for (var path : workspace.files()) {
            var other = workspace.readable(path);
            boolean declares =
                    !path.equals(document.path())
                            && other.isPresent()
                            && other.get().declared().stream()
                                    .anyMatch(
                                            it ->
                                                    it.name().equals(unknown.group(2))
                                                            && (it.kind().equals(unknown.group(1))
                                                                    || unknown.group(1)
                                                                            .equals("name")));
            if (declares) {
                String written = Imports.written(document, path);
                add("Import \"" + written + '"', diagnostic, Imports.edit(document, written));
            }
        }
    }

    /** The number stays, and gets each unit with which it would be allowed. */
    private void units(Diagnostic diagnostic) {
        int start = document.offset(diagnostic.getRange().getStart());
        var number = document.tokenAt(start + 1).or(() -> document.tokenAt(start));
        var place =
                number.filter(it -> TokenKind.of(it) == TokenKind.NUMBER)
                        .flatMap(
                                it ->
                                        Completion.placeOf(
                                                document, workspace.vocabulary(document), it));
        if (place.isPresent() && place.get().role() instanceof Role.SettingValue value) {
            String written = number.get().getText();
            value.owner()
                    .parameter(value.name())
                    .map(parameter -> parameter.type())
                    .filter(ParameterType.Measure.class::isInstance)
                    .map(type -> units((ParameterType.Measure) type, written))
                    .orElse(List.of())
                    .forEach(
                            unit ->
                                    add(
                                            "Write " + written + " " + unit,
                                            diagnostic,
                                            new TextEdit(
                                                    diagnostic.getRange(), written + " " + unit)));
        }
    }

    private static List<String> units(ParameterType.Measure type, String number) {
        double value = Double.parseDouble(number);
        return Double.isFinite(value) ? Completion.fittingUnits(type, value) : List.of();
    }

    private void remove(Diagnostic diagnostic) {
        document.segmentAt(document.offset(diagnostic.getRange().getStart()))
                .ifPresent(
                        it -> {
                            int end = it.at().end();
                            int line = document.text().indexOf('\n', end);
                            boolean alone = line >= 0 && document.text(end, line).strip().isEmpty();
                            add(
                                    "Remove " + it.kind() + " '" + it.name() + "'",
                                    diagnostic,
                                    new TextEdit(
                                            document.range(it.at().start(), alone ? line + 1 : end),
                                            ""));
                        });
    }

    private CodeAction add(String title, Diagnostic diagnostic, TextEdit edit) {
        var action = new CodeAction(title);
        action.setKind(CodeActionKind.QuickFix);
        action.setDiagnostics(List.of(diagnostic));
        action.setEdit(new WorkspaceEdit(Map.of(uri, List.of(edit))));
        actions.add(action);
        return action;
    }

    static Optional<TextEdit> difference(Document document, String formatted) {
        String text = document.text();
        if (text.equals(formatted)) {
            return Optional.empty();
        }
        int start = 0;
        int least = Math.min(text.length(), formatted.length());
        while (start < least && text.charAt(start) == formatted.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < least - start
                && text.charAt(text.length() - 1 - end)
                        == formatted.charAt(formatted.length() - 1 - end)) {
            end++;
        }
        return Optional.of(
                new TextEdit(
                        document.range(start, text.length() - end),
                        formatted.substring(start, formatted.length() - end)));
    }
}
