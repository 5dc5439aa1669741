package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.api.workbench.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dyadic plugins}, and what it tells: {@code list} and {@code info}. */
@Command(
        name = "plugins",
        description = "List, install, replace, switch, remove and examine plugins.",
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "What is installed is kept in ~/.dyadic, or where DYADIC_USER_HOME says. Jars put into",
            "~/.dyadic/plugins by hand run, too. Nothing is downloaded but what you install."
        })
final class PluginVerbs implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HelpOption help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code dyadic plugins list [KIND]}. */
    @Command(
            name = "list",
            description = "List the plugins, and the bundles that were added to Dyadic.")
    static final class ListVerb implements Callable<Integer> {

        private final Session session;

        @Parameters(
                arity = "0..1",
                paramLabel = "KIND",
                description = "Only this kind, such as quantizer or backend.")
        private String kind;

        @Option(names = "--json", description = "Print them as one line of JSON.")
        private boolean json;

        @Mixin private HelpOption help;

        ListVerb(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            checkKind();
            var plugins =
                    session.services().catalog().plugins().stream()
                            .filter(plugin -> kind == null || plugin.kind().id().equals(kind))
                            .toList();
            var added =
                    kind != null
                            ? List.<PluginBundle>of()
                            : session.services()
                                    .pluginsIfAny()
                                    .map(Plugins::installed)
                                    .orElse(List.of());
            session.terminal()
                    .out()
                    .print(
                            json
                                    ? object(session, plugins, added) + "\n"
                                    : text(plugins) + bundles(added));
            return ExitCode.OK;
        }

        private void checkKind() {
            var kinds = Arrays.stream(PluginKind.values()).map(PluginKind::id).toList();
            if (kind != null && !kinds.contains(kind)) {
                throw new Refusal(ExitCode.USAGE, Session.among("kind", kind, kinds));
            }
        }

        private static String text(List<PluginInfo> plugins) {
            var table = new TextTable("kind", "id", "what it is");
            plugins.forEach(
                    plugin ->
                            table.row(
                                    plugin.kind().id(),
                                    plugin.id(),
                                    plugin.parameters().documentation()));
            return table.toString();
        }

        private static String bundles(List<PluginBundle> added) {
            if (added.isEmpty()) {
                return "";
            }
            var table = new TextTable("added bundle", "version", "state", "feature", "provides");
            added.forEach(
                    bundle ->
                            table.row(
                                    bundle.name(),
                                    bundle.version(),
                                    state(bundle),
                                    bundle.feature().orElse("-"),
                                    String.join(", ", bundle.provides())));
            return "\n" + table;
        }
    }

    private static String state(PluginBundle bundle) {
        return bundle.state().name().toLowerCase(Locale.ROOT);
    }

    /** {@code dyadic plugins info ID|BUNDLE}. */
    @Command(
            name = "info",
            description = "Tell all of a plugin, its settings too, or of an added bundle.")
    static final class Info implements Callable<Integer> {

        private final Session session;

        @Parameters(
                paramLabel = "ID|BUNDLE",
                description = "The id of a plugin, or the name of a bundle or a feature.")
        private String id;

        @Option(names = "--json", description = "Print it as one line of JSON.")
        private boolean json;

        @Mixin private HelpOption help;

        Info(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var all = session.services().catalog().plugins();
            // Plugins of several kinds may share an id.
            var plugins = all.stream().filter(plugin -> plugin.id().equals(id)).toList();
            var added = session.services().pluginsIfAny().map(Plugins::installed).orElse(List.of());
            var bundles = added.stream().filter(bundle -> bundle.isCalled(id)).toList();
            if (plugins.isEmpty() && bundles.isEmpty()) {
                throw new Refusal(
                        ExitCode.MISSING_PLUGIN,
                        Session.among(
                                "plugin",
                                id,
                                Stream.concat(
                                                all.stream().map(PluginInfo::id),
                                                added.stream().map(PluginBundle::name))
                                        .distinct()
                                        .toList()));
            }
            // A bundle may be called as the plugin that it brings.
            var health = health(session);
            var texts =
                    new ArrayList<>(
                            plugins.stream()
                                    .map(plugin -> text(plugin, health.get(name(plugin))))
                                    .toList());
            if (!bundles.isEmpty()) {
                texts.add(text(bundles));
            }
            session.terminal()
                    .out()
                    .print(
                            json
                                    ? object(session, plugins, bundles) + "\n"
                                    : String.join("\n", texts));
            return ExitCode.OK;
        }

        private static String text(List<PluginBundle> bundles) {
            var text = new StringBuilder();
            for (var bundle : bundles) {
                text.append("bundle ")
                        .append(bundle.name())
                        .append(' ')
                        .append(bundle.version())
                        .append(": ")
                        .append(state(bundle))
                        .append(bundle.reason().map(why -> "; " + why).orElse(""))
                        .append("\nfrom ")
                        .append(bundle.source())
                        .append(bundle.installed().map(when -> ", installed " + when).orElse(""))
                        .append("\nkept in ")
                        .append(bundle.file())
                        .append(bundle.sha256().map(sum -> "\nSHA-256 " + sum).orElse(""))
                        .append(bundle.feature().map(id -> "\nof the feature " + id).orElse(""))
                        .append("\nprovides ")
                        .append(
                                bundle.provides().isEmpty()
                                        ? "nothing"
                                        : String.join(", ", bundle.provides()))
                        .append('\n');
            }
            return text.toString();
        }

        private static String text(PluginInfo plugin, PluginHealth health) {
            return plugin.kind().id()
                    + " "
                    + plugin.id()
                    + ": "
                    + plugin.parameters().documentation()
                    + "\nfrom "
                    + plugin.bundle()
                    + " "
                    + plugin.version()
                    + "\n"
                    + (health == null ? "" : text(health))
                    + (plugin.parameters().parameters().isEmpty()
                            ? "no settings\n"
                            : "\n" + settings(plugin.parameters(), ""));
        }

        private static String text(PluginHealth health) {
            return String.format(
                    Locale.ROOT,
                    "asked %d times since this process began, %.3f s in all, measured%s\n",
                    health.calls(),
                    health.seconds(),
                    health.lastFailure().map(why -> "; last failure: " + why).orElse(""));
        }

        private static String settings(ParameterSpec spec, String indent) {
            var text = new StringBuilder();
            for (var parameter : spec.parameters()) {
                text.append(indent)
                        .append(parameter.name())
                        .append(parameter.documentation().isEmpty() ? "" : ": ")
                        .append(parameter.documentation())
                        .append('\n')
                        .append(indent)
                        .append("    ");
                if (parameter.type() instanceof ParameterType.Block block) {
                    text.append("settings in braces:\n")
                            .append(settings(block.spec(), indent + "    "));
                } else {
                    text.append(parameter.type().allowed())
                            .append("; ")
                            .append(otherwise(parameter))
                            .append('\n');
                }
            }
            return text.toString();
        }

        private static String otherwise(Parameter parameter) {
            return parameter
                            .fallback()
                            .map(value -> "default " + value)
                            .orElse(parameter.optional() ? "may be left out" : "must be given")
                    + parameter.history().map(before -> "; " + before).orElse("");
        }
    }

    /**
     * How plugins have fared in this process, by kind and id; those that nobody asked are absent.
     */
    private static Map<String, PluginHealth> health(Session session) {
        return session.services().catalog().health().stream()
                .collect(Collectors.toMap(PluginHealth::plugin, health -> health));
    }

    private static String name(PluginInfo plugin) {
        return plugin.kind().id() + " " + plugin.id();
    }

    private static JsonObject object(
            Session session, List<PluginInfo> plugins, List<PluginBundle> added) {
        var health = health(session);
        var array = new JsonArray();
        for (var plugin : plugins) {
            var json = new JsonObject();
            json.addProperty("kind", plugin.kind().id());
            json.addProperty("id", plugin.id());
            json.addProperty("documentation", plugin.parameters().documentation());
            json.addProperty("bundle", plugin.bundle());
            json.addProperty("version", plugin.version());
            json.add("parameters", array(plugin.parameters()));
            if (health.containsKey(name(plugin))) {
                json.add("health", object(health.get(name(plugin))));
            }
            array.add(json);
        }
        var object = new JsonObject();
        object.addProperty("schema", 1);
        object.add("plugins", array);
        object.add("bundles", bundles(added));
        return object;
    }

    private static JsonObject object(PluginHealth health) {
        var json = new JsonObject();
        json.addProperty("calls", health.calls());
        json.addProperty("seconds", health.seconds());
        health.lastFailure().ifPresent(why -> json.addProperty("lastFailure", why));
        return json;
    }

    /** Bundles as they stand in JSON. */
    static JsonArray bundles(List<PluginBundle> added) {
        var array = new JsonArray();
        for (var bundle : added) {
            var json = new JsonObject();
            json.addProperty("name", bundle.name());
            json.addProperty("version", bundle.version());
            json.addProperty("state", state(bundle));
            bundle.reason().ifPresent(why -> json.addProperty("reason", why));
            json.addProperty("source", bundle.source());
            json.addProperty("file", bundle.file());
            bundle.sha256().ifPresent(sum -> json.addProperty("sha256", sum));
            bundle.feature().ifPresent(feature -> json.addProperty("feature", feature));
            bundle.installed().ifPresent(at -> json.addProperty("installed", at.toString()));
            var provides = new JsonArray();
            bundle.provides().forEach(provides::add);
            json.add("provides", provides);
            array.add(json);
        }
        return array;
    }

    private static JsonArray array(ParameterSpec spec) {
        var array = new JsonArray();
        for (var parameter : spec.parameters()) {
            var json = new JsonObject();
            json.addProperty("name", parameter.name());
            json.addProperty("documentation", parameter.documentation());
            json.addProperty("allowed", parameter.type().allowed());
            parameter.fallback().ifPresent(value -> json.addProperty("default", value.toString()));
            json.addProperty("optional", parameter.optional() || parameter.fallback().isPresent());
            parameter.history().ifPresent(before -> json.addProperty("history", before));
            if (parameter.type() instanceof ParameterType.Block block) {
                json.add("parameters", array(block.spec()));
            }
            array.add(json);
        }
        return array;
    }
}
