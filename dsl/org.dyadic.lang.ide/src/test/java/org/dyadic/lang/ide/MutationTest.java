package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a program is damaged at random, every question of an editor has an answer, in time, and
 * with the damage undone the diagnostics are as before. {@code -Ddyadic.mutations=20000} for more.
 */
class MutationTest {

    private static final long FIRST_SEED = 1;
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    @TempDir Path folder;

    @Test
    void aServerSurvivesWhateverIsWritten() throws IOException {
        String tour =
                Files.readString(Path.of("../org.dyadic.lang/src/test/programs/good/tour.dyadic"))
                        .replace("upot-array", "systolic")
                        .replace("apot", "upot");
        int count = Integer.getInteger("dyadic.mutations", 300);
        try (var editor = Editor.in(folder)) {
            editor.open("tour.dyadic", tour);
            var before = editor.found("tour.dyadic");
            for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
                var random = new Random(seed);
                String damaged = damaged(tour, random);
                long start = System.nanoTime();
                editor.change("tour.dyadic", damaged);
                ask(editor, damaged, random);
                assertThat(System.nanoTime() - start)
                        .as("time of seed " + seed)
                        .isLessThan(LONGEST);
                assertThat(editor.log()).as("log of seed " + seed).isEmpty();
                if (seed % 10 == 0) {
                    editor.change("tour.dyadic", tour);
                    // What was found in the damaged texts may still be on its way.
                    var after = editor.found("tour.dyadic");
                    for (int i = 0; i < 20 && !after.equals(before); i++) {
                        after = editor.found("tour.dyadic");
                    }
                    assertThat(after).as("after " + seed).isEqualTo(before);
                }
            }
        }
    }

    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length());
        int end = Math.min(text.length(), at + random.nextInt(40));
        String stray = "{}\"/*,%-x0 \n@\0é.".substring(random.nextInt(15)).substring(0, 1);
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(end);
            case 2 -> text.substring(0, at) + stray + text.substring(at);
            default -> text.substring(0, at) + text.substring(at, end) + text.substring(at);
        };
    }

    private static void ask(Editor editor, String text, Random random) {
        var file = editor.id("tour.dyadic");
        int offset = random.nextInt(text.length() + 1);
        String before = text.substring(0, offset);
        var place =
                new Position(
                        (int) before.chars().filter(c -> c == '\n').count(),
                        offset - (before.lastIndexOf('\n') + 1));
        var ask = editor.server().getTextDocumentService();
        Editor.get(ask.completion(new CompletionParams(file, place)));
        Editor.get(ask.hover(new HoverParams(file, place)));
        Editor.get(ask.signatureHelp(new SignatureHelpParams(file, place)));
        Editor.get(ask.definition(new DefinitionParams(file, place)));
        Editor.get(ask.documentSymbol(new DocumentSymbolParams(file)));
        Editor.get(ask.foldingRange(new FoldingRangeRequestParams(file)));
        Editor.get(ask.semanticTokensFull(new SemanticTokensParams(file)));
        Editor.get(ask.formatting(new DocumentFormattingParams(file, new FormattingOptions())));
        Editor.get(
                ask.inlayHint(
                        new InlayHintParams(
                                file, new Range(new Position(0, 0), new Position(999, 0)))));
    }
}
