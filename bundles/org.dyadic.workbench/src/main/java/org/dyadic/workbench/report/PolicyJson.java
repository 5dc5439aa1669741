package org.dyadic.workbench.report;

import com.google.gson.JsonObject;
import java.util.stream.Collectors;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.workbench.PolicyInspection;
import org.dyadic.api.workbench.Sensitivity;

/** What a look at one policy found, in the terms of {@link JsonReport}. */
public final class PolicyJson {

    private PolicyJson() {}

    /** How the policy resolves, on one line, without line end. */
    public static String json(PolicyInspection inspection) {
        var json = new JsonObject();
        json.addProperty("schema", JsonReport.SCHEMA);
        json.addProperty("experiment", inspection.experiment());
        json.addProperty("policy", inspection.policy());
        json.addProperty("status", inspection.interrupted() ? "interrupted" : "complete");
        json.add("network", JsonReport.network(inspection.network()));
        inspection
                .calibration()
                .ifPresent(images -> json.add("calibration", JsonReport.dataset(images)));
        json.add("layers", JsonReport.array(inspection.layers(), PolicyJson::layer));
        json.add("diagnostics", JsonReport.array(inspection.diagnostics(), JsonReport::diagnostic));
        return JsonReport.text(json);
    }

    private static JsonObject layer(PolicyInspection.Layer layer) {
        var json = new JsonObject();
        json.addProperty("name", layer.name());
        json.addProperty("kind", layer.kind());
        json.addProperty("macs", layer.macs());
        json.addProperty("parameters", layer.parameters());
        json.add("weights", choice(layer.weights()));
        json.add("activations", choice(layer.activations()));
        layer.sumBits().ifPresent(bits -> json.addProperty("sumBits", bits));
        return json;
    }

    private static JsonObject choice(PolicyInspection.Choice choice) {
        var json = choice.result().map(JsonReport::wholeTensor).orElseGet(JsonObject::new);
        json.addProperty("quantizer", choice.quantizer());
        json.addProperty("settings", choice.settings().toString());
        choice.rule().ifPresent(rule -> json.add("rule", rule(rule)));
        return json;
    }

    private static JsonObject rule(Rule rule) {
        var json = new JsonObject();
        json.addProperty(
                "selectors",
                rule.selectors().stream().map(Object::toString).collect(Collectors.joining(", ")));
        json.addProperty("file", rule.at().file());
        json.addProperty("line", rule.at().line());
        json.addProperty("column", rule.at().column());
        return json;
    }

    /** What each layer costs, on one line, without line end. */
    public static String json(Sensitivity sensitivity) {
        var json = new JsonObject();
        json.addProperty("schema", JsonReport.SCHEMA);
        json.addProperty("experiment", sensitivity.experiment());
        json.addProperty("policy", sensitivity.policy());
        json.addProperty("status", sensitivity.interrupted() ? "interrupted" : "complete");
        json.add("network", JsonReport.network(sensitivity.network()));
        sensitivity.dataset().ifPresent(images -> json.add("dataset", JsonReport.dataset(images)));
        sensitivity
                .reference()
                .ifPresent(accuracy -> json.add("reference", JsonReport.accuracy(accuracy)));
        sensitivity
                .together()
                .ifPresent(accuracy -> json.add("together", JsonReport.accuracy(accuracy)));
        json.addProperty("quantized", sensitivity.quantized());
        json.add("layers", JsonReport.array(sensitivity.layers(), PolicyJson::ranked));
        json.add(
                "diagnostics", JsonReport.array(sensitivity.diagnostics(), JsonReport::diagnostic));
        return JsonReport.text(json);
    }

    private static JsonObject ranked(Sensitivity.Layer ranked) {
        var json = JsonReport.layer(ranked.layer());
        json.add("drop", JsonReport.number(ranked.drop()));
        json.addProperty("changed", ranked.changed());
        json.add("accuracy", JsonReport.accuracy(ranked.accuracy()));
        json.add("weights", JsonReport.tensor(ranked.layer().weights()));
        json.add("activations", JsonReport.tensor(ranked.layer().activations()));
        return json;
    }
}
