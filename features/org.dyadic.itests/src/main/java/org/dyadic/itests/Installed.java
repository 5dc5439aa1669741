package org.dyadic.itests;

import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleWiring;

/** What is installed beside us. */
final class Installed {
    private Installed() {}

    static BundleContext context() {
        return FrameworkUtil.getBundle(Installed.class).getBundleContext();
    }

    /** The bundles of the features: not the framework, not JUnit, not ourselves. */
    static List<Bundle> ofFeatures() {
        return Arrays.stream(context().getBundles())
                .filter(bundle -> bundle.getLocation().contains("/dyadic/bundles/"))
                .toList();
    }

    /** Those of them that are Dyadic's own code. */
    static List<Bundle> own() {
        return ofFeatures().stream()
                .filter(bundle -> bundle.getSymbolicName().startsWith("org.dyadic."))
                .toList();
    }

    static boolean isLanguage(Bundle bundle) {
        return bundle.getSymbolicName().startsWith("org.dyadic.lang");
    }

    /** The packages a bundle imports, optional ones too. */
    static Set<String> imports(Bundle bundle) {
        return bundle
                .adapt(BundleRevision.class)
                .getDeclaredRequirements(PackageNamespace.PACKAGE_NAMESPACE)
                .stream()
                .map(requirement -> requirement.getDirectives().get("filter"))
                .map(text -> text.replaceAll(".*\\(osgi\\.wiring\\.package=([^)]+)\\).*", "$1"))
                .collect(toCollection(TreeSet::new));
    }

    /** The bundles whose classes a bundle can load, apart from itself and the framework. */
    static Set<String> providers(Bundle bundle) {
        return bundle.adapt(BundleWiring.class).getRequiredWires(null).stream()
                .filter(
                        wire ->
                                Set.of(
                                                PackageNamespace.PACKAGE_NAMESPACE,
                                                BundleNamespace.BUNDLE_NAMESPACE)
                                        .contains(wire.getRequirement().getNamespace()))
                .map(wire -> wire.getProvider().getBundle())
                .filter(provider -> provider.getBundleId() != 0 && provider != bundle)
                .map(Bundle::getSymbolicName)
                .collect(toCollection(TreeSet::new));
    }
}
