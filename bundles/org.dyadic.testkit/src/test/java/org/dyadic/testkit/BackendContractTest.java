package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Requantizer;
import org.dyadic.api.hardware.Rounding;
import org.dyadic.api.hardware.Timing;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;

/** A small backend keeps the contract, and each fault breaks the claim it should. */
class BackendContractTest implements BackendContract {

    private static class Small implements Backend {

        int accumulator = Datapath.wide().accumulatorBits();
        Rounding rounding = Datapath.wide().rounding();

        @Override
        public ParameterSpec parameters() {
            return Chassis.parameters(
                    "an array of multipliers",
                    Dataflow.WEIGHT_STATIONARY,
                    Requantizer.parameter("multiplier"));
        }

        @Override
        public Machine build(Settings settings) {
            var wide = Datapath.wide();
            var requantizer = Requantizer.of(settings);
            return Chassis.of(settings)
                    .machine(
                            new Datapath(
                                    wide.accumulatorBits(),
                                    wide.overflow(),
                                    requantizer,
                                    wide.padding()),
                            List.of(new BillItem("multipliers", new Component.Multiplier(8, 9), 2)),
                            new Component.Requantize(requantizer, rounding, accumulator, 8, 0),
                            List.of());
        }

        @Override
        public Verdict judge(Operands operands, Settings settings) {
            return operands.weights() instanceof Fit.Quantized
                            && operands.activations() instanceof Fit.Quantized
                    ? new Verdict.Acceptance(1)
                    : new Verdict.Refusal("it computes in integers");
        }
    }

    @Override
    public Backend backend() {
        return new Small();
    }

    private static void breaks(Runnable claim) {
        assertThatThrownBy(claim::run).isInstanceOf(AssertionError.class);
    }

    private static BackendContract contract(Backend backend) {
        return () -> backend;
    }

    /** With so much of the bill left out. */
    private static BackendContract without(Class<? extends Component> part) {
        return contract(
                new Small() {
                    @Override
                    public Machine build(Settings settings) {
                        var whole = super.build(settings);
                        return new Machine(
                                whole.rows(),
                                whole.columns(),
                                whole.dataflow(),
                                whole.clock(),
                                whole.technology(),
                                whole.buffers(),
                                whole.offChip(),
                                whole.datapath(),
                                whole.element(),
                                whole.requantizer(),
                                whole.bill().stream()
                                        .filter(item -> !part.isInstance(item.component()))
                                        .toList());
                    }
                });
    }

    private static BackendContract judging(Verdict verdict) {
        return contract(
                new Small() {
                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        return verdict;
                    }
                });
    }

    @Test
    void aBillWithoutTheElementsIsFound() {
        breaks(without(Component.Multiplier.class)::theBillHasTheElementsPartsForEveryElement);
    }

    @Test
    void aBillWithoutBuffersOrRequantizersIsFound() {
        breaks(without(Component.Sram.class)::theBillHasWhateverElseTheMachineUsesOnTheChip);
        breaks(without(Component.Requantize.class)::theBillHasWhateverElseTheMachineUsesOnTheChip);
    }

    @Test
    void aMachinePricedForAnotherAccumulatorIsFound() {
        var small = new Small();
        small.accumulator = 8;
        breaks(contract(small)::theRequantizerThatIsPricedIsTheOneThatIsExecuted);
    }

    @Test
    void aMachinePricedForAnotherRoundingIsFound() {
        var small = new Small();
        small.rounding = Rounding.FLOOR;
        breaks(contract(small)::theRequantizerThatIsPricedIsTheOneThatIsExecuted);
    }

    @Test
    void aBackendThatRemembersIsFound() {
        var remembering =
                contract(
                        new Small() {
                            @Override
                            public Machine build(Settings settings) {
                                accumulator++;
                                return super.build(settings);
                            }

                            @Override
                            public Verdict judge(Operands operands, Settings settings) {
                                return new Verdict.Acceptance(++accumulator);
                            }
                        });
        breaks(remembering::equalSettingsBuildEqualMachines);
        breaks(remembering::equalOperandsGetEqualVerdicts);
    }

    @Test
    void anImpossibleVerdictIsFound() {
        breaks(judging(null)::equalOperandsGetEqualVerdicts);
        breaks(judging(new Verdict.Acceptance(1))::floatsAreRefusedForADatapathIsMadeOfIntegers);
        breaks(judging(new Verdict.Refusal("never"))::somethingRunsByDefault);
        breaks(judging(new Verdict.Refusal("It is wide.\n"))::aRefusalIsTheEndOfASentence);
    }

    /** A row-stationary machine that says this of its layers. */
    private static BackendContract rowStationary(Verdict verdict) {
        return contract(
                new Small() {
                    @Override
                    public ParameterSpec parameters() {
                        return Chassis.parameters(
                                "an array of multipliers",
                                Chassis.Typical.of(List.of(Dataflow.ROW_STATIONARY)),
                                Requantizer.parameter("multiplier"));
                    }

                    @Override
                    public Verdict judge(Operands operands, Settings settings) {
                        return verdict;
                    }
                });
    }

    @Test
    void aRowStationaryMachineWithoutATimingIsFound() {
        breaks(
                rowStationary(new Verdict.Acceptance(1))
                        ::aRowStationaryMachineTimesWhateverItAccepts);
    }

    @Test
    void anImpossiblyFastTimingIsFound() {
        var timed = new Verdict.Acceptance(1, Optional.of(new Timing(1, 1, 1, 1)));
        breaks(rowStationary(timed)::noTimingIsFasterThanTheElementsCanBe);
    }

    @Test
    void aBackendThatOnlyKnowsSomeShapesIsFound() {
        var dense =
                contract(
                        new Small() {
                            @Override
                            public Verdict judge(Operands operands, Settings settings) {
                                return new Verdict.Acceptance(
                                        ((Operation.Dense) operands.operation()).weights().size());
                            }
                        });
        assertThatThrownBy(dense::everyShapeOfLayerIsJudgedAndTheSameAgain)
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void aParameterWithoutAWordOfDocumentationIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public ParameterSpec parameters() {
                                        return ParameterSpec.of(
                                                "an array",
                                                Parameter.whole("bits", 1, 8).defaultsTo(4));
                                    }
                                })
                        ::everyParameterIsDocumentedAndHasALegalDefaultOrMayBeLeftOut);
    }
}
