package org.dyadic.lang.syntax;

import static org.dyadic.lang.parser.antlr.internal.InternalDyadicLexer.RULE_WORD;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.antlr.runtime.CommonToken;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;

/**
 * What is left of a text when the declarations with a syntax error are blanked out, and one message
 * for each of them.
 *
 * @param text as long as the original, so that every position stays
 * @param lost the keyword of each blanked declaration, and the names it may have declared
 */
public record Repair(String text, List<Diagnostic> diagnostics, Set<String> lost) {

    /** After so many, a file is no program; more messages would help nobody. */
    private static final int MOST = 20;

    /** The text itself, if nothing is wrong with it. */
    public static Repair of(SourceFile file, Language language) {
        var scan = new Scan(language.tokens(file.text()));
        if (scan.sound() && firstError(file.text(), language).isEmpty()) {
            return new Repair(file.text(), List.of(), Set.of());
        }
        return new Work(file, language, scan).repair();
    }

    /** The offset of the first token that does not fit, or {@link ErrorOffsets#END}. */
    static OptionalInt firstError(String text, Language language) {
        return StreamSupport.stream(language.parse(text).getSyntaxErrors().spliterator(), false)
                .mapToInt(node -> ErrorOffsets.offset(node.getSyntaxErrorMessage()))
                .min();
    }

    private static final class Work {
        private final SourceFile file;
        private final Language language;
        private final List<Scan.Segment> segments;
        private final StringBuilder text;
        private final List<Diagnostic> diagnostics = new ArrayList<>();
        private final Set<String> lost = new HashSet<>();

        Work(SourceFile file, Language language, Scan scan) {
            this.file = file;
            this.language = language;
            this.segments = scan.segments();
            this.text = new StringBuilder(file.text());
        }

        Repair repair() {
            for (int i = 0; i < segments.size(); i++) {
                var segment = segments.get(i);
                if (diagnostics.size() >= MOST) {
                    blank(segment);
                } else if (segment.flaw().isPresent()) {
                    var flaw = segment.flaw().get();
                    report(flaw.token(), flaw.message());
                    blank(segment);
                } else {
                    parse(segment, i + 1 < segments.size());
                }
            }
            return new Repair(text.toString(), diagnostics, lost);
        }

        private void parse(Scan.Segment segment, boolean following) {
            String own = file.text().substring(segment.start(), segment.end());
            var error = firstError(own, language);
            if (error.isEmpty()) {
                return;
            }
            if (error.getAsInt() == ErrorOffsets.END) {
                String what = following ? segment.first().getText() : "file";
                diagnostics.add(
                        Diagnostic.at(
                                file.at(segment.end(), 0),
                                IssueCode.SYNTAX,
                                new Allowed(language, own).butEnds(what) + unclosed(segment)));
                blank(segment);
                return;
            }
            int offset = segment.start() + error.getAsInt();
            var found = segment.at(offset);
            String before = own.substring(0, error.getAsInt());
            report(found, new Allowed(language, before).butFound(found.getText()));
            blank(segment);
        }

        private String unclosed(Scan.Segment segment) {
            var open = new ArrayList<CommonToken>();
            for (var token : segment.tokens()) {
                if (token.getText().equals("{")) {
                    open.add(token);
                } else if (token.getText().equals("}") && !open.isEmpty()) {
                    open.remove(open.size() - 1);
                }
            }
            return open.isEmpty()
                    ? ""
                    : "; the '{' of line " + open.get(open.size() - 1).getLine() + " is not closed";
        }

        private void report(CommonToken token, String message) {
            int length = token.getStopIndex() + 1 - token.getStartIndex();
            int firstLine = (token.getText() + "\n").indexOf('\n');
            var place = file.at(token.getStartIndex(), Math.min(length, firstLine));
            diagnostics.add(Diagnostic.at(place, IssueCode.SYNTAX, message));
        }

        private void blank(Scan.Segment segment) {
            for (int i = segment.start(); i < segment.end(); i++) {
                if (text.charAt(i) != '\n' && text.charAt(i) != '\r') {
                    text.setCharAt(i, ' ');
                }
            }
            lost.add(segment.first().getText());
            segment.tokens().stream()
                    .filter(token -> token.getType() == RULE_WORD)
                    .forEach(token -> lost.add(token.getText()));
        }
    }
}
