package org.dyadic.workbench.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dyadic.api.hardware.Component;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.Share;
import org.dyadic.api.sim.Activity;
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

    /** What a layer's energy goes into. */
    List<Share> energy(Activity activity) {
        var shares = new ArrayList<Share>();
        for (var part : machine.element()) {
            add(
                    shares,
                    part.purpose(),
                    part.component(),
                    Math.multiplyExact(part.count(), activity.elementUses()));
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
        return shares;
    }

    private void add(List<Share> shares, String purpose, Component component, long uses) {
        if (uses > 0) {
            var price = price(component);
            shares.add(
                    new Share(
                            purpose,
                            component.describe(),
                            uses,
                            new Figure(
                                    Quantity.of(uses * price.energy().in(Unit.JOULE), Unit.JOULE),
                                    price.kind(),
                                    price.source())));
        }
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
                                            price.source()));
                        })
                .toList();
    }

    /** The price by the first cost model that knows one; never a guess. */
    private Price price(Component component) {
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
                    throw new PluginFailure(
                            "cost model",
                            "none of the "
                                    + catalog.costs().size()
                                    + " installed prices a "
                                    + component.describe()
                                    + " in "
                                    + machine.technology().node());
                });
    }
}
