package org.dyadic.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final ParameterSpec SPEC =
            ParameterSpec.of(
                    "every type",
                    Parameter.whole("bits", 2, Integer.MAX_VALUE).defaultsTo(4),
                    Parameter.real("share", 0, 1).defaultsTo(0.25),
                    Parameter.reals("means", 0, 255).defaultsTo(7),
                    Parameter.measure(
                                    "memory",
                                    Quantity.of(1, Unit.BYTE),
                                    Quantity.of(1, Unit.GIBIBYTE))
                            .defaultsTo(Quantity.of(64, Unit.KIBIBYTE)),
                    Parameter.block(
                            "dram",
                            ParameterSpec.of("x", Parameter.text("kind").defaultsTo("LPDDR 4"))),
                    Parameter.extent("array", 64).defaultsTo(16, 8),
                    Parameter.choice("scale", "one", "many").defaultsTo("many"),
                    Parameter.text("note").defaultsTo("a b"));

    private static final Settings ALL = SPEC.defaults();

    @Test
    void handsBackEveryTypeChecked() {
        assertThat(ALL.whole("bits")).isEqualTo(4);
        assertThat(ALL.real("share")).isEqualTo(0.25);
        assertThat(ALL.reals("means")).containsExactly(7.0);
        assertThat(ALL.measure("memory").in(Unit.BYTE)).isEqualTo(65536);
        assertThat(ALL.extent("array")).isEqualTo(new Value.Extent(16, 8));
        assertThat(ALL.choice("scale")).isEqualTo("many");
        assertThat(ALL.text("note")).isEqualTo("a b");
        assertThat(ALL.block("dram").text("kind")).isEqualTo("LPDDR 4");
    }

    private enum Rounding {
        HALF_UP,
        FLOOR
    }

    @Test
    void aChoiceAmongConstantsIsByTheirWords() {
        var spec =
                ParameterSpec.of(
                        "x",
                        Parameter.choice("rounding", Rounding.class).defaultsTo(Rounding.HALF_UP));
        assertThat(spec.defaults()).hasToString("rounding half-up");
        assertThat(spec.defaults().choice("rounding", Rounding.class)).isEqualTo(Rounding.HALF_UP);
        var floor = spec.with(Setting.of("rounding", new Value.Word("floor")));
        assertThat(floor.choice("rounding", Rounding.class)).isEqualTo(Rounding.FLOOR);
        refused(
                () -> ALL.choice("scale", Rounding.class),
                "parameter 'scale' holds many, which is no word of Rounding");
    }

    @Test
    void aSequenceKeepsItsOrder() {
        var three = new Value.Sequence(List.of(number(3), number(1), number(2)));
        assertThat(SPEC.with(Setting.of("means", three)).reals("means"))
                .containsExactly(3.0, 1.0, 2.0);
    }

    @Test
    void printsAsInAFileWithBlocksInBraces() {
        assertThat(ALL)
                .hasToString(
                        "bits 4  share 0.25  means 7  memory 64 KiB  array 16 x 8  scale many"
                                + "  note \"a b\"  dram { kind \"LPDDR 4\" }");
        assertThat(Settings.none()).hasToString("");
    }

    @Test
    void printsEveryDigitSoThatAFileReadsBackTheSame() {
        var given = SPEC.with(Setting.of("bits", number(1234567891)));
        assertThat(given.toString()).startsWith("bits 1234567891 ");
        var share = SPEC.with(Setting.of("share", number(0.1234567890123)));
        assertThat(share.toString()).contains("share 0.1234567890123 ");
    }

    @Test
    void isInTheOrderOfDeclarationWhateverTheOrderOfTheText() {
        var scale = Setting.of("scale", new Value.Word("one"));
        var bits = Setting.of("bits", number(5));
        assertThat(SPEC.with(scale, bits))
                .isEqualTo(SPEC.with(bits, scale))
                .hasToString(SPEC.with(bits, scale).toString())
                .hasSameHashCodeAs(SPEC.with(bits, scale));
        assertThat(SPEC.with(scale).asMap().keySet())
                .containsExactly(
                        "bits", "share", "means", "memory", "array", "scale", "note", "dram.kind");
    }

    @Test
    void equalsByValue() {
        assertThat(ALL).isEqualTo(SPEC.with(Setting.of("bits", number(4))));
        assertThat(ALL).isNotEqualTo(SPEC.with(Setting.of("bits", number(5))));
        var other = new Value.Block(List.of(Setting.of("kind", new Value.Text("DDR"))));
        assertThat(ALL).isNotEqualTo(SPEC.with(Setting.of("dram", other))).isNotEqualTo("x");
    }

    @Test
    void askingForWhatWasNotDeclaredThrows() {
        refused(() -> ALL.whole("bit"), "no parameter 'bit' was declared; declared: [bits, share");
        refused(() -> ALL.block("sram"), "no parameter 'sram' was declared");
        refused(() -> ALL.block("bits"), "no parameter 'bits' was declared");
    }

    @Test
    void askingForAnotherTypeThrows() {
        refused(() -> ALL.whole("share"), "parameter 'share' holds 0.25, which is no whole number");
        refused(() -> ALL.whole("scale"), "parameter 'scale' holds many, which is no number");
        refused(
                () -> ALL.real("memory"),
                "parameter 'memory' holds 64 KiB, which is no number without unit");
        refused(() -> ALL.whole("memory"), "parameter 'memory' holds 64 KiB");
        refused(() -> ALL.reals("note"), "parameter 'note' holds \"a b\", which is no list");
        refused(() -> ALL.choice("note"), "parameter 'note' holds \"a b\", which is no word");
        refused(() -> ALL.text("scale"), "parameter 'scale' holds many, which is no text");
        refused(() -> ALL.extent("bits"), "parameter 'bits' holds 4, which is no extent");
        refused(() -> ALL.measure("scale"), "parameter 'scale' holds many");
    }

    @Test
    void aBlockIsAlwaysThere() {
        assertThat(ALL.has("dram")).isTrue();
        assertThat(ALL.has("bits")).isTrue();
        assertThat(ALL.has("sram")).isFalse();
    }

    @Test
    void theMapIsACopy() {
        ALL.asMap().clear();
        assertThat(ALL.asMap()).hasSize(8);
    }

    private static void refused(ThrowingCallable question, String message) {
        assertThatThrownBy(question)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static Value number(double value) {
        return new Value.Number(Quantity.of(value, Unit.ONE));
    }
}
