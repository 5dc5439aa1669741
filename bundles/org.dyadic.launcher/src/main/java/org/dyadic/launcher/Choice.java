package org.dyadic.launcher;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dyadic.api.diagnostic.Guess;

/**
 * Which features start: those that were named, and the core; or, where none was, all but those that
 * wait for another verb.
 *
 * @param named in the order of the command line; empty if none was
 * @param arguments the command line after that
 */
public record Choice(List<String> named, List<String> arguments) {

    /** Nothing asked for. */
    public static final Choice NONE = new Choice(List.of(), List.of());

    private static final String OPTION = "--features";
    private static final String CORE = "core"; // without it there is no command line

    public Choice {
        named = List.copyOf(named);
        arguments = List.copyOf(arguments);
    }

    /** Takes {@code --features NAME,...} from the beginning of a command line. */
    static Choice of(String[] words) {
        var all = List.of(words);
        if (all.isEmpty() || !(all.get(0) + "=").startsWith(OPTION + "=")) {
            return new Choice(List.of(), all);
        }
        boolean apart = all.get(0).equals(OPTION);
        String value =
                !apart
                        ? all.get(0).substring(OPTION.length() + 1)
                        : all.size() > 1 ? all.get(1) : "";
        var names =
                Arrays.stream(value.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList();
        if (names.isEmpty()) {
            throw new LaunchFailure(
                    OPTION + " needs names of features, such as " + OPTION + " core,dsl", true);
        }
        return new Choice(names, all.subList(apart ? 2 : 1, all.size()));
    }

    /** The verb and what follows. */
    String[] rest() {
        return arguments.toArray(String[]::new);
    }

    /** Those of all features that start; one that does not exist is a {@link LaunchFailure}. */
    List<Feature> among(List<Feature> all) {
        var names = all.stream().map(Feature::name).toList();
        for (String name : named) {
            if (!names.contains(name)) {
                throw new LaunchFailure(
                        "there is no feature '"
                                + name
                                + "'; there are "
                                + String.join(", ", names)
                                + "."
                                + Guess.suggestion(name, names),
                        true);
            }
        }
        return all.stream().filter(this::starts).toList();
    }

    private boolean starts(Feature feature) {
        String verb = arguments.isEmpty() ? "" : arguments.get(0);
        return named.isEmpty()
                ? feature.verb().isEmpty() || feature.verb().get().equals(verb)
                : named.contains(feature.name()) || feature.name().equals(CORE);
    }
}
