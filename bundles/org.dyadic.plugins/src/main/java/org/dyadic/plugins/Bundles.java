package org.dyadic.plugins;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.plugins.diagnosis.Unresolved;
import org.dyadic.plugins.diagnosis.Unsatisfied;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.wiring.FrameworkWiring;

/** The plugins in the framework: starts entries, and says why one does not start. */
final class Bundles {

    /** Where the launcher says which folders it installed plugins from itself. */
    private static final String FOLDERS = "dyadic.plugin.folders";

    private final BundleContext context;
    private final List<String> folders;
    private final Set<Long> woven = ConcurrentHashMap.newKeySet();
    private ServiceRegistration<WeavingHook> weaver;

    Bundles(BundleContext context) {
        this.context = context;
        this.folders = locations(context.getProperty(FOLDERS));
        if (!folders.isEmpty()) {
            weave();
        }
    }

    /** What became of an entry: its bundle, or why it does not run. */
    record Started(Entry entry, Bundle bundle, Unresolved problem) {
        boolean runs() {
            return problem == null;
        }
    }

    private synchronized void weave() {
        // Asked for every class that anybody loads, hence only where there is a plugin.
        if (weaver == null) {
            weaver =
                    context.registerService(
                            WeavingHook.class,
                            new ExitWeaver(
                                    bundle ->
                                            woven.contains(bundle.getBundleId())
                                                    || isFromFolder(bundle)),
                            null);
        }
    }

    /** Installs, resolves together and starts; one that fails is uninstalled again. */
    List<Started> start(List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        weave();
        var wiring = context.getBundle(0).adapt(FrameworkWiring.class);
        var installed = new LinkedHashMap<Entry, Bundle>();
        var problems = new HashMap<Entry, Unresolved>();
        for (Entry entry : entries) {
            var problem = install(entry, installed);
            if (problem != null) {
                problems.put(entry, problem);
            }
        }
        wiring.resolveBundles(installed.values());
        installed.forEach(
                (entry, bundle) -> {
                    var problem = start(bundle, wiring);
                    if (problem != null) {
                        problems.put(entry, problem);
                    }
                });
        var idle = installed.isEmpty() ? List.<Unsatisfied>of() : Unsatisfied.components(context);
        var started = new ArrayList<Started>();
        for (Entry entry : entries) {
            Bundle bundle = installed.get(entry);
            var problem = problems.get(entry);
            if (problem == null) {
                problem = idle(bundle, idle);
            }
            if (problem != null && bundle != null) {
                uninstall(bundle);
            }
            started.add(
                    problem != null
                            ? new Started(entry, null, problem)
                            : new Started(entry.providing(provides(bundle)), bundle, null));
        }
        return started;
    }

    private Unresolved install(Entry entry, Map<Entry, Bundle> installed) {
        Path file = entry.file();
        try {
            if (entry.recorded()) {
                var problem = changed(entry);
                if (problem != null) {
                    return problem;
                }
            }
            Bundle bundle = install(entry);
            woven.add(bundle.getBundleId());
            installed.put(entry, bundle);
            return null;
        } catch (IOException e) {
            return new Unresolved(
                    "its file " + file + " cannot be read: " + Failure.why(e),
                    "install it again: dyadic plugins update " + entry.name());
        } catch (BundleException e) {
            return new Unresolved(
                    "the framework does not take it: " + Failure.why(e),
                    "build it again; its manifest is no bundle's");
        }
    }

    private Bundle install(Entry entry) throws IOException, BundleException {
        if (entry.recorded()) {
            return context.installBundle("reference:" + entry.file().toUri()); // read in place
        }
        // Whoever put it there may write over it while we run: the framework takes a copy.
        try (InputStream in = Files.newInputStream(entry.file())) {
            return context.installBundle("dropped:" + entry.file() + "?" + entry.mark(), in);
        }
    }

    /** That a file is not what was installed, or null. */
    static Unresolved changed(Entry entry) throws IOException {
        String actual = Checksum.sha256(entry.file());
        return actual.equals(entry.sha256().orElse(actual))
                ? null
                : new Unresolved(
                        "its file "
                                + entry.file()
                                + " is not the one that was installed: SHA-256 "
                                + actual
                                + ", recorded "
                                + entry.sha256().orElseThrow(),
                        "find out who changed it; then 'dyadic plugins update "
                                + entry.name()
                                + "' takes it from "
                                + entry.source()
                                + " again, or remove it");
    }

    private static Unresolved start(Bundle bundle, FrameworkWiring wiring) {
        if (bundle.getState() == Bundle.INSTALLED) {
            return Unresolved.of(bundle, wiring);
        }
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            try {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            } catch (BundleException e) {
                return new Unresolved(
                        "it does not start: " + Failure.why(e), "ask its author, or remove it");
            }
        }
        return null;
    }

    private static Unresolved idle(Bundle bundle, List<Unsatisfied> idle) {
        return idle.stream()
                .filter(component -> component.bundleId() == bundle.getBundleId())
                .findFirst()
                .map(
                        component ->
                                new Unresolved(
                                        "its component "
                                                + component.component()
                                                + " does not run: "
                                                + component.reason(),
                                        component.reason().contains("UnsatisfiedLinkError")
                                                ? "a native library that it needs is missing on"
                                                        + " this machine; its author knows which"
                                                : "install what offers that, or ask its author"))
                .orElse(null);
    }

    static void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            // It is gone already, or the framework is stopping.
        }
    }

    /** Kinds and ids of the plugins that a bundle offers now, in order. */
    static List<String> provides(Bundle bundle) {
        var found = new TreeSet<String>();
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        for (var service : services == null ? new ServiceReference<?>[0] : services) {
            for (var kind : PluginKind.values()) {
                if (service.getProperty(kind.id() + ".id") instanceof String id) {
                    found.add(kind.id() + " " + id);
                }
            }
            if (service.getProperty("verb.name") instanceof String verb) {
                found.add("verb " + verb);
            }
        }
        return List.copyOf(found);
    }

    /** The bundles that the launcher installed from folders of plugins. */
    List<Bundle> fromFolders() {
        return folders.isEmpty()
                ? List.of()
                : Arrays.stream(context.getBundles()).filter(this::isFromFolder).toList();
    }

    private boolean isFromFolder(Bundle bundle) {
        return folders.stream().anyMatch(bundle.getLocation()::startsWith);
    }

    private static List<String> locations(String folders) {
        return folders == null || folders.isEmpty()
                ? List.of()
                : Stream.of(folders.split(File.pathSeparator))
                        .map(folder -> "reference:" + Path.of(folder).toUri())
                        .toList();
    }

    /** The bundle of this name that is part of Dyadic itself, or null. */
    Bundle ownBundle(String name, Set<Bundle> plugins) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .filter(
                        bundle ->
                                !plugins.contains(bundle) && !woven.contains(bundle.getBundleId()))
                .findFirst()
                .orElse(null);
    }
}
