package org.dyadic.cli;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.dyadic.api.command.Shell;
import org.dyadic.api.command.Verb;
import org.dyadic.api.experiment.ExperimentReader;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.Workbench;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Carries out a command line for the launcher and answers with the exit code. */
@Component(service = ToIntFunction.class, property = "launcher.main:Boolean=true")
public final class CommandLineFace implements ToIntFunction<String[]> {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ComponentServiceObjects<Workbench> workbench;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ComponentServiceObjects<Catalog> catalog;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ComponentServiceObjects<ExperimentReader> reader;

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ComponentServiceObjects<Plugins> plugins;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<ComponentServiceObjects<Verb>> verbs = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile ComponentServiceObjects<Shell> shell;

    private String features = "";

    @Activate
    void activate(BundleContext context) {
        String named = context.getProperty("dyadic.features");
        features = named == null ? "" : named.replace(",", ", ");
    }

    @Override
    public int applyAsInt(String[] arguments) {
        var services =
                new Services(
                        () -> service(() -> workbench),
                        () -> service(() -> catalog),
                        () -> service(() -> reader),
                        () -> service(() -> plugins));
        var out = System.out;
        System.setOut(System.err); // what plugins print is no result
        try {
            var terminal = Terminal.system();
            var host = Host.process(() -> shell(terminal, services), features);
            return new Session(terminal, services, offers(), host).execute(arguments);
        } finally {
            System.setOut(out);
        }
    }

    /** Reads lines until their end; plugins come and go meanwhile. */
    private int shell(Terminal terminal, Services services) {
        var reading = service(() -> shell);
        if (reading == null) {
            return Services.withoutShell();
        }
        var verbs = new ShellVerbs(terminal, services, this::offers, features);
        var streams = new Verb.Streams(System.in, terminal.out(), terminal.err());
        return reading.run(verbs, streams, Terminal.isTerminal(0));
    }

    /** By name; known without making any. */
    private List<BundleVerb.Offer> offers() {
        return verbs.stream()
                .map(
                        verb ->
                                new BundleVerb.Offer(
                                        property("verb.name", verb),
                                        property("verb.description", verb),
                                        "true".equals(property("verb.lasting", verb)),
                                        verb::getService))
                .sorted(Comparator.comparing(BundleVerb.Offer::name))
                .toList();
    }

    private static String property(String name, ComponentServiceObjects<Verb> verb) {
        return String.valueOf(verb.getServiceReference().getProperty(name));
    }

    /** The service, or null; it is started only now. The framework takes it back at its end. */
    private static <T> T service(Supplier<ComponentServiceObjects<T>> reference) {
        var objects = reference.get();
        return objects == null ? null : objects.getService();
    }
}
