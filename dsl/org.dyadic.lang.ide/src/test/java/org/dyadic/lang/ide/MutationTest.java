package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.dyadic.lang.Mutations;
import org.eclipse.lsp4j.CodeLensParams;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InlayHintParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SignatureHelpParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.Test;

/**
 * While a program is damaged at random, every question of an editor has an answer, in time, and
 * with the damage undone the diagnostics are as before. {@code -Ddyadic.mutations=20000} for more,
 * {@code -Ddyadic.seed=1} for others; a failure names its seed, which then joins {@link #KEPT}.
 */
class MutationTest {

    private static final Path PROGRAMS = Path.of("../org.dyadic.lang/src/test/programs");
    private static final long FIRST_SEED = Long.getLong("dyadic.seed", 20_260_000);

    /** Seeds that once failed. */
    private static final long[] KEPT = {};

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

    private final List<Path> files = new ArrayList<>();
    private final List<String> programs = new ArrayList<>();

    private void load() throws IOException {
        for (var folder : List.of("good", "bad")) {
            try (var all = Files.list(PROGRAMS.resolve(folder))) {
                all.filter(it -> it.toString().endsWith(".dyadic")).sorted().forEach(files::add);
            }
        }
        for (var file : files) {
            programs.add(Files.readString(file));
        }
    }

    @Test
    void aServerSurvivesWhateverIsWritten() throws IOException {
        load();
        int count = Integer.getInteger("dyadic.mutations", 2_000);
        try (var editor = Editor.in(PROGRAMS)) {
            LongStream.concat(LongStream.of(KEPT), LongStream.range(FIRST_SEED, FIRST_SEED + count))
                    .forEach(seed -> damage(editor, seed));
        }
    }

    private void damage(Editor editor, long seed) {
        int index = (int) (seed % programs.size());
        String sound = programs.get(index);
        String damaged = Mutations.of(sound, programs, seed);
        // Beside the program, so that it imports the same; a name of its own for each.
        String name = files.get(index).getParent().getFileName() + "/damaged-" + seed + ".dyadic";
        boolean undone = seed % 10 == 0;
        editor.open(name, sound);
        var before = undone ? editor.found(name) : List.of();
        long start = System.nanoTime();
        editor.change(name, Editor.difference(sound, damaged));
        ask(editor, editor.id(name), damaged, new Random(seed));
        assertThat(System.nanoTime() - start).as("time of seed " + seed).isLessThan(LONGEST);
        assertThat(editor.log()).as("log of seed " + seed).isEmpty();
        if (undone) {
            editor.change(name, Editor.difference(damaged, sound));
            // What was found in the damaged text may still be on its way.
            var after = editor.found(name);
            for (int i = 0; i < 2 && !after.equals(before); i++) {
                after = editor.found(name);
            }
            assertThat(after).as("after seed " + seed).isEqualTo(before);
        }
        editor.close(name);
    }

    /** Every question at once, as an editor asks when a person stops typing. */
    private static void ask(
            Editor editor, TextDocumentIdentifier file, String text, Random random) {
        int offset = random.nextInt(text.length() + 1);
        var place = Editor.position(text, offset);
        var whole = new Range(new Position(0, 0), Editor.position(text, text.length()));
        var ask = editor.server().getTextDocumentService();
        Editor.get(
                CompletableFuture.allOf(
                        ask.completion(new CompletionParams(file, place)),
                        ask.hover(new HoverParams(file, place)),
                        ask.signatureHelp(new SignatureHelpParams(file, place)),
                        ask.definition(new DefinitionParams(file, place)),
                        ask.prepareRename(new PrepareRenameParams(file, place)),
                        ask.documentSymbol(new DocumentSymbolParams(file)),
                        ask.foldingRange(new FoldingRangeRequestParams(file)),
                        ask.semanticTokensFull(new SemanticTokensParams(file)),
                        ask.codeLens(new CodeLensParams(file)),
                        ask.formatting(new DocumentFormattingParams(file, new FormattingOptions())),
                        ask.inlayHint(new InlayHintParams(file, whole))));
    }
}
