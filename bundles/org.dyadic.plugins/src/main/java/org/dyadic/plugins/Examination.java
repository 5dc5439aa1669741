package org.dyadic.plugins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.dyadic.api.diagnostic.Severity;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.PluginFinding;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.plugins.diagnosis.Unresolved;
import org.dyadic.plugins.diagnosis.Unsatisfied;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.FrameworkWiring;

/** Everything that can be found wrong with plugins. */
final class Examination {

    private final BundleContext context;
    private final Manager manager;
    private final List<PluginFinding> findings = new ArrayList<>();

    Examination(BundleContext context, Manager manager) {
        this.context = context;
        this.manager = manager;
    }

    List<PluginFinding> findings() {
        installed();
        fromFolders();
        manager.unusable()
                .forEach(
                        (file, why) ->
                                add(Severity.ERROR, file, why, "mend the file or delete it"));
        sharedIds();
        findings.sort(
                Comparator.comparing(PluginFinding::severity)
                        .thenComparing(PluginFinding::subject));
        return List.copyOf(findings);
    }

    private void add(Severity severity, String subject, String finding, String advice) {
        findings.add(new PluginFinding(severity, subject, finding, advice));
    }

    private void installed() {
        for (var plugin : manager.plugins()) {
            var entry = plugin.entry();
            if (!plugin.runs()) {
                var problem = plugin.problem();
                add(Severity.ERROR, entry.title(), problem.reason(), problem.advice());
            } else {
                if (unchanged(entry)) {
                    distrusted(entry);
                }
                if (plugin.bundle() != null) {
                    running(plugin.bundle());
                }
            }
            calls(entry.title(), entry.file());
        }
    }

    /**
     * Of one that runs, or is disabled: whether its file is still the one that was installed. If
     * not, what runs is unharmed, but will not run again.
     */
    private boolean unchanged(Entry entry) {
        if (!entry.recorded()) {
            return true;
        }
        try {
            var problem = Bundles.changed(entry);
            if (problem == null) {
                return true;
            }
            add(Severity.ERROR, entry.title(), problem.reason(), problem.advice());
        } catch (IOException e) {
            add(
                    Severity.ERROR,
                    entry.title(),
                    "its file cannot be read: " + Failure.why(e),
                    "install it again: dyadic plugins update " + entry.name());
        }
        return false;
    }

    private void distrusted(Entry entry) {
        if (!Files.isRegularFile(entry.file())) {
            return;
        }
        try {
            manager.home().trust().check(entry.file(), entry.title(), ignored -> {});
        } catch (PluginChangeException e) {
            add(Severity.ERROR, entry.title(), e.getMessage(), "remove it, or trust its author");
        }
    }

    private void calls(String title, Path file) {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (var call : DangerousCalls.in(jar)) {
                add(
                        Severity.WARNING,
                        title,
                        "it calls " + call + ", which would end Dyadic itself",
                        "ask its author why; no plugin needs that");
            }
        } catch (IOException e) {
            // Told already, by whoever could not read the file.
        }
    }

    private void fromFolders() {
        var wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        for (var bundle : manager.bundles().fromFolders()) {
            if (bundle.getState() == Bundle.INSTALLED) {
                var problem = Unresolved.of(bundle, wiring);
                add(Severity.ERROR, title(bundle), problem.reason(), problem.advice());
            } else if (bundle.getState() == Bundle.RESOLVED
                    && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                add(
                        Severity.ERROR,
                        title(bundle),
                        "it did not start",
                        "the warning at the start of this command says why");
            } else {
                running(bundle);
            }
        }
    }

    private void running(Bundle bundle) {
        idle(bundle);
        var open = Unresolved.importedForEver(bundle);
        if (!open.isEmpty()) {
            add(
                    Severity.WARNING,
                    title(bundle),
                    "it takes any later version of "
                            + String.join(", ", open)
                            + ", also one that it cannot work with",
                    "ask its author to end the range, as in version=\"[0.1,0.2)\"; the"
                            + " bnd-maven-plugin does so by itself");
        }
    }

    private void idle(Bundle bundle) {
        for (var component : Unsatisfied.components(context)) {
            if (component.bundleId() == bundle.getBundleId()) {
                add(
                        Severity.ERROR,
                        title(bundle),
                        "its component "
                                + component.component()
                                + " does not run: "
                                + component.reason(),
                        component.reason().contains("UnsatisfiedLinkError")
                                ? "a native library is missing on this machine; ask its author"
                                : "install what offers that, or ask its author");
            }
        }
    }

    /** Of several services with one id, who wins and why. */
    private void sharedIds() {
        var offers = new TreeMap<String, List<ServiceReference<?>>>();
        for (var bundle : context.getBundles()) {
            ServiceReference<?>[] services = bundle.getRegisteredServices();
            for (var service : services == null ? new ServiceReference<?>[0] : services) {
                for (var kind : PluginKind.values()) {
                    if (service.getProperty(kind.id() + ".id") instanceof String id) {
                        offers.computeIfAbsent(kind.id() + " " + id, none -> new ArrayList<>())
                                .add(service);
                    }
                }
            }
        }
        offers.forEach(
                (plugin, services) -> {
                    if (services.size() > 1) {
                        shared(plugin, services);
                    }
                });
    }

    private void shared(String plugin, List<ServiceReference<?>> services) {
        // The framework's own order: higher ranking first, then the older service.
        var order = services.stream().sorted(Comparator.reverseOrder()).toList();
        var winner = order.get(0);
        boolean ranked = ranking(winner) > ranking(order.get(1));
        var others = order.stream().skip(1).map(service -> title(service.getBundle())).distinct();
        add(
                Severity.WARNING,
                plugin,
                "it is offered by "
                        + title(winner.getBundle())
                        + ", which is used, and by "
                        + String.join(", ", others.toList())
                        + ", which "
                        + (order.size() > 2 ? "are" : "is")
                        + " not: "
                        + (ranked
                                ? "its service.ranking " + ranking(winner) + " is the highest"
                                : "the rankings are equal, and it was there first"),
                "disable one of the bundles, or ask its author for another id");
    }

    private static int ranking(ServiceReference<?> service) {
        return service.getProperty(Constants.SERVICE_RANKING) instanceof Integer rank ? rank : 0;
    }

    private static String title(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }
}
