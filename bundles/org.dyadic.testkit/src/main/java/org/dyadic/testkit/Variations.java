package org.dyadic.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Settings worth trying. */
final class Variations {

    private Variations() {}

    /**
     * The settings given, and these with one other parameter at a time at each word of a choice, at
     * either end of a range of numbers, or at a small array.
     */
    static List<Settings> of(ParameterSpec spec, Setting... given) {
        var all = new ArrayList<>(List.of(spec.with(given)));
        for (var parameter : spec.parameters()) {
            if (Arrays.stream(given).noneMatch(one -> one.name().equals(parameter.name()))) {
                for (var value : values(parameter)) {
                    var varied = Arrays.copyOf(given, given.length + 1);
                    varied[given.length] = Setting.of(parameter.name(), value);
                    all.add(spec.with(varied));
                }
            }
        }
        return all;
    }

    private static List<Value> values(Parameter parameter) {
        var type = parameter.type();
        if (type instanceof ParameterType.Choice choice) {
            return choice.options().stream().<Value>map(Value.Word::new).toList();
        }
        if (type instanceof ParameterType.Whole whole) {
            return List.of(number(whole.min()), number(whole.max()));
        }
        if (type instanceof ParameterType.Real real) {
            return List.of(number(real.min()), number(real.max()));
        }
        return type instanceof ParameterType.Extent
                ? List.of(new Value.Extent(1, 1), new Value.Extent(1, 3), new Value.Extent(3, 1))
                : List.of();
    }

    static Value number(double number) {
        return new Value.Number(Quantity.of(number, Unit.ONE));
    }
}
