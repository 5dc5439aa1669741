package org.dyadic.backends;

import java.util.List;
import org.dyadic.api.hardware.Backend;
import org.dyadic.api.hardware.BackendService;
import org.dyadic.api.hardware.Chassis;
import org.dyadic.api.hardware.Dataflow;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Operands;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.osgi.service.component.annotations.Component;

/**
 * A systolic array of the integer multipliers that products are made with: of 4, 8 or 16 bit, or of
 * 8 bit activations and 4 bit weights. Weights are signed integers. Activations may be as wide
 * without a sign, or with one: their side of the multiplier has one bit more, so that an int8 array
 * takes -256 to 255. Codes of grids that are not evenly spaced become integers at the edge of the
 * array, if they fit the multiplier, and zero points are subtracted there if it is built for them.
 *
 * <p>{@link DecodeArray} is the same with multipliers of exactly the widths that levels need.
 */
@Component
@BackendService(id = "systolic")
public final class SystolicArray implements Backend {

    private record Choice(String word, IntegerElements elements) {}

    /** From the smallest multiplier to the largest. */
    private static final List<Choice> CHOICES =
            List.of(
                    new Choice("int4", new IntegerElements(4, 4)),
                    new Choice("int8x4", new IntegerElements(4, 8)),
                    new Choice("int8", new IntegerElements(8, 8)),
                    new Choice("int16", new IntegerElements(16, 16)));

    private static final ParameterSpec PARAMETERS =
            Chassis.parameters(
                    "systolic array of integer multipliers of the usual widths",
                    Dataflow.WEIGHT_STATIONARY,
                    Edge.parameters(
                            0,
                            Datapath.parameters("those of weight, activation and 8", "multiplier"),
                            Parameter.choice(
                                            "multiplier",
                                            CHOICES.stream()
                                                    .map(Choice::word)
                                                    .toArray(String[]::new))
                                    .defaultsTo("int8")
                                    .documented(
                                            "width of a signed weight; an activation has one bit more;"
                                                    + " int8x4: 8 bit activations, 4 bit weights")));

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Machine build(Settings settings) {
        return elements(settings).machine(settings);
    }

    @Override
    public Verdict judge(Operands operands, Settings settings) {
        return elements(settings).judge(operands, settings, () -> wider(operands));
    }

    private static IntegerElements elements(Settings settings) {
        String word = settings.choice("multiplier");
        return CHOICES.stream()
                .filter(choice -> choice.word().equals(word))
                .findFirst()
                .orElseThrow()
                .elements();
    }

    /** The setting of the smallest multiplier that is wide enough. */
    private static String wider(Operands operands) {
        return IntegerElements.of(operands)
                .flatMap(
                        needed ->
                                CHOICES.stream()
                                        .filter(choice -> choice.elements().takes(needed))
                                        .findFirst())
                .map(choice -> "multiplier " + choice.word())
                .orElse("");
    }
}
