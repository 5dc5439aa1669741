package org.dyadic.api.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {

    private static final Quantity VOLT = Quantity.of(1, Unit.VOLT);
    private static final Quantity MILLIVOLT = Quantity.of(1, Unit.MILLIVOLT);

    @Test
    void readsAsASentence() {
        var bits = Parameter.whole("bits", 2, 8).defaultsTo(4).documented("width of a code");
        assertThat(bits.name()).isEqualTo("bits");
        assertThat(bits.type()).isEqualTo(new ParameterType.Whole(2, 8));
        assertThat(bits.fallback()).map(Value::toString).contains("4");
        assertThat(bits.optional()).isFalse();
        assertThat(bits.documentation()).isEqualTo("width of a code");
        assertThat(bits.mayBeLeftOut().optional()).isTrue();
    }

    @Test
    void anIllegalDefaultIsRefusedWhenDeclared() {
        refused(() -> Parameter.whole("p", 2, 8).defaultsTo(9), "9 is out of range");
        refused(() -> Parameter.whole("p", 2, 8).defaultsTo(2.5), "2.5 is out of range");
        refused(() -> Parameter.whole("p", 2, 8).defaultsTo("x"), "x does not fit");
        refused(() -> Parameter.real("p", 0, 1).defaultsTo(1.5), "1.5 is out of range");
        refused(() -> Parameter.real("p", 0, 1).defaultsTo(VOLT), "1 V has a unit");
        refused(() -> Parameter.reals("p", 0, 1).defaultsTo(2), "2 is out of range");
        refused(() -> Parameter.measure("p", MILLIVOLT, VOLT).defaultsTo(1), "1 has no unit");
        refused(
                () -> Parameter.measure("p", MILLIVOLT, VOLT).defaultsTo(Quantity.of(2, Unit.VOLT)),
                "2 V is out of range; allowed: a voltage from 1 mV to 1 V");
        refused(() -> Parameter.extent("p", 8).defaultsTo(9, 1), "9 x 1 is out of range");
        refused(() -> Parameter.choice("p", "a", "b").defaultsTo("c"), "'c' is not allowed");
        refused(() -> Parameter.text("p").defaultsTo(1), "1 does not fit");
        refused(() -> Parameter.block("p", ParameterSpec.of("x")).defaultsTo(1), "1 does not fit");
    }

    private static void refused(ThrowingCallable declaration, String why) {
        assertThatThrownBy(declaration)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the default of 'p' is not allowed: " + why);
    }

    @Test
    void aDefaultWordOfATextIsAText() {
        assertThat(Parameter.text("p").defaultsTo("a b").fallback())
                .contains(new Value.Text("a b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bits", "1bit", "bits-", "-bits", "a--b", "a_b", "a b", "a.b", "µ"})
    void aNameIsLowercaseWithHyphens(String name) {
        assertThatThrownBy(() -> Parameter.text(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a parameter name is lowercase-with-hyphens, was '" + name + "'");
    }

    @Test
    void anEmptyRangeIsRefused() {
        String message = "empty range 2 to 1";
        assertThatThrownBy(() -> Parameter.whole("p", 2, 1)).hasMessage(message);
        assertThatThrownBy(() -> Parameter.real("p", 2, 1)).hasMessage("empty range 2.0 to 1.0");
        assertThatThrownBy(() -> Parameter.reals("p", 2, 1)).hasMessage("empty range 2.0 to 1.0");
        assertThatThrownBy(() -> Parameter.real("p", Double.NaN, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Parameter.reals("p", 0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Parameter.measure("p", VOLT, MILLIVOLT))
                .hasMessage("empty range 1 V to 1 mV");
        assertThatThrownBy(() -> Parameter.measure("p", VOLT, Quantity.of(1, Unit.WATT)))
                .hasMessage("1 W is a power, not a voltage");
        assertThatThrownBy(() -> Parameter.extent("p", 0)).hasMessage("empty range 1 to 0");
        assertThatThrownBy(() -> Parameter.choice("p")).hasMessage("a choice needs options");
    }

    @Test
    void aRangeMayBeOneValue() {
        assertThat(Parameter.whole("p", 2, 2).defaultsTo(2).fallback()).isPresent();
        assertThat(Parameter.real("p", 2, 2).defaultsTo(2).fallback()).isPresent();
        assertThat(Parameter.reals("p", 2, 2).defaultsTo(2).fallback()).isPresent();
        assertThat(Parameter.measure("p", VOLT, VOLT).defaultsTo(VOLT).fallback()).isPresent();
        assertThat(Parameter.extent("p", 1).defaultsTo(1, 1).fallback()).isPresent();
    }

    @Test
    void saysWhatIsAllowed() {
        assertThat(new ParameterType.Whole(-1, 8).allowed())
                .isEqualTo("a whole number from -1 to 8");
        assertThat(new ParameterType.Real(0, 0.5).allowed()).isEqualTo("a number from 0 to 0.5");
        assertThat(new ParameterType.Reals(0, 1e20).allowed())
                .isEqualTo("numbers from 0 to 1.0E20, separated by commas");
        assertThat(new ParameterType.Measure(MILLIVOLT, VOLT).allowed())
                .isEqualTo("a voltage from 1 mV to 1 V");
        assertThat(new ParameterType.Extent(64).allowed())
                .isEqualTo("rows x columns, each from 1 to 64");
        assertThat(new ParameterType.Choice(List.of("a", "b")).allowed()).isEqualTo("one of a, b");
        assertThat(new ParameterType.Text().allowed()).isEqualTo("a text in quotes");
        assertThat(
                        new ParameterType.Block(
                                        ParameterSpec.of(
                                                "x", Parameter.text("a"), Parameter.text("b")))
                                .allowed())
                .isEqualTo("settings in braces: a, b");
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        assertThatThrownBy(
                        () ->
                                ParameterSpec.of(
                                        "x", Parameter.text("a"), Parameter.whole("a", 0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two parameters share a name: [a, a]");
    }

    @Test
    void anOldNameBelongsToOneParameterAlone() {
        for (var other : List.of(Parameter.text("b"), Parameter.text("c").formerly("b", "d"))) {
            assertThatThrownBy(
                            () -> ParameterSpec.of("x", Parameter.text("a").formerly("b"), other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("two parameters share a name: [a, b, ");
        }
        assertThatThrownBy(() -> Parameter.text("a").formerly("No Name"))
                .hasMessageContaining("'No Name'");
    }

    @Test
    void anOldWordStandsForAWordOfTheChoiceAndIsNone() {
        var choice = Parameter.choice("a", "up", "down");
        assertThatThrownBy(() -> choice.wordFormerly("up", "down"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was up for down");
        assertThatThrownBy(() -> choice.wordFormerly("high", "upp"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parameter.text("a").wordFormerly("high", "up"))
                .hasMessage("'a' is no choice among words");
    }

    @Test
    void whatWasChangedIsDocumented() {
        assertThat(Parameter.text("a").history()).isEmpty();
        assertThat(
                        Parameter.choice("a", "up", "down")
                                .formerly("b", "c")
                                .wordFormerly("low", "down")
                                .wordFormerly("high", "up")
                                .defaultsTo("up")
                                .mayBeLeftOut()
                                .documented("a way")
                                .history())
                .hasValue("formerly b, formerly c, up was high, down was low");
    }

    @Test
    void aSpecificationIsAValueThatKeepsItsList() {
        var list = new ArrayList<>(List.of(Parameter.text("a")));
        var spec = new ParameterSpec("x", list);
        list.clear();
        assertThat(spec).isEqualTo(ParameterSpec.of("x", Parameter.text("a")));
        assertThat(spec.names()).containsExactly("a");
        assertThat(spec.find("a")).isPresent();
        assertThat(spec.find("b")).isEmpty();
    }
}
