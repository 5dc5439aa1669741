package org.dyadic.plugins.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * A declarative-services component that does not run, and why.
 *
 * <p>Asks the ServiceComponentRuntime by reflection: its classes live in the framework, and the
 * launcher outside of it shares no more than the JDK's.
 *
 * @param bundleId the bundle it is in
 * @param bundle that bundle's symbolic name
 * @param component its name
 * @param reason what it lacks
 */
public record Unsatisfied(long bundleId, String bundle, String component, String reason) {
    private static final String RUNTIME =
            "org.osgi.service.component.runtime.ServiceComponentRuntime";
    // States of org.osgi.service.component.runtime.dto.ComponentConfigurationDTO, compendium 112.17
    private static final int SATISFIED = 4;
    private static final int ACTIVE = 8;

    /** Every such component; empty also where no component runtime is installed. */
    public static List<Unsatisfied> components(BundleContext context) {
        ServiceReference<?> reference = runtime(context);
        if (reference == null) {
            return List.of();
        }
        Object runtime = context.getService(reference);
        try {
            List<Unsatisfied> found = new ArrayList<>();
            var describe =
                    runtime.getClass().getMethod("getComponentDescriptionDTOs", Bundle[].class);
            for (Object description :
                    (Collection<?>) describe.invoke(runtime, (Object) new Bundle[0])) {
                String why = whyNot(runtime, description);
                if (why != null) {
                    Object bundle = field(description, "bundle");
                    found.add(
                            new Unsatisfied(
                                    (Long) field(bundle, "id"),
                                    (String) field(bundle, "symbolicName"),
                                    (String) field(description, "name"),
                                    why));
                }
            }
            return found;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "cannot ask " + RUNTIME + " about components (" + e + ")");
        } finally {
            context.ungetService(reference);
        }
    }

    private static ServiceReference<?> runtime(BundleContext context) {
        try {
            // All, because of two copies of the interface we may be able to load the other one.
            var found = context.getAllServiceReferences(RUNTIME, null);
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(e); // there is no filter
        }
    }

    private static String whyNot(Object runtime, Object description)
            throws ReflectiveOperationException {
        var configure =
                runtime.getClass()
                        .getMethod("getComponentConfigurationDTOs", description.getClass());
        var configurations = (Collection<?>) configure.invoke(runtime, description);
        for (Object configuration : configurations) {
            int state = (Integer) field(configuration, "state");
            if (state == SATISFIED || state == ACTIVE) {
                return null;
            }
            Object failure = field(configuration, "failure");
            if (failure != null) {
                return "its activation failed: "
                        + failure.toString().lines().findFirst().orElse("");
            }
            Object[] missing = (Object[]) field(configuration, "unsatisfiedReferences");
            if (missing.length > 0) {
                return "no service " + serviceOf(description, (String) field(missing[0], "name"));
            }
        }
        return "it needs a configuration";
    }

    private static String serviceOf(Object description, String reference)
            throws ReflectiveOperationException {
        for (Object candidate : (Object[]) field(description, "references")) {
            if (reference.equals(field(candidate, "name"))) {
                return (String) field(candidate, "interfaceName");
            }
        }
        return reference;
    }

    private static Object field(Object dto, String name) throws ReflectiveOperationException {
        return dto.getClass().getField(name).get(dto);
    }

    @Override
    public String toString() {
        return component + " of bundle " + bundle + " does not run: " + reason;
    }
}
