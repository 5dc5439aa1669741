package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.ParameterType;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dyadic plugins list|info}. */
@Command(
        name = "plugins",
        description = "List the installed plugins, or tell all of one.",
        synopsisSubcommandLabel = "list|info")
final class Plugins implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HelpOption help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code dyadic plugins list [KIND]}. */
    @Command(name = "list", description = "List the installed plugins.")
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
            session.terminal().out().print(json ? array(plugins) + "\n" : text(plugins));
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
    }

    /** {@code dyadic plugins info ID}. */
    @Command(
            name = "info",
            description = "Tell all of a plugin: where it is from and its settings.")
    static final class Info implements Callable<Integer> {

        private final Session session;

        @Parameters(paramLabel = "ID", description = "The id of a plugin, as in 'plugins list'.")
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
            if (plugins.isEmpty()) {
                throw new Refusal(
                        ExitCode.MISSING_PLUGIN,
                        Session.among(
                                "plugin",
                                id,
                                all.stream().map(PluginInfo::id).distinct().toList()));
            }
            session.terminal()
                    .out()
                    .print(
                            json
                                    ? array(plugins) + "\n"
                                    : plugins.stream()
                                            .map(Info::text)
                                            .collect(Collectors.joining("\n")));
            return ExitCode.OK;
        }

        private static String text(PluginInfo plugin) {
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
                    + (plugin.parameters().parameters().isEmpty()
                            ? "no settings\n"
                            : "\n" + settings(plugin.parameters(), ""));
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
                    .orElse(parameter.optional() ? "may be left out" : "must be given");
        }
    }

    private static JsonObject array(List<PluginInfo> plugins) {
        var array = new JsonArray();
        for (var plugin : plugins) {
            var json = new JsonObject();
            json.addProperty("kind", plugin.kind().id());
            json.addProperty("id", plugin.id());
            json.addProperty("documentation", plugin.parameters().documentation());
            json.addProperty("bundle", plugin.bundle());
            json.addProperty("version", plugin.version());
            json.add("parameters", array(plugin.parameters()));
            array.add(json);
        }
        var object = new JsonObject();
        object.addProperty("schema", 1);
        object.add("plugins", array);
        return object;
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
            if (parameter.type() instanceof ParameterType.Block block) {
                json.add("parameters", array(block.spec()));
            }
            array.add(json);
        }
        return array;
    }
}
