package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Path;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** A small cost model keeps the contract, and each fault breaks the claim it should. */
class CostModelContractTest implements CostModelContract {

    private static final Constant GATE =
            new Constant("gate", 1, "um2", "45 nm", "0.9 V", "typical", "a book");

    /** A square micrometre, a picojoule and a nanosecond a bit, scaled a little. */
    private static class Small implements CostModel {

        String documentation = "a book";
        UnaryOperator<Price> fault = UnaryOperator.identity();

        @Override
        public String documentation() {
            return documentation;
        }

        @Override
        public Optional<Price> price(Component component, Technology technology) {
            if (!(component instanceof Component.Adder adder)) {
                return Optional.empty();
            }
            double node = technology.node().in(Unit.NANOMETRE) / 45;
            double volts = technology.voltage().in(Unit.VOLT);
            return Optional.of(fault.apply(of(adder.bits() * node, adder.bits() * volts)));
        }

        static Price of(double area, double energy) {
            return of(area, energy, "a book", List.of(GATE));
        }

        static Price of(double area, double energy, String source, List<Constant> constants) {
            return new Price(
                    Quantity.of(area, Unit.SQUARE_MICROMETRE),
                    Quantity.of(energy, Unit.PICOJOULE),
                    Quantity.of(0, Unit.WATT),
                    Quantity.of(1, Unit.NANOSECOND),
                    Kind.MODELLED,
                    source,
                    constants);
        }
    }

    @Override
    public CostModel model() {
        return new Small();
    }

    @Override
    public List<Component> components() {
        return List.of(new Component.Adder(8), new Component.Adder(32));
    }

    private static CostModelContract with(UnaryOperator<Price> fault) {
        var model = new Small();
        model.fault = fault;
        return contract(model);
    }

    private static CostModelContract contract(CostModel model) {
        return new CostModelContract() {
            @Override
            public CostModel model() {
                return model;
            }

            @Override
            public List<Component> components() {
                return List.of(new Component.Adder(8));
            }
        };
    }

    private interface Claim {
        void check() throws Exception;
    }

    private static void breaks(Claim claim) {
        assertThatThrownBy(claim::check).isInstanceOf(AssertionError.class);
    }

    @Test
    void aModelThatIsBasedOnNothingIsFound() {
        var silent = new Small();
        silent.documentation = "";
        breaks(contract(silent)::itSaysInALineWhatItIsBasedOn);
    }

    @Test
    void whatCostsNothingIsFound() {
        breaks(with(price -> Small.of(1, 0))::whatItKnowsCostsSomethingFinite);
        breaks(with(price -> Small.of(0, 1))::onlyWhatIsOffTheChipTakesNoArea);
    }

    @Test
    void aModelThatGuessesIsFound() {
        CostModel guess =
                new Small() {
                    @Override
                    public Optional<Price> price(Component component, Technology technology) {
                        return Optional.of(of(1, 1));
                    }
                };
        breaks(contract(guess)::aPartNobodyKnowsHasNoPrice);
    }

    @Test
    void aConstantThatIsToldTwiceIsFound() {
        breaks(
                with(price -> Small.of(1, 1, "a book", List.of(GATE, GATE)))
                        ::aPriceNamesItsSourceAndEveryConstantOnce);
        breaks(
                with(price -> Small.of(1, 1, "a book\nand another", List.of()))
                        ::aPriceNamesItsSourceAndEveryConstantOnce);
    }

    @Test
    void aModelThatRemembersIsFound() {
        var calls = new AtomicInteger();
        breaks(
                with(price -> Small.of(1, calls.incrementAndGet()))
                        ::equalQuestionsGetEqualAnswersFromAnyThread);
    }

    @Test
    void scalingTheWrongWayIsFound() {
        breaks(
                with(price -> Small.of(1, 1 / price.energy().in(Unit.PICOJOULE)))
                        ::aHigherVoltageNeverSavesEnergy);
        breaks(
                with(price -> Small.of(1 / price.area().in(Unit.SQUARE_MICROMETRE), 1))
                        ::aSmallerNodeNeverTakesMoreArea);
    }

    @Test
    void aPathThatIsSlowerThanItsPartsIsFound() {
        CostModel slow =
                new Small() {
                    @Override
                    public Optional<Path> path(List<Component> parts, Technology technology) {
                        return Optional.of(
                                new Path(
                                        Quantity.of(2.1, Unit.NANOSECOND),
                                        Kind.MODELLED,
                                        "a book",
                                        List.of()));
                    }
                };
        breaks(contract(slow)::aPathTakesNoLongerThanItsPartsOneAfterAnother);
    }
}
