package org.dyadic.workbench.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.dyadic.api.hardware.Constant;
import org.dyadic.api.hardware.Price;
import org.dyadic.api.report.Clock;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Share;

/** The prices behind the figures of an accelerator, and the constants behind the prices. */
final class CostsJson {

    private CostsJson() {}

    /**
     * Each price once, by component, with the names of its constants; and each constant once.
     * Constants of one name are of one value: an accelerator is made in one technology.
     */
    static JsonObject of(HardwareResult hardware) {
        var prices = new LinkedHashMap<String, Price>();
        Stream.concat(
                        hardware.areaShares().stream(),
                        hardware.layers().stream().flatMap(layer -> layer.energy().stream()))
                .forEach(share -> note(share, prices));
        var constants = new LinkedHashSet<Constant>();
        prices.values().forEach(price -> constants.addAll(price.constants()));
        hardware.clock().map(Clock::constants).ifPresent(constants::addAll);

        var json = new JsonObject();
        json.add("prices", JsonReport.array(prices.entrySet(), CostsJson::price));
        json.add("constants", JsonReport.array(constants, CostsJson::constant));
        return json;
    }

    private static void note(Share share, Map<String, Price> prices) {
        share.price().ifPresent(price -> prices.putIfAbsent(share.component(), price));
    }

    private static JsonObject price(Map.Entry<String, Price> entry) {
        var price = entry.getValue();
        var json = new JsonObject();
        json.addProperty("component", entry.getKey());
        json.add("area", JsonReport.quantity(price.area()));
        json.add("energy", JsonReport.quantity(price.energy()));
        json.add("leakage", JsonReport.quantity(price.leakage()));
        json.add("delay", JsonReport.quantity(price.delay()));
        price.toggles().ifPresent(toggles -> json.addProperty("toggles", toggles));
        json.addProperty("kind", price.kind().id());
        json.addProperty("source", price.source());
        names(json, price.constants());
        return json;
    }

    private static JsonObject constant(Constant constant) {
        var json = new JsonObject();
        json.addProperty("name", constant.name());
        json.addProperty("value", constant.value());
        json.addProperty("unit", constant.unit());
        json.addProperty("node", constant.node());
        json.addProperty("voltage", constant.voltage());
        json.addProperty("corner", constant.corner());
        json.addProperty("source", constant.source());
        return json;
    }

    /** The clock asked for, and the fastest that the elements reach. */
    static JsonObject clock(Clock clock) {
        var json = new JsonObject();
        json.add("asked", JsonReport.quantity(clock.asked()));
        json.add("fastest", JsonReport.figure(clock.fastest()));
        json.addProperty("reached", clock.reached());
        json.add("slowest", JsonReport.array(clock.slowest(), JsonPrimitive::new));
        names(json, clock.constants());
        return json;
    }

    private static void names(JsonObject json, Collection<Constant> constants) {
        json.add(
                "constants",
                JsonReport.array(constants, constant -> new JsonPrimitive(constant.name())));
    }
}
