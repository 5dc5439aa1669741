package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** What every cost model must do. A test class implements this and inherits the tests. */
public interface CostModelContract {

    CostModel model();

    /** Parts that it prices: one or more of every kind it knows. */
    List<Component> components();

    /** A technology that it has prices for, of which the others are variations. */
    default Technology technology() {
        return new Technology(Quantity.of(45, Unit.NANOMETRE), Quantity.of(0.9, Unit.VOLT));
    }

    private Price price(Component component, Technology technology) {
        var price = model().price(component, technology);
        assertThat(price).as("price of a %s", component.describe()).isPresent();
        return price.get();
    }

    @Test
    default void itSaysInALineWhatItIsBasedOn() {
        Documented.line(model().documentation(), "documentation");
        assertThat(model().technologies()).doesNotContain("\n");
    }

    @Test
    default void whatItKnowsCostsSomethingFinite() {
        assertThat(components()).as("parts that it prices").isNotEmpty();
        for (var component : components()) {
            var price = price(component, technology());
            assertThat(price.energy().in(Unit.PICOJOULE))
                    .as("energy of a %s in pJ", component.describe())
                    .isPositive()
                    .isFinite();
            assertThat(price.area().in(Unit.SQUARE_MICROMETRE))
                    .as("area of a %s in um2", component.describe())
                    .isNotNegative()
                    .isFinite();
            assertThat(price.leakage().in(Unit.WATT)).isNotNegative().isFinite();
            assertThat(price.delay().in(Unit.NANOSECOND)).isNotNegative().isFinite();
        }
    }

    @Test
    default void onlyWhatIsOffTheChipTakesNoArea() {
        for (var component : components()) {
            assertThat(price(component, technology()).area().in(Unit.SQUARE_MICROMETRE) == 0)
                    .as("no area of a %s", component.describe())
                    .isEqualTo(component instanceof Component.Dram);
        }
    }

    @Test
    default void aPartNobodyKnowsHasNoPrice() {
        var unheard = new Component.Special("part that nobody has heard of", 3);
        assertThat(model().price(unheard, technology())).isEmpty();
        assertThat(model().path(List.of(unheard), technology())).isEmpty();
    }

    @Test
    default void aPriceNamesItsSourceAndEveryConstantOnce() {
        for (var component : components()) {
            var price = price(component, technology());
            Documented.line(price.source(), "source of a " + component.describe());
            assertThat(price.constants())
                    .as("constants of a %s", component.describe())
                    .extracting(Constant::name)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void equalQuestionsGetEqualAnswersFromAnyThread() throws Exception {
        for (var component : components()) {
            assertThat(Concurrently.ask(() -> model().price(component, technology())))
                    .as("price of a %s", component.describe())
                    .containsOnly(model().price(component, technology()));
        }
    }

    @Test
    default void aHigherVoltageNeverSavesEnergy() {
        double volts = technology().voltage().in(Unit.VOLT);
        for (var component : components()) {
            at(component, technology().node(), 1.1 * volts)
                    .ifPresent(
                            higher ->
                                    assertThat(higher.energy().in(Unit.PICOJOULE))
                                            .as("energy of a %s", component.describe())
                                            .isGreaterThanOrEqualTo(
                                                    price(component, technology())
                                                            .energy()
                                                            .in(Unit.PICOJOULE)));
        }
    }

    @Test
    default void aSmallerNodeNeverTakesMoreArea() {
        double volts = technology().voltage().in(Unit.VOLT);
        double node = technology().node().in(Unit.NANOMETRE);
        for (var component : components()) {
            at(component, Quantity.of(node / 1.4, Unit.NANOMETRE), volts)
                    .ifPresent(
                            smaller ->
                                    assertThat(smaller.area().in(Unit.SQUARE_MICROMETRE))
                                            .as("area of a %s", component.describe())
                                            .isLessThanOrEqualTo(
                                                    price(component, technology())
                                                            .area()
                                                            .in(Unit.SQUARE_MICROMETRE)));
        }
    }

    private Optional<Price> at(Component component, Quantity node, double volts) {
        return model().price(
                        component,
                        new Technology(
                                node, Quantity.of(volts, Unit.VOLT), technology().transistors()));
    }

    @Test
    default void aPathTakesNoLongerThanItsPartsOneAfterAnother() {
        for (var first : components()) {
            for (var second : components()) {
                model().path(List.of(first, second), technology())
                        .ifPresent(
                                path ->
                                        assertThat(path.delay().in(Unit.NANOSECOND))
                                                .as("%s and %s", first, second)
                                                .isNotNegative()
                                                .isLessThanOrEqualTo(
                                                        delay(first) + delay(second) + 1e-9));
            }
        }
    }

    private double delay(Component component) {
        return price(component, technology()).delay().in(Unit.NANOSECOND);
    }
}
