package org.dyadic.network;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.dyadic.api.network.Network;
import org.dyadic.kernels.KernelChoice;
import org.dyadic.kernels.Kernels;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Chooses the engine that executes a network in single precision: an installed one that works on
 * this machine, and our own otherwise. {@code -Ddyadic.float} forces one.
 */
@Component(service = FloatEngines.class)
public final class FloatEngines {

    /** The system property that forces an engine, by its id. */
    public static final String PROPERTY = "dyadic.float";

    /** The id of our own engine, which is always there. */
    public static final String OWN = "java";

    private final KernelChoice kernels;

    @Reference volatile List<FloatEngine> installed = List.of();

    @Activate
    public FloatEngines(@Reference KernelChoice kernels) {
        this.kernels = kernels;
    }

    /** Engines outside a framework, for tests. */
    public static FloatEngines of(Kernels kernels, FloatEngine... installed) {
        var engines = new FloatEngines(KernelChoice.of(kernels));
        engines.installed = List.of(installed);
        return engines;
    }

    /**
     * A network that is open.
     *
     * @param engine what reports call the engine that runs it
     * @param warning why an installed engine does not, if one could not
     */
    public record Opened(FloatSession session, String engine, Optional<String> warning) {}

    /**
     * Opens a network by the engine that is forced, or else by the first that can.
     *
     * @throws FloatEngineException if the engine that is forced is not there or cannot
     */
    public Opened open(Network network) {
        var forced = System.getProperty(PROPERTY, "");
        if (forced.equals(OWN)) {
            return own(network, Optional.empty());
        }
        return forced.isEmpty() ? openAny(network) : openForced(network, forced);
    }

    private Opened own(Network network, Optional<String> warning) {
        var own = new FloatNetwork(network, kernels.chosen());
        return new Opened(own, own.engine(), warning);
    }

    private Opened openAny(Network network) {
        Optional<String> warning = Optional.empty();
        for (var engine : installed) {
            try {
                return open(network, engine);
            } catch (FloatEngineException unable) {
                warning =
                        Optional.of(
                                unable.getMessage()
                                        + "; in its place runs our own engine, which is slower");
            }
        }
        return own(network, warning);
    }

    private static Opened open(Network network, FloatEngine engine) {
        var hindrance = engine.hindrance();
        if (hindrance.isPresent()) {
            throw new FloatEngineException(
                    engine.title() + " does not work here: " + hindrance.get());
        }
        return new Opened(engine.open(network), engine.title(), Optional.empty());
    }

    private Opened openForced(Network network, String id) {
        for (var engine : installed) {
            if (engine.id().equals(id)) {
                try {
                    return open(network, engine);
                } catch (FloatEngineException unable) {
                    throw new FloatEngineException(
                            forced(id) + ", but " + unable.getMessage() + "; " + remedy(), unable);
                }
            }
        }
        var ids = new TreeSet<String>(List.of(OWN));
        installed.forEach(engine -> ids.add(engine.id()));
        throw new FloatEngineException(
                forced(id)
                        + ", but there is no such engine; installed: "
                        + String.join(", ", ids)
                        + "; "
                        + remedy());
    }

    private static String forced(String id) {
        return "-D" + PROPERTY + "=" + id + " asks for the float engine '" + id + "'";
    }

    private static String remedy() {
        return "choose -D" + PROPERTY + "=" + OWN + ", or leave it out";
    }
}
