package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Figures of saved results in words: each share as count times price, and what prices rest on. */
final class Explanation {

    private static final String LEAKAGE = "leakage";

    private final JsonObject results;

    Explanation(JsonObject results) {
        this.results = results;
    }

    /** One policy on one accelerator. */
    record Row(String policy, Optional<String> accelerator, JsonObject outcome) {}

    List<Row> outcomes() {
        return objects(results.get("outcomes")).stream()
                .map(
                        outcome ->
                                new Row(
                                        outcome.get("policy").getAsString(),
                                        Optional.ofNullable(outcome.get("accelerator"))
                                                .map(JsonElement::getAsString),
                                        outcome))
                .toList();
    }

    /** Outcomes by accelerator; the prices of an accelerator once, after its policies. */
    String of(List<Row> rows) {
        var byAccelerator =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Row::accelerator, LinkedHashMap::new, Collectors.toList()));
        var text = new StringBuilder();
        byAccelerator.forEach(
                (accelerator, outcomes) -> {
                    outcomes.forEach(row -> text.append(outcome(row)).append('\n'));
                    text.append(costs(accelerator, outcomes));
                });
        return text.toString();
    }

    private static String outcome(Row row) {
        var outcome = row.outcome();
        String name = row.policy() + row.accelerator().map(on -> " on " + on).orElse("");
        if (!outcome.has("energy")) {
            String why = outcome.has("reason") ? ": " + outcome.get("reason").getAsString() : "";
            String status = outcome.get("status").getAsString();
            return name
                    + ": "
                    + (status.equals("ok") ? "no accelerator, so no figures to explain" : status)
                    + why
                    + "\n";
        }
        var area = outcome.getAsJsonObject("area");
        var prices = prices(List.of(row));
        return name
                + ", by simulator "
                + outcome.get("simulator").getAsString()
                + "\n\n"
                + total("area", area)
                + areaTable(objects(area.get("shares")))
                + "\n"
                + total("energy", outcome.getAsJsonObject("energy"))
                + energyTable(energyShares(outcome), prices)
                + "\n"
                + total("latency", outcome.getAsJsonObject("latency"))
                + "  "
                + outcome.get("cycles").getAsLong()
                + " cycles"
                + clock(outcome)
                + "\n"
                + leakage(objects(area.get("shares")), prices);
    }

    private static String total(String what, JsonObject figure) {
        return what
                + " "
                + amount(figure)
                + ", "
                + figure.get("kind").getAsString()
                + (figure.has("source") ? ": " + figure.get("source").getAsString() : "")
                + "\n";
    }

    private static String areaTable(List<JsonObject> shares) {
        var table = new TextTable("  part", "component", ">count", ">x one", ">= area");
        for (var share : shares) {
            table.row(
                    "  " + share.get("purpose").getAsString(),
                    share.get("component").getAsString(),
                    share.get("count").getAsString(),
                    each(share),
                    amount(share));
        }
        return table.toString();
    }

    private static String energyTable(List<JsonObject> shares, Map<String, JsonObject> prices) {
        var factors = new ArrayList<String>();
        var toggles = new TreeSet<Double>();
        for (var share : shares) {
            var price = prices.get(share.get("component").getAsString());
            boolean toggling = price != null && price.has("toggles");
            factors.add(toggling ? toggling(share, price) : "");
            if (toggling) {
                toggles.add(price.get("toggles").getAsDouble());
            }
        }
        boolean counted = factors.stream().anyMatch(factor -> !factor.isEmpty());
        var headings = new ArrayList<>(List.of("  use", "component", ">uses", ">x one"));
        headings.addAll(counted ? List.of(">x toggling", ">= energy") : List.of(">= energy"));
        var table = new TextTable(headings);
        for (int i = 0; i < shares.size(); i++) {
            var share = shares.get(i);
            boolean leaks = share.get("purpose").getAsString().equals(LEAKAGE);
            String count = share.get("count").getAsString();
            var cells = new ArrayList<String>();
            cells.add("  " + share.get("purpose").getAsString());
            cells.add(share.get("component").getAsString());
            cells.add(leaks ? count + " cycles" : count);
            cells.add(
                    Optional.ofNullable(prices.get(share.get("component").getAsString()))
                            .map(price -> amount(price.getAsJsonObject("energy")))
                            .orElseGet(() -> each(share)));
            if (counted) {
                cells.add(factors.get(i));
            }
            cells.add(amount(share));
            table.row(cells);
        }
        return table + assumption(toggles, counted);
    }

    /** By how much more or less the operands toggle than the price assumes, if it was counted. */
    private static String toggling(JsonObject share, JsonObject price) {
        double priced =
                share.get("count").getAsLong()
                        * price.getAsJsonObject("energy").get("value").getAsDouble();
        double factor = share.get("value").getAsDouble() / priced;
        // saved figures have eight digits
        return Math.abs(factor - 1) > 1e-6 ? String.format(Locale.ROOT, "%.3f", factor) : "";
    }

    private static String assumption(Set<Double> toggles, boolean counted) {
        if (toggles.isEmpty()) {
            return "";
        }
        String assumed =
                toggles.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                        + " of the bits of the operands toggling (modelled)";
        return counted
                ? "  x toggling: prices are for "
                        + assumed
                        + "; the simulator counted those of the first image\n"
                : "  Prices are for " + assumed + "; the simulator cycle counts them\n";
    }

    /** Shares of all layers, those of one purpose and component together. */
    private static List<JsonObject> energyShares(JsonObject outcome) {
        var joined = new LinkedHashMap<String, JsonObject>();
        for (var layer : objects(outcome.get("layers"))) {
            if (!layer.has("energy")) {
                continue;
            }
            for (var share : objects(layer.getAsJsonObject("energy").get("shares"))) {
                joined.merge(
                        share.get("purpose").getAsString()
                                + '\n'
                                + share.get("component").getAsString(),
                        share,
                        Explanation::sum);
            }
        }
        return List.copyOf(joined.values());
    }

    private static JsonObject sum(JsonObject one, JsonObject other) {
        var sum = one.deepCopy();
        sum.addProperty("count", one.get("count").getAsLong() + other.get("count").getAsLong());
        sum.addProperty("value", one.get("value").getAsDouble() + other.get("value").getAsDouble());
        return sum;
    }

    private static String clock(JsonObject outcome) {
        if (!outcome.has("clock")) {
            return "";
        }
        var clock = outcome.getAsJsonObject("clock");
        var fastest = clock.getAsJsonObject("fastest");
        return " at "
                + amount(clock.getAsJsonObject("asked"))
                + "; the elements reach "
                + amount(fastest)
                + " ("
                + fastest.get("kind").getAsString()
                + ") through "
                + words(clock.getAsJsonArray("slowest"))
                + "; "
                + fastest.get("source").getAsString();
    }

    /** What leaks from each part, as far as the prices say. */
    private static String leakage(List<JsonObject> parts, Map<String, JsonObject> prices) {
        var table = new TextTable("  part", "component", ">count", ">x one", ">= power");
        double watts = 0;
        for (var part : parts) {
            var price = prices.get(part.get("component").getAsString());
            if (price != null) {
                var one = price.getAsJsonObject(LEAKAGE);
                double all = part.get("count").getAsLong() * one.get("value").getAsDouble();
                watts += all;
                table.row(
                        "  " + part.get("purpose").getAsString(),
                        part.get("component").getAsString(),
                        part.get("count").getAsString(),
                        amount(one),
                        amount(all, "W"));
            }
        }
        return watts == 0
                ? ""
                : "\nleakage " + amount(watts, "W") + ", modelled, while switched on\n" + table;
    }

    private static String costs(Optional<String> accelerator, List<Row> rows) {
        var prices = prices(rows);
        boolean figures = rows.stream().anyMatch(row -> row.outcome().has("energy"));
        if (prices.isEmpty()) {
            return figures
                    ? "The run was saved without prices and constants; run it again to have them.\n"
                    : "";
        }
        var text =
                new StringBuilder("prices" + accelerator.map(on -> " of " + on).orElse("") + "\n");
        prices.forEach(
                (component, price) ->
                        text.append("  ")
                                .append(component)
                                .append(": ")
                                .append(amount(price.getAsJsonObject("area")))
                                .append(", ")
                                .append(amount(price.getAsJsonObject("energy")))
                                .append(" a use, leaks ")
                                .append(amount(price.getAsJsonObject(LEAKAGE)))
                                .append(", takes ")
                                .append(amount(price.getAsJsonObject("delay")))
                                .append("; ")
                                .append(price.get("kind").getAsString())
                                .append(": ")
                                .append(price.get("source").getAsString())
                                .append("\n    rests on ")
                                .append(words(price.getAsJsonArray("constants")))
                                .append('\n'));
        return text.append("\nconstants and factors of scaling")
                .append(accelerator.map(on -> " of " + on).orElse(""))
                .append('\n')
                .append(constants(rows))
                .append('\n')
                .toString();
    }

    private static Map<String, JsonObject> prices(List<Row> rows) {
        var prices = new LinkedHashMap<String, JsonObject>();
        for (var row : rows) {
            for (var price : costs(row, "prices")) {
                prices.putIfAbsent(price.get("component").getAsString(), price);
            }
        }
        return prices;
    }

    private static TextTable constants(List<Row> rows) {
        var table =
                new TextTable("  name", ">value", "unit", "node", "voltage", "corner", "source");
        rows.stream()
                .flatMap(row -> costs(row, "constants").stream())
                .distinct()
                .forEach(
                        constant ->
                                table.row(
                                        "  " + constant.get("name").getAsString(),
                                        String.format(
                                                Locale.ROOT,
                                                "%.5g",
                                                constant.get("value").getAsDouble()),
                                        constant.get("unit").getAsString(),
                                        constant.get("node").getAsString(),
                                        constant.get("voltage").getAsString(),
                                        constant.get("corner").getAsString(),
                                        constant.get("source").getAsString()));
        return table;
    }

    private static List<JsonObject> costs(Row row, String what) {
        return row.outcome().has("costs")
                ? objects(row.outcome().getAsJsonObject("costs").get(what))
                : List.of();
    }

    private static List<JsonObject> objects(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private static String words(JsonArray array) {
        var words = new ArrayList<String>();
        array.forEach(word -> words.add(word.getAsString()));
        return words.isEmpty() ? "no constant that it names" : String.join(", ", words);
    }

    /** The figure of one, where no price says it. */
    private static String each(JsonObject share) {
        return amount(
                share.get("value").getAsDouble() / share.get("count").getAsLong(),
                share.get("unit").getAsString());
    }

    private static String amount(JsonObject figure) {
        return amount(figure.get("value").getAsDouble(), figure.get("unit").getAsString());
    }

    /** Four digits with the prefix that keeps them near one: {@code 1.305 uJ}. */
    static String amount(double value, String unit) {
        boolean area = unit.equals("mm2");
        if (value == 0) {
            return "0 " + unit;
        }
        if (area) {
            return Math.abs(value) < 0.01 ? digits(value * 1e6) + " um2" : digits(value) + " mm2";
        }
        var prefixes = List.of("G", "M", "k", "", "m", "u", "n", "p", "f", "a");
        double factor = 1e9;
        for (var prefix : prefixes) {
            if (Math.abs(value) >= factor * 0.99995) {
                return digits(value / factor) + " " + prefix + unit;
            }
            factor /= 1000;
        }
        return digits(value * 1e18) + " a" + unit;
    }

    private static String digits(double value) {
        // 0.99996 is 1.000, not 1.0000
        double rounded = Math.abs(value) * 1.00005;
        int whole = (int) Math.max(0, Math.floor(Math.log10(rounded)) + 1);
        return String.format(Locale.ROOT, "%." + Math.max(0, 4 - whole) + "f", value);
    }
}
