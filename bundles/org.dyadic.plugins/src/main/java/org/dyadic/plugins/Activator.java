package org.dyadic.plugins;

import java.util.function.Consumer;
import org.dyadic.api.workbench.Plugins;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;

/**
 * Starts what is installed, and offers the service. An activator, not a component: while it starts
 * the bundles of others, components of theirs are activated, which inside of an activation is not
 * allowed.
 */
public final class Activator implements BundleActivator {

    private static final String WARNINGS = "(launcher.warnings=true)";

    @Override
    public void start(BundleContext context) {
        var manager = new Manager(context, Home.ofUser());
        Consumer<String> warnings = warnings(context);
        manager.refresh(
                line -> {
                    if (line.startsWith("warning: ")) {
                        warnings.accept(line.substring("warning: ".length()));
                    }
                });
        manager.unusable()
                .forEach((file, why) -> warnings.accept("plugin " + file + " is left out: " + why));
        context.registerService(Plugins.class, manager, null);
    }

    /** What the launcher does with a warning; without a launcher, nothing. */
    @SuppressWarnings("unchecked") // the property is the promise that it takes strings
    private static Consumer<String> warnings(BundleContext context) {
        try {
            var found = context.getServiceReferences(Consumer.class, WARNINGS).iterator();
            return found.hasNext() ? context.getService(found.next()) : ignored -> {};
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(WARNINGS, e);
        }
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back, and stops the bundles itself.
    }
}
