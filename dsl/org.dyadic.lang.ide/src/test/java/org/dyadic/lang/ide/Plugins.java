package org.dyadic.lang.ide;

import static org.dyadic.api.spec.Parameter.block;
import static org.dyadic.api.spec.Parameter.choice;
import static org.dyadic.api.spec.Parameter.extent;
import static org.dyadic.api.spec.Parameter.measure;
import static org.dyadic.api.spec.Parameter.whole;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;

/** Plugins in the likeness of the built-in ones, that come and go as a test wants. */
final class Plugins implements Catalog {

    private static final Parameter BITS =
            whole("bits", 2, 8).defaultsTo(4).documented("width of a code");
    private static final Parameter SCALE =
            choice("scale", "per-tensor", "per-channel").defaultsTo("per-tensor");

    private final List<PluginInfo> plugins = new CopyOnWriteArrayList<>();

    Plugins() {
        add(PluginKind.QUANTIZER, "float");
        add(PluginKind.QUANTIZER, "uniform", BITS, SCALE);
        add(PluginKind.QUANTIZER, "upot", BITS, SCALE);
        add(
                PluginKind.BACKEND,
                "systolic",
                extent("array", 256).defaultsTo(16, 16).documented("rows and columns"),
                measure("clock", q(1, Unit.MEGAHERTZ), q(5, Unit.GIGAHERTZ))
                        .defaultsTo(q(500, Unit.MEGAHERTZ))
                        .documented("how fast it runs"),
                choice("dataflow", "weight-stationary", "output-stationary")
                        .wordFormerly("weights", "weight-stationary")
                        .defaultsTo("weight-stationary")
                        .formerly("flow")
                        .documented("what stays in place"),
                block(
                                "buffers",
                                ParameterSpec.of(
                                        "on-chip memories",
                                        measure("weights", q(1, Unit.BYTE), q(1, Unit.GIBIBYTE))
                                                .defaultsTo(q(64, Unit.KIBIBYTE)),
                                        measure("outputs", q(1, Unit.BYTE), q(1, Unit.GIBIBYTE))
                                                .defaultsTo(q(64, Unit.KIBIBYTE))))
                        .documented("memories"));
        add(
                PluginKind.SIMULATOR,
                "analytic",
                choice("least", "energy", "latency")
                        .defaultsTo("latency")
                        .documented("what tiles are chosen for"),
                measure("window", q(1, Unit.NANOSECOND), q(1, Unit.SECOND))
                        .mayBeLeftOut()
                        .documented("what is looked at"));
        add(
                PluginKind.DATASET,
                "cifar10",
                choice("split", "test", "train").defaultsTo("test").documented("which images"));
    }

    void add(PluginKind kind, String id, Parameter... parameters) {
        plugins.add(
                new PluginInfo(kind, id, ParameterSpec.of("the " + id, parameters), "test", "1"));
    }

    void remove(String id) {
        plugins.removeIf(plugin -> plugin.id().equals(id));
    }

    @Override
    public List<PluginInfo> plugins() {
        return List.copyOf(plugins);
    }

    private static Quantity q(double value, Unit unit) {
        return Quantity.of(value, unit);
    }
}
