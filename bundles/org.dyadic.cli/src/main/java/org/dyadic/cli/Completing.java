package org.dyadic.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dyadic.api.command.Verbs.Candidate;
import org.dyadic.api.command.Verbs.Completion;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.api.workbench.Plugins;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Finds what may come next in a line, by what the verbs declare: their verbs and options, and the
 * labels of their arguments, which say what an argument is.
 */
final class Completing {

    private final Services services;

    Completing(Services services) {
        this.services = services;
    }

    Completion complete(CommandLine root, List<String> before, String start) {
        var line = root;
        var arguments = new ArrayList<String>(); // those that are no options
        OptionSpec open = null; // an option that still waits for its value
        for (var word : before) {
            var next = arguments.isEmpty() ? line.getSubcommands().get(word) : null;
            if (open != null) {
                open = null;
            } else if (next != null) {
                line = next;
            } else if (word.startsWith("-")) {
                open = waiting(line.getCommandSpec().findOption(word), word);
            } else {
                arguments.add(word);
            }
        }
        var spec = line.getCommandSpec();
        if (open != null) {
            return of(open, start);
        }
        if (start.startsWith("-")) {
            return new Completion(matching(options(spec), start), false);
        }
        if (spec.name().equals("help")) {
            return new Completion(matching(verbs(descend(root, arguments)), start), false);
        }
        if (!spec.subcommands().isEmpty()) {
            return new Completion(matching(verbs(line), start), false);
        }
        var argument =
                spec.positionalParameters().stream()
                        .filter(each -> each.index().contains(arguments.size()))
                        .findFirst();
        if (argument.isPresent()) {
            return of(argument.get(), start);
        }
        // Of the arguments of another bundle's verb nothing is known.
        return new Completion(List.of(), spec.userObject() instanceof BundleVerb);
    }

    private static OptionSpec waiting(OptionSpec option, String word) {
        return option != null && option.arity().min() > 0 && !word.contains("=") ? option : null;
    }

    private static CommandLine descend(CommandLine from, List<String> words) {
        var line = from;
        for (var word : words) {
            line = line.getSubcommands().getOrDefault(word, line);
        }
        return line;
    }

    private Completion of(ArgSpec argument, String start) {
        var words = new ArrayList<Candidate>();
        boolean files = false;
        for (var part : argument.paramLabel().split("\\|")) {
            switch (part) {
                case "KIND" ->
                        Arrays.stream(PluginKind.values())
                                .forEach(kind -> words.add(new Candidate(kind.id(), "")));
                case "ID" -> words.addAll(plugins());
                case "BUNDLE" -> words.addAll(bundles());
                case "N", "SECONDS", "NAME", "POLICY", "PORT" -> {
                    // Only the user knows.
                }
                default -> files = true;
            }
        }
        return new Completion(matching(words.stream(), start), files);
    }

    private List<Candidate> plugins() {
        return services.catalog().plugins().stream().map(Completing::plugin).toList();
    }

    private static Candidate plugin(PluginInfo plugin) {
        return new Candidate(plugin.id(), plugin.parameters().documentation());
    }

    private List<Candidate> bundles() {
        return services.pluginsIfAny().map(Plugins::installed).orElse(List.of()).stream()
                .map(Completing::bundle)
                .toList();
    }

    private static Candidate bundle(PluginBundle bundle) {
        return new Candidate(bundle.name(), String.join(", ", bundle.provides()));
    }

    private static Stream<Candidate> options(CommandSpec spec) {
        return spec.options().stream()
                .map(option -> new Candidate(option.longestName(), first(option.description())));
    }

    private static Stream<Candidate> verbs(CommandLine line) {
        return line.getSubcommands().entrySet().stream().map(Completing::verb);
    }

    private static Candidate verb(Map.Entry<String, CommandLine> entry) {
        var usage = entry.getValue().getCommandSpec().usageMessage();
        return new Candidate(entry.getKey(), first(usage.description()));
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static List<Candidate> matching(Stream<Candidate> words, String start) {
        return words.filter(each -> each.word().startsWith(start)).distinct().toList();
    }
}
