package org.dyadic.launcher;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Says in a user's words why a bundle does not resolve. */
final class Unresolved {
    // Filters as bnd writes them: (&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=2.0.0)))
    private static final Pattern NAME = Pattern.compile("\\(osgi\\.wiring\\.\\w+=([^)]+)\\)");
    private static final Pattern FROM = Pattern.compile("(?<!!)\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
    private static final Pattern JAVA = Pattern.compile("\\(version=([^)]+)\\)");

    private Unresolved() {}

    /** What the bundle needs and nobody gives it, like {@code it needs the package a.b, …}. */
    static String reason(Bundle bundle, FrameworkWiring wiring) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        String indirect = null;
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!needed(requirement)) {
                continue;
            }
            Collection<BundleCapability> providers = wiring.findProviders(requirement);
            if (providers.isEmpty()) {
                return "it needs " + describe(requirement) + ", which nothing installed provides";
            }
            if (indirect == null && providers.stream().noneMatch(Unresolved::usable)) {
                Bundle provider = providers.iterator().next().getRevision().getBundle();
                if (provider != bundle) {
                    indirect =
                            "it needs "
                                    + describe(requirement)
                                    + " of "
                                    + provider.getSymbolicName();
                }
            }
        }
        return indirect != null
                ? indirect + ", which cannot be used either"
                : "the versions of the packages it needs contradict each other";
    }

    private static boolean needed(BundleRequirement requirement) {
        String resolution = requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE);
        String effective = requirement.getDirectives().get(Constants.EFFECTIVE_DIRECTIVE);
        return !Constants.RESOLUTION_OPTIONAL.equals(resolution)
                && (effective == null || effective.equals(Constants.EFFECTIVE_RESOLVE));
    }

    private static boolean usable(BundleCapability capability) {
        int state = capability.getRevision().getBundle().getState();
        return state != Bundle.INSTALLED && state != Bundle.UNINSTALLED;
    }

    private static String describe(BundleRequirement requirement) {
        String filter = requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        String namespace = requirement.getNamespace();
        if (namespace.equals(ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE)) {
            return find(JAVA, filter, "Java ", "another execution environment");
        }
        String kind = namespace.equals(PackageNamespace.PACKAGE_NAMESPACE) ? "package " : "bundle ";
        String name = find(NAME, filter, "the " + kind, "the capability " + namespace + filter);
        return name
                + find(FROM, BELOW.matcher(filter).replaceAll(""), " from version ", "")
                + find(BELOW, filter, " below ", "");
    }

    private static String find(Pattern pattern, String filter, String before, String otherwise) {
        Matcher matcher = pattern.matcher(filter);
        return matcher.find() ? before + matcher.group(1) : otherwise;
    }
}
