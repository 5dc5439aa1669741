package org.dyadic.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dyadic.api.diagnostic.Severity;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.PluginFinding;
import org.dyadic.api.workbench.Plugins;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The verbs of {@code dyadic plugins} that change what is installed, and the one that examines it.
 */
final class PluginChanges {

    private static final String JSON = "Print what came of it as one line of JSON.";

    private PluginChanges() {}

    private static void tell(
            Session session, boolean json, String word, List<PluginBundle> changed) {
        var out = session.terminal().out();
        if (json) {
            var object = new JsonObject();
            object.addProperty("schema", 1);
            object.add("bundles", PluginVerbs.bundles(changed));
            out.println(object);
            return;
        }
        for (var bundle : changed) {
            out.println(
                    Terminal.plain(
                            word
                                    + " "
                                    + bundle.name()
                                    + " "
                                    + bundle.version()
                                    + (bundle.provides().isEmpty()
                                            ? ""
                                            : ": " + String.join(", ", bundle.provides()))));
        }
    }

    /** {@code dyadic plugins install SOURCE...}. */
    @Command(
            name = "install",
            description = "Add bundles of plugins.",
            footer = {
                "",
                "Maven coordinates are looked for in ~/.m2/repository first; what is not there is",
                "downloaded from Maven Central (or DYADIC_MAVEN_REPOSITORY), and its checksum",
                "compared with the one published beside it. Jars that are signed are verified, against",
                "the certificates in ~/.dyadic/trusted. Only the jar itself is taken: what it needs",
                "must be in it, or be installed before or in the same folder."
            })
    static final class Install implements Callable<Integer> {

        private final Session session;

        @Parameters(
                arity = "1..*",
                paramLabel = "SOURCE",
                description =
                        "A jar, a folder of jars, a feature (.json), or Maven coordinates"
                                + " group:artifact:version.")
        private List<String> sources;

        @Option(names = "--json", description = JSON)
        private boolean json;

        @Mixin private HelpOption help;

        Install(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws PluginChangeException {
            var plugins = session.services().plugins();
            var installed = new ArrayList<PluginBundle>();
            try {
                for (var source : sources) {
                    installed.addAll(plugins.install(source, session::complain));
                }
            } finally {
                tell(session, json, "installed", installed); // those before the one that failed
            }
            return ExitCode.OK;
        }
    }

    /** {@code dyadic plugins update [BUNDLE [SOURCE]]}. */
    @Command(
            name = "update",
            description =
                    "Replace a bundle or a feature, or take all bundles again from where they came"
                            + " from.")
    static final class Update implements Callable<Integer> {

        private final Session session;

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "BUNDLE",
                description = "The name of an added bundle or feature; without, all bundles.")
        private String name;

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "SOURCE",
                description =
                        "A jar, Maven coordinates or a feature (.json); without, where a bundle came"
                                + " from.")
        private String source;

        @Option(names = "--json", description = JSON)
        private boolean json;

        @Mixin private HelpOption help;

        Update(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() throws PluginChangeException {
            var plugins = session.services().plugins();
            var updated = new ArrayList<PluginBundle>();
            try {
                for (var bundle : names(plugins)) {
                    String from = source == null ? "" : source;
                    updated.addAll(plugins.update(bundle, from, session::complain));
                }
            } finally {
                tell(session, json, "now", updated);
            }
            return ExitCode.OK;
        }

        private List<String> names(Plugins plugins) {
            return name != null
                    ? List.of(name)
                    : plugins.installed().stream()
                            .filter(bundle -> bundle.sha256().isPresent())
                            .filter(bundle -> bundle.state() != PluginBundle.State.DISABLED)
                            .filter(bundle -> bundle.feature().isEmpty())
                            .map(PluginBundle::name)
                            .toList();
        }
    }

    /** What a verb does with a bundle. */
    private interface Change {
        PluginBundle make(Plugins plugins, String name) throws PluginChangeException;
    }

    /** A verb that takes names of bundles. */
    private abstract static class Named implements Callable<Integer> {

        private final Session session;
        private final String word;
        private final Change change;

        @Parameters(
                arity = "1..*",
                paramLabel = "BUNDLE",
                description = "The name of an added bundle or feature, as in 'plugins list'.")
        private List<String> names;

        @Option(names = "--json", description = JSON)
        private boolean json;

        @Mixin private HelpOption help;

        Named(Session session, String word, Change change) {
            this.session = session;
            this.word = word;
            this.change = change;
        }

        @Override
        public Integer call() throws PluginChangeException {
            var plugins = session.services().plugins();
            var changed = new ArrayList<PluginBundle>();
            try {
                for (var name : names) {
                    for (var bundle : bundles(plugins, name)) {
                        changed.add(change.make(plugins, bundle));
                    }
                }
            } finally {
                tell(session, json, word, changed);
            }
            return ExitCode.OK;
        }

        /** All bundles of a feature; else the bundle of this name. */
        private static List<String> bundles(Plugins plugins, String name) {
            var called =
                    plugins.installed().stream()
                            .filter(bundle -> bundle.isCalled(name))
                            .map(PluginBundle::name)
                            .toList();
            return called.isEmpty() ? List.of(name) : called;
        }
    }

    /** {@code dyadic plugins remove BUNDLE...}. */
    @Command(name = "remove", description = "Stop bundles and forget them.")
    static final class Remove extends Named {
        Remove(Session session) {
            super(session, "removed", Plugins::remove);
        }
    }

    /** {@code dyadic plugins enable BUNDLE...}. */
    @Command(name = "enable", description = "Let disabled bundles run again.")
    static final class Enable extends Named {
        Enable(Session session) {
            super(session, "enabled", Plugins::enable);
        }
    }

    /** {@code dyadic plugins disable BUNDLE...}. */
    @Command(name = "disable", description = "Stop bundles and keep them.")
    static final class Disable extends Named {
        Disable(Session session) {
            super(session, "disabled", Plugins::disable);
        }
    }

    /** {@code dyadic plugins doctor}. */
    @Command(
            name = "doctor",
            description = "Say what is wrong with plugins, why, and what to do.",
            footer = {
                "",
                "Finds bundles that lack a package, a version or a native library, that were built",
                "for another API, whose file has changed, that share an id, or that could end the",
                "process. The exit code is 1 if something cannot run."
            })
    static final class Doctor implements Callable<Integer> {

        private final Session session;

        @Option(names = "--json", description = "Print the findings as one line of JSON.")
        private boolean json;

        @Mixin private HelpOption help;

        Doctor(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            var findings = session.services().plugins().examine();
            session.terminal().out().print(json ? object(findings) + "\n" : text(findings));
            return findings.stream().anyMatch(each -> each.severity() == Severity.ERROR)
                    ? ExitCode.SPECIFICATION
                    : ExitCode.OK;
        }

        private static String text(List<PluginFinding> findings) {
            if (findings.isEmpty()) {
                return "every plugin is well\n";
            }
            var text = new StringBuilder();
            for (var finding : findings) {
                text.append(severity(finding))
                        .append(": ")
                        .append(finding.subject())
                        .append(": ")
                        .append(finding.finding())
                        .append("\n    ")
                        .append(finding.advice())
                        .append('\n');
            }
            return Terminal.plain(text.toString());
        }

        private static String severity(PluginFinding finding) {
            return finding.severity().name().toLowerCase(Locale.ROOT);
        }

        private static JsonObject object(List<PluginFinding> findings) {
            var array = new JsonArray();
            for (var finding : findings) {
                var json = new JsonObject();
                json.addProperty("severity", severity(finding));
                json.addProperty("subject", finding.subject());
                json.addProperty("finding", finding.finding());
                json.addProperty("advice", finding.advice());
                array.add(json);
            }
            var object = new JsonObject();
            object.addProperty("schema", 1);
            object.add("findings", array);
            return object;
        }
    }
}
