package org.dyadic.backends;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Component.Adder;
import org.dyadic.api.hardware.Component.Multiplier;
import org.dyadic.api.hardware.Component.Register;
import org.dyadic.api.hardware.Component.Requantize;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.Settings;

/**
 * Elements that multiply integers: a weight in two's complement, and an activation that has its own
 * bits and one more for a sign.
 */
record IntegerElements(int weightBits, int activationBits) {

    Machine machine(Settings settings) {
        int signed = activationBits + 1;
        int roomy = weightBits + activationBits + 8;
        var datapath = Datapath.of(settings, roomy);
        int sum = Edge.adderBits(datapath, roomy);
        int codeBits = settings.whole("code-bits");
        var chassis = Chassis.of(settings);

        var element =
                List.of(
                        new BillItem("multipliers", new Multiplier(weightBits, signed), 1),
                        new BillItem("adders", new Adder(sum), 1),
                        new BillItem("registers", new Register(weightBits + signed + sum), 1));
        var edge = new ArrayList<>(Edge.partialSums(chassis, sum));
        edge.addAll(Edge.saturators(chassis, datapath, sum));
        edge.addAll(Edge.decoders(chassis, datapath, codeBits, weightBits, signed));
        edge.addAll(Edge.zeroPoints(chassis, settings, weightBits, signed));
        return chassis.machine(
                datapath, element, new Requantize(datapath, activationBits, codeBits), edge);
    }

    /**
     * Takes what fits the two sides of the multiplier.
     *
     * @param wider the settings under which wider levels fit, or an empty text
     */
    Verdict judge(Operands operands, Settings settings, Supplier<String> wider) {
        return Edge.refuseCodes("weight", operands.weights(), settings)
                .or(() -> Edge.refuseCodes("activation", operands.activations(), settings))
                .or(() -> Edge.refuseLevels("weight", operands.weights(), weightBits, wider))
                .or(
                        () ->
                                Edge.refuseLevels(
                                        "activation",
                                        operands.activations(),
                                        activationBits + 1,
                                        wider))
                .<Verdict>map(Verdict.Refusal::new)
                .orElse(new Verdict.Acceptance(1));
    }

    /** The narrowest elements that take both operands. */
    static Optional<IntegerElements> of(Operands operands) {
        return operands.weights()
                .grid()
                .flatMap(
                        weights ->
                                operands.activations()
                                        .grid()
                                        .map(
                                                activations ->
                                                        new IntegerElements(
                                                                Edge.signedBits(weights),
                                                                Edge.signedBits(activations) - 1)));
    }

    /** Whether whatever the other takes fits these elements. */
    boolean takes(IntegerElements other) {
        return weightBits >= other.weightBits && activationBits >= other.activationBits;
    }
}
