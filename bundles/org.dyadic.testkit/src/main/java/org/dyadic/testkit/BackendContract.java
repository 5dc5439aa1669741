package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.network.Operation;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;

/** What every backend must do. A test class implements this and inherits the tests. */
public interface BackendContract {

    Backend backend();

    /**
     * The settings to try: the defaults, and these with one setting at a time at each word of a
     * choice, at either end of a range of numbers, or at a small array. Override it where some of
     * these do not go together.
     */
    default List<Settings> settings() {
        return Variations.of(backend().parameters());
    }

    @Test
    default void everyParameterIsDocumentedAndHasALegalDefaultOrMayBeLeftOut() {
        var spec = backend().parameters();
        assertThat(spec.documentation()).isNotBlank();
        assertThat(spec.parameters()).allSatisfy(BackendContract::isDocumented);
        assertThat(spec.defaults()).isNotNull();
    }

    private static void isDocumented(Parameter parameter) {
        assertThat(parameter.documentation()).as(parameter.name()).isNotBlank();
        if (parameter.type() instanceof ParameterType.Block block) {
            assertThat(block.spec().parameters()).allSatisfy(BackendContract::isDocumented);
        }
    }

    @Test
    default void equalSettingsBuildEqualMachines() {
        for (var settings : settings()) {
            assertThat(backend().build(settings))
                    .as("machine of %s", settings)
                    .isNotNull()
                    .isEqualTo(backend().build(settings));
        }
    }

    @Test
    default void theBillHasTheElementsPartsForEveryElement() {
        for (var settings : settings()) {
            var machine = backend().build(settings);
            assertThat(machine.element()).as("element of %s", settings).isNotEmpty();
            for (var part : machine.element()) {
                assertThat(count(machine, part.purpose(), part.component()))
                        .as("%s, with %s", part.purpose(), settings)
                        .isGreaterThanOrEqualTo(machine.elements() * part.count());
            }
        }
    }

    private static long count(Machine machine, String purpose, Component component) {
        return machine.bill().stream()
                .filter(
                        item ->
                                item.purpose().equals(purpose)
                                        && item.component().equals(component))
                .mapToLong(BillItem::count)
                .sum();
    }

    @Test
    default void theBillHasWhateverElseTheMachineUsesOnTheChip() {
        for (var settings : settings()) {
            var machine = backend().build(settings);
            var buffers = machine.buffers();
            assertThat(machine.bill())
                    .as("bill of %s", settings)
                    .extracting(BillItem::component)
                    .contains(
                            machine.requantizer(),
                            buffers.weightMemory(),
                            buffers.activationMemory(),
                            buffers.outputMemory())
                    .doesNotContain(machine.offChip().memory());
        }
    }

    @Test
    default void theRequantizerThatIsPricedIsTheOneThatIsExecuted() {
        for (var settings : settings()) {
            var machine = backend().build(settings);
            assertThat(machine.requantizer().by())
                    .as("requantizer of %s", settings)
                    .isEqualTo(machine.datapath().requantizer());
            assertThat(machine.requantizer().rounding())
                    .as("rounding of %s", settings)
                    .isEqualTo(machine.datapath().rounding());
            assertThat(machine.requantizer().accumulatorBits())
                    .as("accumulator of %s", settings)
                    .isEqualTo(machine.datapath().accumulatorBits());
        }
    }

    @Test
    default void equalOperandsGetEqualVerdicts() {
        var samples = Samples.operands();
        for (var settings : settings()) {
            for (var operands : samples) {
                assertThat(backend().judge(operands, settings))
                        .as("verdict on %s", operands)
                        .isNotNull()
                        .isEqualTo(backend().judge(operands, settings));
            }
        }
    }

    @Test
    default void everyShapeOfLayerIsJudgedAndTheSameAgain() {
        for (var settings : settings()) {
            for (var layer : Samples.layers()) {
                assertThat(backend().judge(layer, settings))
                        .as("verdict on %s, with %s", layer, settings)
                        .isNotNull()
                        .isEqualTo(backend().judge(layer, settings));
            }
        }
    }

    @Test
    default void aRowStationaryMachineTimesWhateverItAccepts() {
        for (var settings : settings()) {
            if (backend().build(settings).dataflow() == Dataflow.ROW_STATIONARY) {
                for (var acceptance : accepted(settings).values()) {
                    assertThat(acceptance.timing()).as("timing, with %s", settings).isPresent();
                }
            }
        }
    }

    @Test
    default void noTimingIsFasterThanTheElementsCanBe() {
        for (var settings : settings()) {
            double elements = backend().build(settings).elements();
            accepted(settings)
                    .forEach(
                            (layer, acceptance) ->
                                    acceptance
                                            .timing()
                                            .ifPresent(
                                                    timing ->
                                                            assertThat(
                                                                            timing.cycles()
                                                                                    * elements
                                                                                    * acceptance
                                                                                            .macsPerCycle())
                                                                    .as(
                                                                            "%s takes %s, with %s",
                                                                            layer.operation(),
                                                                            timing,
                                                                            settings)
                                                                    .isGreaterThanOrEqualTo(
                                                                            macs(layer))));
        }
    }

    private Map<Operands, Verdict.Acceptance> accepted(Settings settings) {
        var accepted = new LinkedHashMap<Operands, Verdict.Acceptance>();
        for (var layer : Samples.layers()) {
            if (backend().judge(layer, settings) instanceof Verdict.Acceptance acceptance) {
                accepted.put(layer, acceptance);
            }
        }
        return accepted;
    }

    private static double macs(Operands layer) {
        var weights =
                layer.operation() instanceof Operation.Convolution convolution
                        ? convolution.weights()
                        : ((Operation.Dense) layer.operation()).weights();
        return (double) layer.output().elements() * weights.size() / weights.shape().extent(0);
    }

    @Test
    default void aRefusalIsTheEndOfASentence() {
        var samples = Samples.operands();
        for (var settings : settings()) {
            for (var operands : samples) {
                if (backend().judge(operands, settings) instanceof Verdict.Refusal refusal) {
                    // cannot execute layer x: ...
                    assertThat(refusal.reason())
                            .hasLineCount(1)
                            .isEqualTo(refusal.reason().strip())
                            .doesNotEndWith(".");
                }
            }
        }
    }

    @Test
    default void floatsAreRefusedForADatapathIsMadeOfIntegers() {
        var defaults = backend().parameters().defaults();
        for (var operands : Samples.operands()) {
            if (operands.weights() instanceof Fit.Unquantized
                    || operands.activations() instanceof Fit.Unquantized) {
                assertThat(backend().judge(operands, defaults))
                        .as("verdict on %s", operands)
                        .isInstanceOf(Verdict.Refusal.class);
            }
        }
    }

    @Test
    default void somethingRunsByDefault() {
        var defaults = backend().parameters().defaults();
        assertThat(Samples.operands())
                .anyMatch(
                        (Operands o) -> backend().judge(o, defaults) instanceof Verdict.Acceptance);
    }
}
