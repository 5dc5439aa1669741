package org.dyadic.costs;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Unit;

/**
 * From the node and voltage of the constants to those of a technology. Area and energy go from 45
 * nm and 0.9 V by the tables of Stillmaker and Baas, Integration 58 (2017), as hwcomponents
 * (Accelergy project) has them; leakage from transistors of high performance at 45 nm and 1 V by
 * the currents of CACTI's transistors, their widths as the node; delay from the 180 nm library by
 * measured paths, feature size and the latencies of the Accelerator Wall. Between two nodes on a
 * straight line.
 */
final class Scaling {

    private static final double ANCHOR = 45;

    // the fitted parabolas of 65 nm and above turn upward again below 0.6 V
    private static final double LEAST_VOLTS = 0.6;
    private static final double MOST_VOLTS = 1.3;
    private static final double ENERGY_ANCHOR_VOLTS = 0.9;
    private static final double LEAKAGE_ANCHOR_VOLTS = 1.0;

    private final Constants.Page page;
    private final Technology technology;
    private final double nanometres;
    private final double volts;

    private Scaling(Constants.Page page, Technology technology) {
        this.page = page;
        this.technology = technology;
        this.nanometres = technology.node().in(Unit.NANOMETRE);
        this.volts = technology.voltage().in(Unit.VOLT);
    }

    /** The factors for a technology, or nothing outside the tables. */
    static Optional<Scaling> to(Constants.Page page, Technology technology) {
        var scaling = new Scaling(page, technology);
        var nodes = page.family("scaling.area");
        boolean known =
                scaling.nanometres >= nodes.firstKey()
                        && scaling.nanometres <= nodes.lastKey()
                        && scaling.volts >= LEAST_VOLTS
                        && scaling.volts <= MOST_VOLTS;
        return known ? Optional.of(scaling) : Optional.empty();
    }

    /** What {@link #to} has factors for, in words. */
    static String technologies(Constants.Page page) {
        return page.family("scaling.area").keySet().stream()
                        .map(node -> String.valueOf(node.intValue()))
                        .collect(Collectors.joining(", "))
                + " nm and between, at "
                + LEAST_VOLTS
                + " to "
                + MOST_VOLTS
                + " V";
    }

    double area() {
        return noted("area", mixed(page.family("scaling.area"), nanometres, page::of));
    }

    double energy() {
        double here = mixed(page.family("scaling.energy"), nanometres, node -> energy(node, volts));
        String anchor = "scaling.energy." + (int) ANCHOR;
        return noted("energy", here / energy(anchor, ENERGY_ANCHOR_VOLTS));
    }

    private double energy(String node, double volts) {
        return (page.of(node + ".a2") * volts + page.of(node + ".a1")) * volts
                + page.of(node + ".a0");
    }

    /** Currents of nodes beyond the table are those of its ends. */
    double leakage() {
        String kind = "leakage." + technology.transistors().id();
        var currents = page.family(kind);
        double node = Math.max(currents.firstKey(), Math.min(currents.lastKey(), nanometres));
        double here = mixed(currents, node, page::of);
        double anchor = page.of("leakage.high-performance." + (int) ANCHOR);
        return noted("leakage", here / anchor * nanometres / ANCHOR * volts / LEAKAGE_ANCHOR_VOLTS);
    }

    /** From 180 nm; at the usual voltage of the node. */
    double delay() {
        return noted("delay", delay(nanometres));
    }

    /** The factor from 180 nm to the node of the constants of memories. */
    double delayOfAnchor() {
        return delay(ANCHOR);
    }

    private double delay(double node) {
        var latencies = page.family("scaling.delay");
        double measured = latencies.lastKey(); // a factor; the others are latencies
        double atMeasured = page.of(latencies.remove(measured));
        double first = latencies.lastKey();
        double byFeatureSize = atMeasured * Math.max(node, first) / measured;
        return node >= first
                ? byFeatureSize
                : byFeatureSize * mixed(latencies, node, page::of) / page.of(latencies.get(first));
    }

    private static double mixed(
            TreeMap<Double, String> nodes, double at, ToDoubleFunction<String> value) {
        Map.Entry<Double, String> below = nodes.floorEntry(at);
        Map.Entry<Double, String> above = nodes.ceilingEntry(at);
        double low = value.applyAsDouble(below.getValue());
        double span = above.getKey() - below.getKey();
        return span == 0
                ? low
                : low
                        + (value.applyAsDouble(above.getValue()) - low)
                                * (at - below.getKey())
                                / span;
    }

    private double noted(String what, double factor) {
        page.note(
                new Constant(
                        "factor." + what,
                        factor,
                        "",
                        technology.node().toString(),
                        technology.voltage().toString(),
                        technology.transistors().id(),
                        "worked out of the constants named scaling and leakage"));
        return factor;
    }
}
