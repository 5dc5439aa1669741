package org.dyadic.lang.checks;

import org.dyadic.api.experiment.Metric;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** What a limit after {@code expect} may be: like a setting that is called as its figure. */
public final class Limits {

    private Limits() {}

    public static ParameterSpec of(Metric metric) {
        return ParameterSpec.of("a limit", limit(metric).documented("a limit"));
    }

    private static Parameter limit(Metric metric) {
        var dimension = metric.dimension();
        if (dimension == Dimension.RATIO) {
            return Parameter.measure(
                    metric.id(), Quantity.of(0, Unit.PERCENT), Quantity.of(100, Unit.PERCENT));
        }
        var unit = Unit.of(Unit.symbols(dimension).get(0)).orElseThrow();
        return Parameter.measure(metric.id(), Quantity.of(0, unit), Quantity.of(1e6, unit));
    }
}
