package org.dyadic.workbench.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.quant.Certificate;
import org.dyadic.api.report.Accuracy;
import org.dyadic.api.report.DatasetInfo;
import org.dyadic.api.report.Figure;
import org.dyadic.api.report.HardwareResult;
import org.dyadic.api.report.Histogram;
import org.dyadic.api.report.LayerHardware;
import org.dyadic.api.report.LayerResult;
import org.dyadic.api.report.NetworkInfo;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PluginTime;
import org.dyadic.api.report.PolicyResult;
import org.dyadic.api.report.Provenance;
import org.dyadic.api.report.ReportService;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.report.Results;
import org.dyadic.api.report.Roofline;
import org.dyadic.api.report.Share;
import org.dyadic.api.report.TensorResult;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.PluginInfo;
import org.osgi.service.component.annotations.Component;

/**
 * Results as one JSON object on one line, for other tools.
 *
 * <p>Figures are in s, J and mm2, memory traffic in bytes. What there is not is left out; a number
 * that is not finite is {@code null}. Within a schema version, fields are only added.
 */
@Component
@ReportService(id = "json")
public final class JsonReport implements ReportWriter {

    static final int SCHEMA = 1;

    /** As many as an 8-bit code has: more are listed only where they are not every integer. */
    private static final int MOST_LEVELS = 256;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    /** The unit that figures of a dimension are in; those of any other are in its base unit. */
    private static final Map<Dimension, Unit> UNITS =
            Map.of(
                    Dimension.TIME, Unit.SECOND,
                    Dimension.ENERGY, Unit.JOULE,
                    Dimension.AREA, Unit.SQUARE_MILLIMETRE);

    @Override
    public String fileName() {
        return "result.json";
    }

    @Override
    public void write(Results results, Path file) throws IOException {
        Files.writeString(file, json(results) + "\n");
    }

    /** The results on one line, without line end. */
    public static String json(Results results) {
        return text(object(results));
    }

    static String text(JsonObject json) {
        return GSON.toJson(json);
    }

    private static JsonObject object(Results results) {
        var json = new JsonObject();
        json.addProperty("schema", SCHEMA);
        json.addProperty("experiment", results.experiment());
        json.addProperty("status", results.interrupted() ? "interrupted" : "complete");
        json.add("network", network(results.network()));
        results.dataset().ifPresent(images -> json.add("dataset", dataset(images)));
        var layersOf =
                results.policies().stream()
                        .collect(
                                Collectors.toMap(
                                        PolicyResult::policy,
                                        PolicyResult::layers,
                                        (first, second) -> first));
        json.add(
                "outcomes",
                array(
                        results.outcomes(),
                        outcome ->
                                outcome(
                                        outcome,
                                        layersOf.getOrDefault(outcome.policy(), List.of()))));
        json.add("policies", array(results.policies(), JsonReport::policy));
        json.add("diagnostics", array(results.diagnostics(), JsonReport::diagnostic));
        var timings = new JsonObject();
        results.timings().forEach((stage, seconds) -> timings.add(stage, number(seconds)));
        json.add("timings", timings);
        json.add("pluginTimes", array(results.pluginTimes(), JsonReport::pluginTime));
        json.add("provenance", provenance(results.provenance()));
        json.addProperty("specification", results.specification());
        return json;
    }

    private static JsonObject pluginTime(PluginTime time) {
        var json = new JsonObject();
        json.addProperty("stage", time.stage());
        json.addProperty("plugin", time.plugin());
        json.addProperty("calls", time.calls());
        json.add("seconds", number(time.seconds()));
        return json;
    }

    static JsonObject dataset(DatasetInfo dataset) {
        var json = new JsonObject();
        json.addProperty("name", dataset.name());
        json.addProperty("images", dataset.images());
        json.addProperty("sha256", dataset.sha256());
        return json;
    }

    static JsonObject network(NetworkInfo network) {
        var json = new JsonObject();
        json.addProperty("name", network.name());
        json.addProperty("file", network.file());
        json.addProperty("sha256", network.sha256());
        json.addProperty("macs", network.macs());
        json.addProperty("parameters", network.parameters());
        return json;
    }

    private static JsonObject outcome(Outcome outcome, List<LayerResult> quantized) {
        var json = new JsonObject();
        json.addProperty("policy", outcome.policy());
        outcome.accelerator().ifPresent(name -> json.addProperty("accelerator", name));
        hardware(outcome)
                .ifPresent(hardware -> json.addProperty("simulator", hardware.simulator()));
        json.addProperty("status", outcome.status());
        if (outcome instanceof Outcome.Infeasible infeasible) {
            json.addProperty("reason", infeasible.reason());
        } else if (outcome instanceof Outcome.Broken broken) {
            json.addProperty("reason", broken.reason());
            json.addProperty("plugin", broken.plugin());
        }
        outcome.accuracy().ifPresent(accuracy -> json.add("accuracy", accuracy(accuracy)));
        hardware(outcome)
                .ifPresent(
                        hardware -> {
                            json.addProperty("cycles", hardware.cycles());
                            json.add("latency", figure(hardware.latency()));
                            json.add("energy", figure(hardware.energy()));
                            var area = figure(hardware.area());
                            area.add("shares", array(hardware.areaShares(), JsonReport::share));
                            json.add("area", area);
                            hardware.clock()
                                    .ifPresent(clock -> json.add("clock", CostsJson.clock(clock)));
                            json.add("costs", CostsJson.of(hardware));
                        });
        json.add("layers", layers(quantized, hardware(outcome)));
        return json;
    }

    private static Optional<HardwareResult> hardware(Outcome outcome) {
        return outcome instanceof Outcome.Completed completed
                ? completed.hardware()
                : Optional.empty();
    }

    /** The layers of an outcome: what the policy made of them and what the accelerator needs. */
    private static JsonArray layers(
            List<LayerResult> quantized, Optional<HardwareResult> hardware) {
        var byName = new LinkedHashMap<String, JsonObject>();
        for (var layer : quantized) {
            var json = layer(layer);
            json.add("weights", tensor(layer.weights()));
            json.add("activations", tensor(layer.activations()));
            byName.put(layer.name(), json);
        }
        // in the order of the network, with what lies between its layers
        var all = new LinkedHashMap<String, JsonObject>();
        for (var layer : hardware.map(HardwareResult::layers).orElse(List.of())) {
            var json = byName.getOrDefault(layer.name(), named(layer.name()));
            addHardware(layer, json);
            all.put(layer.name(), json);
        }
        byName.forEach(all::putIfAbsent);
        return array(all.values(), json -> json);
    }

    private static JsonObject named(String name) {
        var json = new JsonObject();
        json.addProperty("name", name);
        return json;
    }

    static JsonObject layer(LayerResult layer) {
        var json = named(layer.name());
        json.addProperty("kind", layer.kind());
        json.addProperty("macs", layer.macs());
        json.addProperty("parameters", layer.parameters());
        return json;
    }

    private static void addHardware(LayerHardware layer, JsonObject json) {
        var estimate = layer.estimate();
        json.addProperty("cycles", estimate.cycles());
        json.addProperty("stalls", estimate.stalls());
        json.add("utilisation", number(estimate.utilisation()));
        json.addProperty("cyclesKind", estimate.kind().id());
        if (!json.has("kind")) {
            json.addProperty("kind", layer.kind());
        }
        layer.roofline().ifPresent(roof -> json.add("roofline", roofline(roof, estimate.kind())));

        var activity = estimate.activity();
        var accesses = new JsonObject();
        accesses.addProperty("macs", activity.macs());
        accesses.addProperty("requantizations", activity.requantizations());
        accesses.addProperty("weightReads", activity.weightReads());
        accesses.addProperty("activationReads", activity.activationReads());
        accesses.addProperty("outputWrites", activity.outputWrites());
        json.add("activity", accesses);

        var dram = new JsonObject();
        dram.add("read", number(activity.dramReadBits() / 8.0));
        dram.add("written", number(activity.dramWriteBits() / 8.0));
        dram.addProperty("unit", "B");
        json.add("dram", dram);

        double joules =
                layer.energy().stream()
                        .mapToDouble(share -> share.figure().quantity().in(Unit.JOULE))
                        .sum();
        var energy = new JsonObject();
        energy.add("value", number(joules));
        energy.addProperty("unit", "J");
        layer.energy().stream()
                .map(share -> share.figure().kind().id())
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .ifPresent(kinds -> energy.addProperty("kind", kinds));
        energy.add("shares", array(layer.energy(), JsonReport::share));
        json.add("energy", energy);
    }

    private static JsonObject roofline(Roofline roofline, Kind kind) {
        var json = new JsonObject();
        json.add("intensity", number(roofline.intensity()));
        json.addProperty("intensityUnit", "MAC/B");
        json.add("peak", number(roofline.peak()));
        json.add("attainable", number(roofline.attainable()));
        json.add("achieved", number(roofline.achieved()));
        json.addProperty("unit", "MAC/s");
        json.addProperty("bound", roofline.boundByMemory() ? "memory" : "compute");
        json.addProperty("kind", kind.id());
        return json;
    }

    private static JsonObject policy(PolicyResult policy) {
        var json = new JsonObject();
        json.addProperty("policy", policy.policy());
        json.add(
                "layers",
                array(
                        policy.layers(),
                        layer -> {
                            var object = layer(layer);
                            object.add("weights", wholeTensor(layer.weights()));
                            object.add("activations", wholeTensor(layer.activations()));
                            return object;
                        }));
        return json;
    }

    static JsonObject tensor(TensorResult tensor) {
        var json = new JsonObject();
        json.addProperty("quantizer", tensor.quantizer());
        json.addProperty("bits", tensor.bits());
        tensor.sqnr()
                .ifPresent(
                        decibels -> {
                            json.add("sqnr", number(decibels));
                            json.addProperty("sqnrKind", Kind.MEASURED.id());
                        });
        levels(tensor.levels(), json);
        tensor.certificate()
                .ifPresent(certificate -> json.add("certificate", certificate(certificate)));
        return json;
    }

    /** A list; if that is every integer of a long range, an empty one and the range. */
    private static void levels(List<Integer> levels, JsonObject json) {
        int last = levels.size() - 1;
        if (levels.size() <= MOST_LEVELS || levels.get(last) - levels.get(0) != last) {
            json.add("levels", array(levels, JsonPrimitive::new));
            return;
        }
        json.add("levels", new JsonArray());
        var range = new JsonObject();
        range.addProperty("from", levels.get(0));
        range.addProperty("to", levels.get(last));
        json.add("levelRange", range);
    }

    static JsonObject wholeTensor(TensorResult tensor) {
        var json = tensor(tensor);
        json.addProperty("settings", tensor.settings());
        json.addProperty("encoding", tensor.encoding());
        json.add("scales", array(tensor.scales(), JsonReport::number));
        json.add("histogram", histogram(tensor.histogram()));
        return json;
    }

    private static JsonObject certificate(Certificate certificate) {
        var json = new JsonObject();
        json.addProperty("candidates", certificate.candidates());
        json.addProperty("pruned", certificate.pruned());
        json.addProperty("evaluated", certificate.evaluated());
        json.addProperty("squaredError", certificate.squaredError());
        json.addProperty("lowerBound", certificate.lowerBound());
        json.add("gap", number(certificate.gap()));
        json.addProperty("proven", certificate.proven());
        json.addProperty("note", certificate.note());
        return json;
    }

    private static JsonObject histogram(Histogram histogram) {
        var json = new JsonObject();
        json.add("low", number(histogram.low()));
        json.add("high", number(histogram.high()));
        json.add("counts", array(histogram.counts(), JsonPrimitive::new));
        return json;
    }

    static JsonObject accuracy(Accuracy accuracy) {
        var json = new JsonObject();
        json.add("top1", number(accuracy.top1()));
        json.add("top5", number(accuracy.top5()));
        json.addProperty("images", accuracy.images());
        json.addProperty("kind", Kind.MEASURED.id());
        json.addProperty("of", accuracy.of());
        json.addProperty("overflows", accuracy.overflows());
        json.addProperty("arithmetic", accuracy.arithmetic());
        var kernels = new JsonObject();
        accuracy.kernels().forEach(kernels::addProperty);
        json.add("kernels", kernels);
        return json;
    }

    private static JsonObject share(Share share) {
        var json = new JsonObject();
        json.addProperty("purpose", share.purpose());
        json.addProperty("component", share.component());
        json.addProperty("count", share.count());
        figure(share.figure())
                .entrySet()
                .forEach(field -> json.add(field.getKey(), field.getValue()));
        return json;
    }

    static JsonObject quantity(Quantity quantity) {
        var unit = UNITS.get(quantity.unit().dimension());
        var json = new JsonObject();
        json.add("value", number(unit == null ? quantity.base() : quantity.in(unit)));
        json.addProperty("unit", unit == null ? baseSymbol(quantity) : unit.symbol());
        return json;
    }

    static JsonObject figure(Figure figure) {
        var json = quantity(figure.quantity());
        json.addProperty("kind", figure.kind().id());
        json.addProperty("source", figure.source());
        return json;
    }

    private static String baseSymbol(Quantity quantity) {
        for (var unit : Unit.values()) {
            if (unit.dimension() == quantity.unit().dimension() && unit.factor() == 1) {
                return unit.symbol();
            }
        }
        throw new IllegalStateException(quantity.unit().dimension() + " has no base unit");
    }

    static JsonObject diagnostic(Diagnostic diagnostic) {
        var json = new JsonObject();
        json.addProperty("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        json.addProperty("code", diagnostic.code().id());
        json.addProperty("message", diagnostic.message());
        diagnostic
                .position()
                .ifPresent(
                        position -> {
                            json.addProperty("file", position.file());
                            json.addProperty("line", position.line());
                            json.addProperty("column", position.column());
                            json.addProperty("length", position.length());
                        });
        return json;
    }

    private static JsonObject provenance(Provenance provenance) {
        var json = new JsonObject();
        json.addProperty("date", provenance.date().toString());
        json.addProperty("dyadic", provenance.dyadic());
        json.add("plugins", array(provenance.plugins(), JsonReport::plugin));
        json.addProperty("kernels", provenance.kernels());
        json.addProperty("seed", provenance.seed());
        json.addProperty("java", provenance.java());
        json.addProperty("specification", provenance.specification());
        return json;
    }

    private static JsonObject plugin(PluginInfo plugin) {
        var json = new JsonObject();
        json.addProperty("id", plugin.id());
        json.addProperty("kind", plugin.kind().id());
        json.addProperty("bundle", plugin.bundle());
        json.addProperty("version", plugin.version());
        json.addProperty("documentation", plugin.parameters().documentation());
        return json;
    }

    /** A number, or null where JSON has no word for it. */
    static JsonElement number(double value) {
        return Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
    }

    static <T> JsonArray array(
            Collection<T> items, Function<? super T, ? extends JsonElement> element) {
        var array = new JsonArray(items.size());
        items.forEach(item -> array.add(element.apply(item)));
        return array;
    }
}
