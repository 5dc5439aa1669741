package org.dyadic.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.PolicyUse;

/** Which of the experiments of a file is meant. */
record Choice(Path file, List<Experiment> experiments) {

    Choice {
        if (experiments.isEmpty()) {
            throw new Refusal(
                    ExitCode.SPECIFICATION,
                    file + " holds no experiment; add one: experiment Main { ... }");
        }
        experiments = List.copyOf(experiments);
    }

    /**
     * The one of a name, or the only one.
     *
     * @param name may be null
     */
    Experiment experiment(String name) {
        var names = experiments.stream().map(Experiment::name).toList();
        if (name != null) {
            return experiments.stream()
                    .filter(experiment -> experiment.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new Refusal(
                                            ExitCode.USAGE,
                                            Session.among("experiment", name, names)));
        }
        if (names.size() > 1) {
            throw new Refusal(
                    ExitCode.USAGE,
                    file
                            + " holds "
                            + names.size()
                            + " experiments: "
                            + String.join(", ", names)
                            + ". Name one: dyadic run "
                            + file
                            + " "
                            + names.get(0));
        }
        return experiments.get(0);
    }

    /**
     * The experiment in which to look at a policy: the one of a name, or any that has the policy
     * where they do not differ in what matters.
     *
     * @param name may be null
     * @param policy may be null, which is told
     */
    Experiment experiment(
            String verb, String name, String policy, Function<Experiment, ?> matters) {
        var candidates = name == null ? experiments : List.of(experiment(name));
        var known = policies(candidates);
        if (policy == null) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "say which policy with --policy NAME; there are "
                            + String.join(", ", known)
                            + ".");
        }
        var holding = candidates.stream().filter(one -> has(one, policy)).toList();
        if (holding.isEmpty()) {
            throw new Refusal(ExitCode.USAGE, Session.among("policy", policy, known));
        }
        var different = new LinkedHashSet<Object>();
        holding.forEach(one -> different.add(matters.apply(one)));
        if (different.size() > 1) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "policy "
                            + policy
                            + " is part of "
                            + holding.size()
                            + " experiments: "
                            + holding.stream()
                                    .map(Choice::described)
                                    .collect(Collectors.joining(", "))
                            + ". Name one: dyadic "
                            + verb
                            + " "
                            + file
                            + " "
                            + holding.get(0).name()
                            + " --policy "
                            + policy);
        }
        return holding.get(0);
    }

    private static String described(Experiment experiment) {
        return experiment.name()
                + " ("
                + experiment.network().name()
                + experiment.dataset().map(dataset -> " on " + dataset.name()).orElse("")
                + ")";
    }

    private static boolean has(Experiment experiment, String policy) {
        return experiment.policies().stream().anyMatch(use -> use.name().equals(policy));
    }

    private static List<String> policies(List<Experiment> experiments) {
        var names = new LinkedHashSet<String>();
        experiments.forEach(
                experiment ->
                        experiment.policies().stream().map(PolicyUse::name).forEach(names::add));
        return new ArrayList<>(names);
    }
}
