package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long an editor waits, warm, for a file of two thousand lines. Medians, printed; the limits
 * here are ten times what is wanted, because a machine that builds is no quiet one.
 */
class SpeedTest {

    private static final int TIMES = 15;

    @TempDir Path folder;

    @Test
    void aKeyStrokeInALongFileIsAnsweredAtOnce() {
        var text = new StringBuilder("network Net from \"n.onnx\"\n");
        int lines = 1;
        for (int i = 0; lines < 1980; i++) {
            text.append(
                    """
                    accelerator Array%d uses systolic {
                        clock 1 GHz
                        array 8 x 8
                        buffers { weights 1 KiB  outputs 2 KiB }
                    }
                    policy Policy%d {
                        default weights upot { bits 4 } activations upot
                        layers first, last weights uniform { bits 8 }
                    }
                    """
                            .formatted(i, i));
            lines += 9;
        }
        text.append("policy Last { default weights u");
        try (var editor = Editor.in(folder)) {
            editor.open("long.dyadic", text.toString());
            editor.diagnostics("long.dyadic");
            int line = (int) text.chars().filter(c -> c == '\n').count();
            var answers = new long[TIMES];
            var checks = new long[TIMES];
            for (int i = 0; i < TIMES; i++) {
                String changed = text + (i % 2 == 0 ? "p" : "n");
                long start = System.nanoTime();
                editor.change("long.dyadic", changed);
                var items =
                        Editor.get(
                                editor.server()
                                        .getTextDocumentService()
                                        .completion(
                                                new CompletionParams(
                                                        editor.id("long.dyadic"),
                                                        new Position(line, 32))));
                answers[i] = System.nanoTime() - start;
                assertThat(items.getLeft()).extracting(it -> it.getLabel()).contains("upot");
                editor.diagnostics("long.dyadic");
                checks[i] = System.nanoTime() - start;
            }
            System.out.printf(
                    "a key stroke in %d lines: completion %d ms, diagnostics %d ms (medians of %d)%n",
                    line + 1, median(answers), median(checks), TIMES);
            assertThat(median(answers)).isLessThan(1000);
            assertThat(median(checks)).isLessThan(3000);
        }
    }

    private static long median(long[] nanoseconds) {
        Arrays.sort(nanoseconds);
        return nanoseconds[nanoseconds.length / 2] / 1_000_000;
    }
}
