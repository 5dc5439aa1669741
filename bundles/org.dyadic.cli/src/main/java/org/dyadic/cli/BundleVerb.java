package org.dyadic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.dyadic.api.command.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A verb that another bundle brings; the bundle reads its arguments itself. */
@Command
final class BundleVerb implements Callable<Integer> {

    private final Session session;
    private final Offer offer;

    @Spec private CommandSpec spec;
    @Unmatched private final List<String> arguments = new ArrayList<>();

    /**
     * A verb that is made when it is used.
     *
     * @param lasting whether it serves until its user ends it, and should see plugins come and go
     */
    record Offer(String name, String description, boolean lasting, Supplier<Verb> verb) {}

    BundleVerb(Session session, Offer offer) {
        this.session = session;
        this.offer = offer;
    }

    @Override
    public Integer call() {
        var verb = offer.verb().get();
        if (verb == null) {
            throw new Refusal(
                    ExitCode.MISSING_PLUGIN,
                    "the bundle of the verb '" + offer.name() + "' was taken out meanwhile");
        }
        var terminal = session.terminal();
        if (arguments.contains("--help") || arguments.contains("-h")) {
            terminal.out().println("Usage: " + spec.qualifiedName() + " " + verb.help());
            return ExitCode.OK;
        }
        var streams = new Verb.Streams(session.host().in(), terminal.out(), terminal.err());
        if (!offer.lasting()) {
            return verb.run(arguments, streams);
        }
        try (var following = session.follow()) {
            return verb.run(arguments, streams);
        }
    }
}
