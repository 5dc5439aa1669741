package org.dyadic.kernels;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Which of the installed kernels compute: those of the highest service ranking, unless {@code
 * -Ddyadic.kernels} forces others by their id.
 */
@Component(service = KernelChoice.class)
public final class KernelChoice {

    /** The system property that forces kernels. */
    public static final String PROPERTY = "dyadic.kernels";

    @Reference volatile List<Map.Entry<Map<String, Object>, Kernels>> installed = List.of();

    /** A choice outside a framework, for tests: the first of these ranks highest. */
    public static KernelChoice of(Kernels... installed) {
        var choice = new KernelChoice();
        choice.installed =
                List.of(installed).stream()
                        .map(kernels -> Map.entry(Map.<String, Object>of(), kernels))
                        .toList();
        return choice;
    }

    /** Why there is nothing to choose, and what to do about that. */
    public Optional<String> hindrance() {
        return found().isPresent()
                ? Optional.empty()
                : Optional.of(
                        "-D"
                                + PROPERTY
                                + "="
                                + forced()
                                + " asks for kernels that are not installed or do not work on this"
                                + " Java; there are: "
                                + installed.stream()
                                        .map(entry -> entry.getValue().id())
                                        .sorted()
                                        .collect(Collectors.joining(", "))
                                + ". The vector kernels need the flag --add-modules"
                                + " jdk.incubator.vector and a Java that has this module; leave -D"
                                + PROPERTY
                                + " out to use what there is");
    }

    /**
     * The kernels that compute now.
     *
     * @throws IllegalStateException if there is a {@link #hindrance}
     */
    public Kernels chosen() {
        return found().orElseThrow(() -> new IllegalStateException(hindrance().orElseThrow()));
    }

    private Optional<Kernels> found() {
        return installed.stream()
                .sorted(Comparator.comparingInt(KernelChoice::ranking).reversed())
                .map(Map.Entry::getValue)
                .filter(kernels -> forced().isEmpty() || kernels.id().equals(forced()))
                .findFirst();
    }

    private static String forced() {
        return System.getProperty(PROPERTY, "");
    }

    private static int ranking(Map.Entry<Map<String, Object>, Kernels> service) {
        return (Integer) service.getKey().getOrDefault("service.ranking", 0);
    }
}
