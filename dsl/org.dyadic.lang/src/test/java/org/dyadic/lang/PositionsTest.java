package org.dyadic.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A diagnostic covers exactly the words that are wrong. */
class PositionsTest {

    @TempDir Path folder;
    private Texts texts;

    @BeforeEach
    void texts() {
        texts = new Texts(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy P «uppot» { bits 4 }",
                "policy P upot { bits «1000» }",
                "policy P upot {\n\t«bitz» 4 }",
                "policy P upot { bits 4 «bits» 5 }",
                "policy P extends «Q» { default weights upot }",
                "policy P { default weights upot «weights» float }",
                "policy P { layers first, «fist» weights upot }",
                "policy P upot policy «P» upot",
                "policy «P» { }",
                "accelerator A uses systolic { clock «500 nm» }",
                "accelerator A uses systolic { clock «500nm» technology 45 nm }",
                "accelerator A uses systolic {\n\n  array «0 x 16»\n}",
                "accelerator A uses systolic { array «0x16» }",
                "accelerator A uses systolic { dram { bandwidth «12.8 GBs»  energy 8 pJ/bit } }",
                "accelerator A uses systolic { dram «8 pJ/bit» }",
                "accelerator A uses systolic { clock «{ }» }",
                "accelerator A uses systolic { clock «1, 2 /* two */, 3» }",
                "accelerator «A» uses tiny",
                "accelerator A extends «A»",
                "network N from «\"\"»",
                "/* one\ntwo */ import «\"nowhere.dyadic\"»",
                "dataset D from \"d\" as «cifar» { split test }",
                "dataset D from \"d\" as «folder» { take 1 }",
                "policy P float «}»",
                "policy P«» policy Q float",
                "policy P { default weights upot { bits 4 } «{» } }",
                "policy P float\n«polcy» Q float",
                "policy P «\"float»",
                "«/* policy P float»",
            })
    void aDiagnosticCoversWhatIsWrong(String marked) {
        int start = marked.indexOf('«');
        int end = marked.indexOf('»') - 1;
        String text = marked.replaceAll("[«»]", "");
        var diagnostics = texts.read(text).diagnostics();
        assertThat(diagnostics).isNotEmpty();
        var at = diagnostics.get(0).position().orElseThrow();
        String before = text.substring(0, start);
        assertThat(at.line()).isEqualTo(1 + (int) before.chars().filter(c -> c == '\n').count());
        assertThat(at.column()).isEqualTo(start - before.lastIndexOf('\n'));
        assertThat(text.substring(start, start + at.length()))
                .isEqualTo(text.substring(start, end));
    }
}
