package org.dyadic.costs;

import java.util.Optional;
import java.util.TreeMap;
import org.dyadic.api.hardware.Technology;
import org.dyadic.api.unit.Unit;

/**
 * From 45 nm and 0.9 V to another node and voltage by the tables of Stillmaker and Baas,
 * Integration 58 (2017), as hwcomponents (Accelergy project) has them; between two nodes on a
 * straight line.
 */
record Scaling(double area, double energy) {

    /** Area relative to 45 nm, and the polynomial of energy over voltage. */
    private record Node(double area, double a2, double a1, double a0) {
        double energy(double volts) {
            return (a2 * volts + a1) * volts + a0;
        }
    }

    private static final TreeMap<Double, Node> NODES = new TreeMap<>();

    static {
        // nm; area: row 45 of the area table; energy: a2 V^2 + a1 V + a0
        NODES.put(130.0, new Node(6.4, 7.171, -6.709, 2.904));
        NODES.put(90.0, new Node(2.8, 4.762, -4.781, 2.092));
        NODES.put(65.0, new Node(1.5, 3.755, -4.398, 1.975));
        NODES.put(45.0, new Node(1.0, 1.103, -0.362, 0.2767));
        NODES.put(32.0, new Node(0.46, 0.9559, -0.7823, 0.471));
        NODES.put(20.0, new Node(0.21, 0.373, -0.1582, 0.04104));
        NODES.put(16.0, new Node(0.19, 0.2958, -0.1241, 0.03024));
        NODES.put(14.0, new Node(0.17, 0.2363, -0.09675, 0.02239));
        NODES.put(10.0, new Node(0.10, 0.2068, -0.09311, 0.02375));
        NODES.put(7.0, new Node(0.059, 0.1776, -0.09097, 0.02447));
    }

    // the fitted parabolas of 65 nm and above turn upward again below 0.6 V
    private static final double LEAST_VOLTS = 0.6;
    private static final double MOST_VOLTS = 1.3;

    /** The factors for a technology, or nothing outside the tables. */
    static Optional<Scaling> to(Technology technology) {
        double nanometres = technology.node().in(Unit.NANOMETRE);
        double volts = technology.voltage().in(Unit.VOLT);
        var below = NODES.floorEntry(nanometres);
        var above = NODES.ceilingEntry(nanometres);
        if (below == null || above == null || volts < LEAST_VOLTS || volts > MOST_VOLTS) {
            return Optional.empty();
        }
        double span = above.getKey() - below.getKey();
        double share = span == 0 ? 0 : (nanometres - below.getKey()) / span;
        double area = mix(below.getValue().area(), above.getValue().area(), share);
        double energy = mix(below.getValue().energy(volts), above.getValue().energy(volts), share);
        return Optional.of(new Scaling(area, energy / NODES.get(45.0).energy(0.9)));
    }

    private static double mix(double a, double b, double share) {
        return a + (b - a) * share;
    }
}
