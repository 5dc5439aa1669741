package org.dyadic.plugins.diagnosis;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.NativeNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/**
 * Why a bundle does not resolve.
 *
 * @param reason what it needs and nobody gives it, like {@code it needs the package a.b, …}
 * @param advice the next step
 */
public record Unresolved(String reason, String advice) {
    // Filters as bnd writes them: (&(osgi.wiring.package=a.b)(version>=1.0.0)(!(version>=2.0.0)))
    private static final Pattern NAME = Pattern.compile("\\(osgi\\.wiring\\.\\w+=([^)]+)\\)");
    private static final Pattern FROM = Pattern.compile("(?<!!)\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");
    private static final Pattern JAVA = Pattern.compile("\\(version=([^)]+)\\)");

    /** Looks at a bundle that is installed and does not resolve. */
    public static Unresolved of(Bundle bundle, FrameworkWiring wiring) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        String indirect = null;
        for (BundleRequirement requirement : revision.getDeclaredRequirements(null)) {
            if (!needed(requirement)) {
                continue;
            }
            Collection<BundleCapability> providers = wiring.findProviders(requirement);
            if (providers.isEmpty()) {
                return missing(requirement, wiring);
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
                ? new Unresolved(
                        indirect + ", which cannot be used either", "mend that bundle first")
                : new Unresolved(
                        "the versions of the packages it needs contradict each other",
                        "if it is a singleton bundle, another version of it may be running: remove"
                                + " that one; otherwise build it against one version of everything");
    }

    /**
     * The packages of the API that a bundle imports in every version to come, so that it will not
     * be refused where they have changed, but fail.
     */
    public static List<String> importedForEver(Bundle bundle) {
        return bundle
                .adapt(BundleRevision.class)
                .getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)
                .stream()
                .filter(requirement -> !BELOW.matcher(filter(requirement)).find())
                .map(Unresolved::name)
                .filter(name -> name.startsWith("org.dyadic.api."))
                .toList();
    }

    private static Unresolved missing(BundleRequirement requirement, FrameworkWiring wiring) {
        String what = "it needs " + describe(requirement);
        String name = name(requirement);
        String there = others(name, wiring);
        if (requirement.getNamespace().equals(NativeNamespace.NATIVE_NAMESPACE)) {
            return new Unresolved(
                    "it has native libraries, but none for this machine ("
                            + System.getProperty("os.name")
                            + ", "
                            + System.getProperty("os.arch")
                            + ")",
                    "get a build of it for this machine");
        }
        if (requirement.getNamespace().equals(EE)) {
            return new Unresolved(
                    what + ", which nothing installed provides; this is Java " + java(),
                    "start Dyadic with a newer Java: set JAVA_HOME");
        }
        if (!there.isEmpty()) {
            boolean api = name.startsWith("org.dyadic.");
            return new Unresolved(
                    what + ", and there is " + there,
                    api
                            ? "it was built for another version of Dyadic: get a build for this one,"
                                    + " or build it against the API of this one"
                            : "install a bundle that has such a version, or build it against the"
                                    + " version that is there");
        }
        return new Unresolved(
                what + ", which nothing installed provides",
                "install the bundle that exports it, in one folder with this one ('dyadic plugins"
                        + " install FOLDER'), or put its classes into this one");
    }

    private static final String EE = ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE;

    private static String java() {
        return System.getProperty("java.specification.version");
    }

    /** The versions of a package that somebody exports, and who; or nothing. */
    private static String others(String packageName, FrameworkWiring wiring) {
        var found = new TreeSet<String>();
        if (!packageName.isEmpty()) {
            for (var provider : wiring.findProviders(anyVersion(packageName))) {
                Object version = provider.getAttributes().get("version");
                found.add(
                        "version "
                                + (version == null ? Version.emptyVersion : version)
                                + " of "
                                + provider.getRevision().getBundle().getSymbolicName());
            }
        }
        return String.join(", ", found);
    }

    private static Requirement anyVersion(String packageName) {
        String filter = "(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + packageName + ")";
        return new Requirement() {
            @Override
            public String getNamespace() {
                return PackageNamespace.PACKAGE_NAMESPACE;
            }

            @Override
            public Map<String, String> getDirectives() {
                return Map.of(Constants.FILTER_DIRECTIVE, filter);
            }

            @Override
            public Map<String, Object> getAttributes() {
                return Map.of();
            }

            @Override
            public Resource getResource() {
                return null;
            }
        };
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

    private static String filter(BundleRequirement requirement) {
        return requirement.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
    }

    /** The package it needs; empty if it needs something else. */
    private static String name(BundleRequirement requirement) {
        return requirement.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)
                ? find(NAME, filter(requirement), "", "")
                : "";
    }

    private static String describe(BundleRequirement requirement) {
        String filter = filter(requirement);
        String namespace = requirement.getNamespace();
        if (namespace.equals(EE)) {
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
