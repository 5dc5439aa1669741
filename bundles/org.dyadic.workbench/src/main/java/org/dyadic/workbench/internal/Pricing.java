package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.CostModel;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.report.Clock;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.Share;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Switching;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.execution.PluginFailure;

/** What the parts of a machine cost, each by the first cost model that knows it. */
final class Pricing {

    private final PluginCatalog catalog;
    private final Machine machine;
    private final Map<Component, Price> prices = new HashMap<>();

    Pricing(PluginCatalog catalog, Machine machine) {
        this.catalog = catalog;
        this.machine = machine;
    }

    /**
     * What a layer's energy goes into: uses of parts, and what leaks from all of them meanwhile.
     * Where a simulator counted how many bits of the operands toggle in the elements, parts whose
     * price is for a share of toggling bits take energy in proportion; else as the price is.
     */
    List<Share> energy(Estimate estimate) {
        var activity = estimate.activity();
        var switching = estimate.witness().flatMap(Witness::switching);
        var shares = new ArrayList<Share>();
        for (var part : machine.element()) {
            add(
                    shares,
                    part.purpose(),
                    part.component(),
                    Math.multiplyExact(part.count(), activity.elementUses()),
                    switching);
        }
        add(shares, "requantization", machine.requantizer(), activity.requantizations());
        add(shares, "weight buffer", machine.buffers().weightMemory(), activity.weightReads());
        add(
                shares,
                "activation buffer",
                machine.buffers().activationMemory(),
                activity.activationReads());
        add(shares, "output buffer", machine.buffers().outputMemory(), activity.outputWrites());
        add(
                shares,
                "off-chip memory",
                machine.offChip().memory(),
                activity.dramReadBits() + activity.dramWriteBits());
        leakage(estimate.cycles()).ifPresent(shares::add);
        return shares;
    }

    /** True if a part of the elements has a price for so many bits toggling. */
    boolean knowsToggles() {
        return machine.element().stream()
                .anyMatch(part -> price(part.component()).toggles().isPresent());
    }

    /** Nothing is switched off: every part of the bill leaks in every cycle. */
    private Optional<Share> leakage(long cycles) {
        double watts =
                machine.bill().stream()
                        .mapToDouble(
                                item ->
                                        item.count()
                                                * price(item.component()).leakage().in(Unit.WATT))
                        .sum();
        if (watts == 0) {
            return Optional.empty();
        }
        var joules = Quantity.of(watts * (cycles / machine.clock().base()), Unit.JOULE);
        return Optional.of(
                new Share(
                        Share.LEAKAGE,
                        "every part of the chip",
                        cycles,
                        new Figure(
                                joules,
                                Kind.MODELLED,
                                "leakage of the parts as priced x cycles at " + machine.clock())));
    }

    /**
     * The clock asked for beside the fastest that an element reaches: from register to register
     * through each of its own parts once. Nothing if no cost model can tell.
     */
    Optional<Clock> clock() {
        var parts =
                machine.element().stream()
                        .map(BillItem::component)
                        .filter(part -> !(part instanceof Component.Shared))
                        .toList();
        for (var model : catalog.costs()) {
            var path =
                    Guard.call(
                            "cost model",
                            "timing an element",
                            () -> model.path(parts, machine.technology()));
            if (path.isPresent() && path.get().delay().base() > 0) {
                return Optional.of(
                        new Clock(
                                machine.clock(),
                                new Figure(
                                        Quantity.of(
                                                1 / path.get().delay().in(Unit.SECOND), Unit.HERTZ),
                                        path.get().kind(),
                                        path.get().source()),
                                parts.stream().map(Component::describe).toList(),
                                path.get().constants()));
            }
        }
        return Optional.empty();
    }

    private void add(List<Share> shares, String purpose, Component component, long uses) {
        add(shares, purpose, component, uses, Optional.empty());
    }

    private void add(
            List<Share> shares,
            String purpose,
            Component component,
            long uses,
            Optional<Switching> switching) {
        if (uses > 0) {
            var price = price(component);
            shares.add(
                    new Share(
                            purpose,
                            component.describe(),
                            uses,
                            energy(price, uses, switching),
                            Optional.of(price)));
        }
    }

    private static Figure energy(Price price, long uses, Optional<Switching> switching) {
        double joules = uses * price.energy().in(Unit.JOULE);
        if (switching.isEmpty() || price.toggles().isEmpty()) {
            return new Figure(Quantity.of(joules, Unit.JOULE), price.kind(), price.source());
        }
        double counted = switching.get().toggles();
        double assumed = price.toggles().getAsDouble();
        return new Figure(
                Quantity.of(joules * (counted / assumed), Unit.JOULE),
                Kind.MODELLED,
                String.format(
                        Locale.ROOT,
                        "%s; for %s of the bits toggling, of which %.4f were counted",
                        price.source(),
                        assumed,
                        counted));
    }

    /** What the chip's area goes into. */
    List<Share> area() {
        return machine.bill().stream()
                .map(
                        item -> {
                            var price = price(item.component());
                            double area = item.count() * price.area().in(Unit.SQUARE_MILLIMETRE);
                            return new Share(
                                    item.purpose(),
                                    item.component().describe(),
                                    item.count(),
                                    new Figure(
                                            Quantity.of(area, Unit.SQUARE_MILLIMETRE),
                                            price.kind(),
                                            price.source()),
                                    Optional.of(price));
                        })
                .toList();
    }

    /** The price by the first cost model that knows one; never a guess. */
    private Price price(Component component) {
        if (component instanceof Component.Shared shared) {
            return divided(price(shared.part()), shared.among());
        }
        return prices.computeIfAbsent(
                component,
                key -> {
                    for (var model : catalog.costs()) {
                        var price =
                                Guard.call(
                                        "cost model",
                                        "pricing " + component.describe(),
                                        () -> model.price(component, machine.technology()));
                        if (price.isPresent()) {
                            return price.get();
                        }
                    }
                    throw new PluginFailure("cost model", noPrice(component));
                });
    }

    private static Price divided(Price whole, int among) {
        return new Price(
                divided(whole.area(), among),
                divided(whole.energy(), among),
                divided(whole.leakage(), among),
                whole.delay(),
                whole.kind(),
                whole.source(),
                whole.constants(),
                whole.toggles());
    }

    private static Quantity divided(Quantity whole, int among) {
        return Quantity.of(whole.value() / among, whole.unit());
    }

    /** What has no price where, and where there are prices. */
    private String noPrice(Component component) {
        var known =
                catalog.costs().stream()
                        .map(CostModel::technologies)
                        .filter(technologies -> !technologies.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; "));
        return "none of the "
                + catalog.costs().size()
                + " installed prices a "
                + component.describe()
                + " in "
                + machine.technology().node()
                + " at "
                + machine.technology().voltage()
                + (known.isEmpty() ? "" : "; there are constants for " + known);
    }
}
