package org.dyadic.lang;

import static org.dyadic.api.spec.Parameter.block;
import static org.dyadic.api.spec.Parameter.choice;
import static org.dyadic.api.spec.Parameter.extent;
import static org.dyadic.api.spec.Parameter.measure;
import static org.dyadic.api.spec.Parameter.reals;
import static org.dyadic.api.spec.Parameter.text;
import static org.dyadic.api.spec.Parameter.whole;

import java.util.List;
import org.dyadic.api.quant.Scaling;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;

/** Plugins that exist only here, in the likeness of the built-in ones. */
final class TestCatalog implements Catalog {

    private static final Parameter BITS = whole("bits", 2, 8).defaultsTo(4);

    private static final ParameterSpec BUFFERS =
            ParameterSpec.of(
                    "on-chip memories", size("weights"), size("activations"), size("outputs"));

    private static final ParameterSpec DRAM =
            ParameterSpec.of(
                    "off-chip memory",
                    measure(
                                    "bandwidth",
                                    q(1, Unit.MEGABYTE_PER_SECOND),
                                    q(4000, Unit.GIGABYTE_PER_SECOND))
                            .defaultsTo(q(12.8, Unit.GIGABYTE_PER_SECOND)),
                    measure("energy", q(0, Unit.PICOJOULE_PER_BIT), q(100, Unit.PICOJOULE_PER_BIT))
                            .defaultsTo(q(8, Unit.PICOJOULE_PER_BIT)));

    private final List<PluginInfo> plugins =
            List.of(
                    plugin(PluginKind.QUANTIZER, "apot", BITS, Scaling.PARAMETER),
                    plugin(PluginKind.QUANTIZER, "float"),
                    plugin(
                            PluginKind.QUANTIZER,
                            "pot",
                            whole("bits", 2, 5).defaultsTo(4),
                            Scaling.PARAMETER),
                    plugin(PluginKind.QUANTIZER, "uniform", BITS, Scaling.PARAMETER),
                    plugin(PluginKind.QUANTIZER, "upot", BITS, Scaling.PARAMETER),
                    plugin(
                            PluginKind.BACKEND,
                            "systolic",
                            machine(
                                    choice("multiplier", "int4", "int8")
                                            .wordFormerly("byte", "int8")
                                            .defaultsTo("int8"))),
                    plugin(
                            PluginKind.BACKEND,
                            "tiny",
                            extent("array", 8),
                            text("label").mayBeLeftOut()),
                    plugin(
                            PluginKind.BACKEND,
                            "upot-array",
                            machine(whole("terms", 1, 4).defaultsTo(2))),
                    plugin(
                            PluginKind.SIMULATOR,
                            "analytic",
                            choice("least", "energy", "latency").defaultsTo("latency"),
                            whole("batch", 1, 1024).defaultsTo(1),
                            measure("window", q(1, Unit.NANOSECOND), q(1, Unit.SECOND))
                                    .mayBeLeftOut()),
                    plugin(PluginKind.SIMULATOR, "plain"),
                    plugin(
                            PluginKind.DATASET,
                            "cifar10",
                            choice("split", "test", "train").defaultsTo("test")),
                    plugin(
                            PluginKind.DATASET,
                            "folder",
                            text("labels"),
                            reals("weights", -1, 1).mayBeLeftOut(),
                            choice("from", "of", "on").mayBeLeftOut()));

    @Override
    public List<PluginInfo> plugins() {
        return plugins;
    }

    private static Parameter[] machine(Parameter special) {
        return new Parameter[] {
            extent("array", 256).defaultsTo(16, 16),
            measure("clock", q(1, Unit.MEGAHERTZ), q(5, Unit.GIGAHERTZ))
                    .defaultsTo(q(500, Unit.MEGAHERTZ))
                    .formerly("frequency"),
            measure("technology", q(3, Unit.NANOMETRE), q(180, Unit.NANOMETRE))
                    .defaultsTo(q(45, Unit.NANOMETRE)),
            choice("dataflow", "weight-stationary", "output-stationary")
                    .defaultsTo("weight-stationary"),
            block("buffers", BUFFERS).formerly("memories"),
            block("dram", DRAM),
            special
        };
    }

    private static Parameter size(String name) {
        return measure(name, q(1, Unit.BYTE), q(1, Unit.GIBIBYTE)).defaultsTo(q(64, Unit.KIBIBYTE));
    }

    private static Quantity q(double value, Unit unit) {
        return Quantity.of(value, unit);
    }

    private static PluginInfo plugin(PluginKind kind, String id, Parameter... parameters) {
        return new PluginInfo(kind, id, ParameterSpec.of("the " + id, parameters), "test", "0");
    }
}
