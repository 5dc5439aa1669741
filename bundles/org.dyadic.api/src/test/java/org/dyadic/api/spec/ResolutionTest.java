package org.dyadic.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user writes, held against what a plugin declares. */
class ResolutionTest {

    private static final Position OWNER = new Position("a.dyadic", 1, 1, 4);
    private static final Position NAME = new Position("a.dyadic", 2, 3, 5);
    private static final Position VALUE = new Position("a.dyadic", 2, 9, 3);

    private static final Quantity MHZ = Quantity.of(1, Unit.MEGAHERTZ);
    private static final Quantity GHZ = Quantity.of(5, Unit.GIGAHERTZ);

    private static final Parameter WHOLE = Parameter.whole("p", 2, 8);
    private static final Parameter REAL = Parameter.real("p", -0.5, 1);
    private static final Parameter REALS = Parameter.reals("p", 0, 255);
    private static final Parameter MEASURE = Parameter.measure("p", MHZ, GHZ);
    private static final Parameter RATIO =
            Parameter.measure("p", Quantity.of(0, Unit.PERCENT), Quantity.of(100, Unit.PERCENT));
    private static final Parameter EXTENT = Parameter.extent("p", 64);
    private static final Parameter CHOICE = Parameter.choice("p", "per-channel", "per-tensor");
    private static final Parameter TEXT = Parameter.text("p");
    private static final Parameter BLOCK =
            Parameter.block("p", ParameterSpec.of("x", Parameter.whole("a", 0, 9).defaultsTo(1)));

    static Stream<Arguments> legal() {
        return Stream.of(
                Arguments.of(WHOLE, number(2)),
                Arguments.of(WHOLE, number(8)),
                Arguments.of(Parameter.whole("p", -3, Integer.MAX_VALUE), number(2147483647)),
                Arguments.of(REAL, number(-0.5)),
                Arguments.of(REAL, number(0.123)),
                Arguments.of(REAL, number(1)),
                Arguments.of(REALS, number(0)),
                Arguments.of(REALS, sequence(number(123.675), number(116.28), number(255))),
                Arguments.of(MEASURE, number(1, Unit.MEGAHERTZ)),
                Arguments.of(MEASURE, number(5000, Unit.MEGAHERTZ)),
                Arguments.of(MEASURE, number(1000, Unit.KILOHERTZ)),
                Arguments.of(RATIO, number(0.5)),
                Arguments.of(RATIO, number(100, Unit.PERCENT)),
                Arguments.of(EXTENT, new Value.Extent(1, 64)),
                Arguments.of(CHOICE, new Value.Word("per-tensor")),
                Arguments.of(TEXT, new Value.Text("")),
                Arguments.of(TEXT, new Value.Text("any thing: \u00b5")));
    }

    @ParameterizedTest
    @MethodSource("legal")
    void takesWhatIsAllowed(Parameter parameter, Value value) {
        var resolution = resolve(parameter, value);
        assertThat(resolution.diagnostics()).isEmpty();
        assertThat(resolution.settings().orElseThrow().asMap()).containsEntry("p", value);
    }

    static Stream<Arguments> illegal() {
        var percent = number(50, Unit.PERCENT);
        var foo = new Value.Unrecognised(5, "foo");
        return Stream.of(
                // whole numbers
                outOfRange(
                        WHOLE, number(1), "1 is out of range; allowed: a whole number from 2 to 8"),
                outOfRange(WHOLE, number(9), "9 is out of range"),
                outOfRange(WHOLE, number(4.5), "4.5 is out of range"),
                outOfRange(WHOLE, number(8.0000001), "8.0000001 is out of range"),
                outOfRange(WHOLE, number(1e300), "1E+300 is out of range"),
                outOfRange(WHOLE, number(12345678), "12345678 is out of range"),
                wrongType(
                        WHOLE,
                        new Value.Word("four"),
                        "four does not fit; allowed: a whole number"),
                wrongType(WHOLE, new Value.Text("4"), "\"4\" does not fit"),
                wrongType(WHOLE, new Value.Extent(4, 4), "4 x 4 does not fit"),
                wrongType(WHOLE, sequence(number(3), number(4)), "3, 4 does not fit"),
                wrongType(WHOLE, new Value.Block(List.of()), "{ } does not fit"),
                wrongUnit(
                        WHOLE, number(4, Unit.BIT), "4 bit has a unit, but this is a whole number"),
                unknownUnit(WHOLE, foo, "unknown unit 'foo'; allowed: a whole number from 2 to 8"),
                // numbers
                outOfRange(
                        REAL,
                        number(-0.6),
                        "-0.6 is out of range; allowed: a number from -0.5 to 1"),
                outOfRange(REAL, number(1.0000000001), "1.0000000001 is out of range"),
                wrongType(REAL, new Value.Word("half"), "half does not fit"),
                wrongUnit(REAL, percent, "50 % has a unit, but this is a number from -0.5 to 1"),
                unknownUnit(REAL, foo, "unknown unit 'foo'"),
                // lists
                outOfRange(
                        REALS, sequence(number(1), number(256), number(-1)), "256 is out of range"),
                wrongType(REALS, sequence(number(1), new Value.Word("x")), "x does not fit"),
                wrongType(
                        REALS, new Value.Extent(1, 2), "1 x 2 does not fit; allowed: numbers from"),
                wrongUnit(REALS, sequence(number(1), percent), "50 % has a unit"),
                unknownUnit(REALS, sequence(number(1), foo), "unknown unit 'foo'"),
                // measures
                outOfRange(
                        MEASURE,
                        number(999, Unit.KILOHERTZ),
                        "999 kHz is out of range; allowed: a frequency from 1 MHz to 5 GHz"),
                outOfRange(MEASURE, number(5.001, Unit.GIGAHERTZ), "5.001 GHz is out of range"),
                wrongType(
                        MEASURE, new Value.Word("fast"), "fast does not fit; allowed: a frequency"),
                wrongUnit(
                        MEASURE,
                        number(500),
                        "500 has no unit; a frequency is needed, in Hz, kHz, MHz, GHz"),
                wrongUnit(
                        MEASURE,
                        number(5, Unit.NANOSECOND),
                        "5 ns is a time; a frequency is needed"),
                unknownUnit(
                        MEASURE,
                        new Value.Unrecognised(500, "mhz"),
                        "unknown unit 'mhz'; allowed: Hz, kHz, MHz, GHz. Did you mean MHz?"),
                outOfRange(
                        RATIO,
                        number(90),
                        "90 is out of range; allowed: a ratio from 0 % to 100 %"),
                wrongUnit(RATIO, number(1, Unit.VOLT), "1 V is a voltage; a ratio is needed, in %"),
                // rows and columns
                outOfRange(
                        EXTENT, new Value.Extent(0, 4), "0 x 4 is out of range; allowed: rows x"),
                outOfRange(EXTENT, new Value.Extent(4, -1), "4 x -1 is out of range"),
                outOfRange(EXTENT, new Value.Extent(65, 1), "65 x 1 is out of range"),
                outOfRange(EXTENT, new Value.Extent(1, 65), "1 x 65 is out of range"),
                wrongType(EXTENT, number(16), "16 does not fit; allowed: rows x columns"),
                wrongType(EXTENT, foo, "5 foo does not fit; allowed: rows x columns"),
                // words
                outOfRange(
                        CHOICE,
                        new Value.Word("per-chanel"),
                        "'per-chanel' is not allowed; allowed: per-channel, per-tensor."
                                + " Did you mean per-channel?"),
                outOfRange(CHOICE, new Value.Word("none"), "'none' is not allowed; allowed: per-"),
                wrongType(CHOICE, new Value.Text("per-channel"), "\"per-channel\" does not fit"),
                wrongType(
                        CHOICE,
                        number(1),
                        "1 does not fit; allowed: one of per-channel, per-tensor"),
                wrongType(CHOICE, foo, "5 foo does not fit; allowed: one of"),
                // texts
                wrongType(
                        TEXT,
                        new Value.Word("bare"),
                        "bare does not fit; allowed: a text in quotes"),
                wrongType(TEXT, number(1), "1 does not fit"),
                // blocks
                wrongType(BLOCK, number(1), "1 does not fit; allowed: settings in braces: a"),
                wrongType(BLOCK, new Value.Word("big"), "big does not fit"));
    }

    @ParameterizedTest
    @MethodSource("illegal")
    void saysOnceAndAtTheValueWhatIsWrong(
            Parameter parameter, Value value, IssueCode code, String message) {
        var resolution = resolve(parameter, value);
        assertThat(resolution.settings()).isEmpty();
        assertThat(resolution.diagnostics()).hasSize(1);
        var found = resolution.diagnostics().get(0);
        assertThat(found.code()).isEqualTo(code);
        assertThat(found.position()).contains(VALUE);
        assertThat(found.message()).startsWith("p: " + message);
    }

    @Test
    void everyTypeOfParameterIsTriedBothWays() {
        var types = List.of(ParameterType.class.getPermittedSubclasses());
        assertThat(illegal().map(a -> ((Parameter) a.get()[0]).type().getClass()).distinct())
                .hasSize(types.size());
        // A legal block is the matter of other tests.
        assertThat(legal().map(a -> ((Parameter) a.get()[0]).type().getClass()).distinct())
                .hasSize(types.size() - 1);
    }

    @Test
    void fillsInDefaultsAndKeepsWhatWasGiven() {
        var spec =
                ParameterSpec.of(
                        "x",
                        Parameter.whole("bits", 2, 8).defaultsTo(4),
                        Parameter.choice("scale", "one", "many").defaultsTo("one"));
        var settings = spec.with(Setting.of("bits", number(8)));
        assertThat(settings.whole("bits")).isEqualTo(8);
        assertThat(settings.choice("scale")).isEqualTo("one");
    }

    @Test
    void aMissingSettingIsReportedAtTheOwnerWithWhatItTakes() {
        var resolution = ParameterSpec.of("x", WHOLE).resolve("quantizer upot", List.of(), OWNER);
        assertThat(resolution.settings()).isEmpty();
        assertThat(resolution.diagnostics())
                .containsExactly(
                        Diagnostic.at(
                                OWNER,
                                IssueCode.MISSING_SETTING,
                                "quantizer upot needs the setting 'p': a whole number from 2 to 8"));
    }

    @Test
    void anOptionalSettingMayBeMissing() {
        var spec = ParameterSpec.of("x", WHOLE.mayBeLeftOut());
        assertThat(spec.defaults().has("p")).isFalse();
        assertThat(spec.with(Setting.of("p", number(3))).has("p")).isTrue();
        assertThat(resolve(WHOLE.mayBeLeftOut(), number(1)).diagnostics()).hasSize(1);
    }

    @Test
    void anUnknownSettingIsReportedAtItsNameWithAGuess() {
        var spec = ParameterSpec.of("x", Parameter.whole("bits", 2, 8).defaultsTo(4));
        assertThat(
                        spec.resolve("quantizer upot", List.of(written("bitz", number(4))), OWNER)
                                .diagnostics())
                .containsExactly(
                        Diagnostic.at(
                                NAME,
                                IssueCode.UNKNOWN_SETTING,
                                "unknown setting 'bitz' of quantizer upot; allowed: bits."
                                        + " Did you mean bits?"));
        assertThat(
                        ParameterSpec.of("x")
                                .resolve(
                                        "quantizer float",
                                        List.of(written("bits", number(4))),
                                        OWNER)
                                .diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly("unknown setting 'bits' of quantizer float; it takes none.");
    }

    @Test
    void aMisspeltSettingIsNotMissingAsWell() {
        var spec = ParameterSpec.of("x", Parameter.whole("bits", 2, 8), Parameter.text("file"));
        assertThat(spec.resolve("it", List.of(written("bitz", number(4))), OWNER).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.UNKNOWN_SETTING, IssueCode.MISSING_SETTING);
        var block = ParameterSpec.of("x", Parameter.block("buffers", spec));
        assertThat(
                        block.resolve(
                                        "it",
                                        List.of(written("bufers", new Value.Block(List.of()))),
                                        OWNER)
                                .diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.UNKNOWN_SETTING);
    }

    @Test
    void ofTwoSettingsOfOneNameTheSecondIsReported() {
        var second = new Setting("p", new Value.Word("nonsense"), NAME, VALUE);
        var resolution =
                ParameterSpec.of("x", WHOLE)
                        .resolve("it", List.of(Setting.of("p", number(4)), second), OWNER);
        assertThat(resolution.settings()).isEmpty();
        assertThat(resolution.diagnostics())
                .containsExactly(
                        Diagnostic.at(
                                NAME,
                                IssueCode.DUPLICATE_SETTING,
                                "setting 'p' is given twice; remove one of them"));
    }

    @Test
    void everyMistakeIsReportedInTheOrderOfTheText() {
        var spec = ParameterSpec.of("x", WHOLE, Parameter.whole("q", 1, 2));
        var given =
                List.of(written("z", number(1)), written("q", number(7)), written("p", number(1)));
        assertThat(spec.resolve("it", given, OWNER).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(
                        IssueCode.UNKNOWN_SETTING, IssueCode.OUT_OF_RANGE, IssueCode.OUT_OF_RANGE);
    }

    @Test
    void aBlockMergesWhatIsGivenWithItsDefaults() {
        var settings =
                nested().with(
                                Setting.of(
                                        "outer",
                                        block(
                                                Setting.of("a", number(7)),
                                                Setting.of(
                                                        "inner",
                                                        block(Setting.of("c", number(9)))))));
        assertThat(settings).hasToString("outer { a 7  b 2  inner { c 9  d 4 } }");
        assertThat(settings.block("outer").block("inner").whole("d")).isEqualTo(4);
    }

    @Test
    void aBlockLeftOutHasAllItsDefaults() {
        assertThat(nested().defaults()).hasToString("outer { a 1  b 2  inner { c 3  d 4 } }");
        assertThat(nested().with(Setting.of("outer", block()))).isEqualTo(nested().defaults());
    }

    @Test
    void mistakesInBlocksNameTheirPath() {
        var inner =
                block(written("c", number(99)), written("e", number(1)), written("d", number(5)));
        var given = List.of(Setting.of("outer", block(Setting.of("inner", inner))));
        assertThat(nested().resolve("it", given, OWNER).diagnostics())
                .containsExactly(
                        Diagnostic.at(
                                VALUE,
                                IssueCode.OUT_OF_RANGE,
                                "outer.inner.c: 99 is out of range;"
                                        + " allowed: a whole number from 0 to 9"),
                        Diagnostic.at(
                                NAME,
                                IssueCode.UNKNOWN_SETTING,
                                "unknown setting 'outer.inner.e' of it; allowed: c, d."));
    }

    @Test
    void whatABlockLacksIsReportedAtTheBlockOrElseAtTheOwner() {
        var spec = ParameterSpec.of("x", Parameter.block("outer", ParameterSpec.of("y", WHOLE)));
        var there = spec.resolve("it", List.of(written("outer", block())), OWNER).diagnostics();
        var absent = spec.resolve("it", List.of(), OWNER).diagnostics();
        String message = "it needs the setting 'outer.p': a whole number from 2 to 8";
        assertThat(there).containsExactly(Diagnostic.at(NAME, IssueCode.MISSING_SETTING, message));
        assertThat(absent)
                .containsExactly(Diagnostic.at(OWNER, IssueCode.MISSING_SETTING, message));
    }

    @Test
    void aBlockGivenTwiceIsADuplicate() {
        var given = List.of(Setting.of("outer", block()), written("outer", block()));
        assertThat(nested().resolve("it", given, OWNER).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.DUPLICATE_SETTING);
    }

    @Test
    void settingsWithErrorsCannotBeBuilt() {
        var error = Diagnostic.nowhere(IssueCode.SYNTAX, "x");
        assertThatThrownBy(() -> new Resolution(Optional.of(Settings.none()), List.of(error)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("error: x [syntax]");
        var warning = Diagnostic.nowhere(IssueCode.UNUSED_NAME, "x");
        assertThat(new Resolution(Optional.of(Settings.none()), List.of(warning)).settings())
                .isPresent();
    }

    @Test
    void codeThatGivesWhatIsNotAllowedHearsWhy() {
        assertThatThrownBy(() -> ParameterSpec.of("x", WHOLE).with(Setting.of("p", number(9))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p: 9 is out of range");
        assertThatThrownBy(() -> ParameterSpec.of("x", WHOLE).defaults())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the setting 'p'");
    }

    private static ParameterSpec nested() {
        var inner =
                ParameterSpec.of(
                        "inner",
                        Parameter.whole("c", 0, 9).defaultsTo(3),
                        Parameter.whole("d", 0, 9).defaultsTo(4));
        return ParameterSpec.of(
                "x",
                Parameter.block(
                        "outer",
                        ParameterSpec.of(
                                "outer",
                                Parameter.whole("a", 0, 9).defaultsTo(1),
                                Parameter.whole("b", 0, 9).defaultsTo(2),
                                Parameter.block("inner", inner))));
    }

    private static Resolution resolve(Parameter parameter, Value value) {
        return ParameterSpec.of("x", parameter).resolve("it", List.of(written("p", value)), OWNER);
    }

    private static Setting written(String name, Value value) {
        return new Setting(name, value, NAME, VALUE);
    }

    private static Value.Block block(Setting... settings) {
        return new Value.Block(List.of(settings));
    }

    private static Value.Sequence sequence(Value... values) {
        return new Value.Sequence(List.of(values));
    }

    private static Value.Number number(double value) {
        return number(value, Unit.ONE);
    }

    private static final ParameterSpec RENAMED =
            ParameterSpec.of(
                    "x",
                    CHOICE.formerly("scale", "scaling").wordFormerly("channels", "per-channel"),
                    Parameter.block("size", ParameterSpec.of("y", WHOLE.formerly("q")))
                            .formerly("sizes"));

    @Test
    void anOldWordMeansWhatItsNewOneDoesAndIsTold() {
        var sizes = new Value.Block(List.of(new Setting("q", number(3), NAME, VALUE)));
        var old =
                RENAMED.resolve(
                        "x",
                        List.of(
                                new Setting("scaling", new Value.Word("channels"), NAME, VALUE),
                                new Setting("sizes", sizes, OWNER, VALUE)),
                        OWNER);
        assertThat(old.settings()).isPresent();
        assertThat(old.settings().get().toString()).isEqualTo("p per-channel  size { p 3 }");
        assertThat(old.diagnostics())
                .containsExactly(
                        outdated(NAME, "scaling", "p"),
                        outdated(VALUE, "channels", "per-channel"),
                        outdated(OWNER, "sizes", "size"),
                        outdated(NAME, "q", "p"));
    }

    private static Diagnostic outdated(Position at, String old, String now) {
        return Diagnostic.at(
                at,
                IssueCode.DEPRECATED_WORD,
                "'" + old + "' is '" + now + "' now; the old word still works");
    }

    @Test
    void anOldNameAndItsNewOneAreTheSameSetting() {
        var twice =
                RENAMED.resolve(
                        "x",
                        List.of(
                                new Setting("p", new Value.Word("per-tensor"), NAME, VALUE),
                                new Setting("scale", new Value.Word("per-tensor"), NAME, VALUE),
                                new Setting(
                                        "size",
                                        new Value.Block(List.of(Setting.of("p", number(3)))),
                                        NAME,
                                        VALUE)),
                        OWNER);
        assertThat(twice.diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(IssueCode.DUPLICATE_SETTING);
    }

    @Test
    void nobodyIsToldOfAnOldWordAsAllowed() {
        var wrong =
                RENAMED.resolve("x", List.of(new Setting("scal", number(1), NAME, VALUE)), OWNER);
        assertThat(wrong.diagnostics().get(0).message()).contains("allowed: p, size.");
    }

    private static Value.Number number(double value, Unit unit) {
        return new Value.Number(Quantity.of(value, unit));
    }

    private static Arguments outOfRange(Parameter parameter, Value value, String message) {
        return Arguments.of(parameter, value, IssueCode.OUT_OF_RANGE, message);
    }

    private static Arguments wrongType(Parameter parameter, Value value, String message) {
        return Arguments.of(parameter, value, IssueCode.WRONG_TYPE, message);
    }

    private static Arguments wrongUnit(Parameter parameter, Value value, String message) {
        return Arguments.of(parameter, value, IssueCode.WRONG_UNIT, message);
    }

    private static Arguments unknownUnit(Parameter parameter, Value value, String message) {
        return Arguments.of(parameter, value, IssueCode.UNKNOWN_UNIT, message);
    }
}
