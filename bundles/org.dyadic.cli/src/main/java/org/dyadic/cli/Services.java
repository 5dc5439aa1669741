package org.dyadic.cli;

import java.util.Optional;
import java.util.function.Supplier;
import org.dyadic.api.experiment.ExperimentReader;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.Workbench;

/**
 * The platform as the verbs see it. Each service is asked for when a verb needs it, so that none is
 * started for nothing and a missing one harms only the verbs that need it; a supplier gives null
 * when its service is missing.
 */
record Services(
        Supplier<Workbench> workbenches,
        Supplier<Catalog> catalogs,
        Supplier<ExperimentReader> readers,
        Supplier<Plugins> managers) {

    Workbench workbench() {
        return present(workbenches.get(), "the workbench (bundle org.dyadic.workbench)");
    }

    Catalog catalog() {
        return present(catalogs.get(), "the plugin catalog (bundle org.dyadic.workbench)");
    }

    ExperimentReader reader() {
        return present(readers.get(), "the language (bundle org.dyadic.lang)");
    }

    Plugins plugins() {
        return present(managers.get(), "the manager of plugins (bundle org.dyadic.plugins)");
    }

    /** The manager of plugins, for whoever can do without. */
    Optional<Plugins> pluginsIfAny() {
        return Optional.ofNullable(managers.get());
    }

    /** What {@code dyadic shell} does where there is none. */
    static int withoutShell() {
        return present(null, "the shell (feature shell)");
    }

    private static <T> T present(T service, String what) {
        if (service == null) {
            throw new Refusal(
                    ExitCode.MISSING_PLUGIN,
                    what
                            + " is not running: it is not installed, or something it needs is"
                            + " missing. Install Dyadic again, or take out the plugin added last");
        }
        return service;
    }
}
