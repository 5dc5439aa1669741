package org.dyadic.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.dyadic.plugins.diagnosis.Unresolved;
import org.dyadic.plugins.diagnosis.Unsatisfied;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A running OSGi framework with the bundles of a {@link Distribution}.
 *
 * <p>A bundle of a feature that does not start is a {@link LaunchFailure}; a plug-in that does not
 * start costs one warning, and everything else runs.
 */
public final class Platform implements AutoCloseable {
    private static final String COMMAND =
            "(&(objectClass=" + ToIntFunction.class.getName() + ")(launcher.main=true))";

    private final Framework framework;
    private final BundleCache cache;

    private Platform(Framework framework, BundleCache cache) {
        this.framework = framework;
        this.cache = cache;
    }

    /** What becomes of a jar that cannot be used. */
    private interface Refusal {
        void refuse(Path jar, String why);
    }

    /**
     * Boots the framework.
     *
     * @param warnings takes one line for each plug-in that was left out
     */
    public static Platform start(Distribution distribution, Consumer<String> warnings) {
        List<Path> bundles = distribution.bundles();
        List<Path> plugins = distribution.plugins();
        Refusal fail = (jar, why) -> fail("bundle " + jar + " cannot be used: " + why);
        Refusal skip = (jar, why) -> warnings.accept("plug-in " + jar + " is left out: " + why);

        BundleCache cache = BundleCache.create();
        Platform platform =
                new Platform(
                        new FrameworkFactory()
                                .newFramework(configuration(cache, plugins, distribution.choice())),
                        cache);
        try {
            platform.framework.start();
            platform.offer(warnings);
            platform.run(platform.install(bundles, fail), fail);
            Map<Bundle, Path> others = platform.install(plugins, skip);
            platform.run(others, skip);
            platform.warnOfIdle(others, warnings);
            return platform;
        } catch (BundleException e) {
            platform.close();
            throw new LaunchFailure("the OSGi framework does not start: " + firstLine(e));
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    /** The manager of plugins starts further bundles, and has as much to tell as we have. */
    private void offer(Consumer<String> warnings) {
        var properties = new Hashtable<String, Object>(Map.of("launcher.warnings", true));
        context().registerService(Consumer.class, warnings, properties);
    }

    private static Map<String, String> configuration(
            BundleCache cache, List<Path> plugins, Choice choice) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.folder().toString());
        // While a plugin is replaced there are two of it, perhaps of one version.
        settings.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        settings.put(
                "dyadic.plugin.folders",
                plugins.stream()
                        .map(jar -> jar.getParent().toString())
                        .distinct()
                        .collect(Collectors.joining(File.pathSeparator)));
        // For whoever misses something that was not asked for.
        settings.put("dyadic.features", String.join(",", choice.named()));
        // Flight Recorder writes calls of its own into classes of events, in bundles too.
        settings.put(Constants.FRAMEWORK_BOOTDELEGATION, "jdk.jfr.internal.*");
        settings.put("felix.cache.locking", "false"); // nobody else uses this folder
        settings.put("felix.shutdown.hook", "false"); // a command may be saving its results
        settings.put("felix.log.level", "0"); // we report problems ourselves, without stack traces
        settings.put("ds.loglevel", "0"); // likewise
        settings.put("ds.delayed.keepInstances", "true"); // a service is activated once
        return settings;
    }

    /** Installs jars where they are; the framework reads them in place. */
    private Map<Bundle, Path> install(List<Path> jars, Refusal refusal) {
        Map<Bundle, Path> bundles = new LinkedHashMap<>();
        for (Path jar : jars) {
            try {
                checkReadable(jar);
                Bundle bundle = context().installBundle("reference:" + jar.toUri());
                Bundle same = same(bundle);
                if (bundle.getSymbolicName() == null) {
                    bundle.uninstall();
                    refusal.refuse(jar, "it is no OSGi bundle (no Bundle-SymbolicName)");
                } else if (same != null) {
                    bundle.uninstall();
                    refusal.refuse(
                            jar,
                            "it is "
                                    + same.getSymbolicName()
                                    + " "
                                    + same.getVersion()
                                    + ", which is installed already from "
                                    + same.getLocation().replaceFirst("^reference:(file:)?", ""));
                } else {
                    bundles.put(bundle, jar);
                }
            } catch (IOException e) {
                refusal.refuse(jar, "it is no jar file (" + e.getMessage() + ")");
            } catch (BundleException e) {
                refusal.refuse(jar, firstLine(e));
            }
        }
        return bundles;
    }

    /** Another bundle of this name and version. */
    private Bundle same(Bundle bundle) {
        return Stream.of(context().getBundles())
                .filter(other -> other != bundle)
                .filter(other -> Objects.equals(other.getSymbolicName(), bundle.getSymbolicName()))
                .filter(other -> other.getVersion().equals(bundle.getVersion()))
                .findFirst()
                .orElse(null);
    }

    private static void checkReadable(Path jar) throws IOException {
        new JarFile(jar.toFile(), false).close();
    }

    private void run(Map<Bundle, Path> bundles, Refusal refusal) {
        FrameworkWiring wiring = framework.adapt(FrameworkWiring.class);
        wiring.resolveBundles(bundles.keySet());
        for (Map.Entry<Bundle, Path> entry : bundles.entrySet()) {
            Bundle bundle = entry.getKey();
            if (bundle.getState() == Bundle.INSTALLED) {
                refusal.refuse(entry.getValue(), Unresolved.of(bundle, wiring).reason());
            } else if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                try {
                    bundle.start(Bundle.START_ACTIVATION_POLICY);
                } catch (BundleException e) {
                    refusal.refuse(entry.getValue(), "it does not start: " + firstLine(e));
                }
            }
        }
    }

    private void warnOfIdle(Map<Bundle, Path> plugins, Consumer<String> warnings) {
        if (plugins.isEmpty()) {
            return; // the common case shall not pay for the question
        }
        for (Unsatisfied idle : Unsatisfied.components(context())) {
            Bundle bundle = context().getBundle(idle.bundleId());
            if (plugins.containsKey(bundle)) {
                warnings.accept("plug-in component " + idle);
            }
        }
    }

    /** The framework's own context, through which services are found. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * The service that carries out a command line and answers with the exit code: a {@code
     * ToIntFunction<String[]>} with the property {@code launcher.main=true}.
     */
    public ToIntFunction<String[]> command(Duration patience) {
        return find(patience).orElseThrow(this::noCommand);
    }

    private LaunchFailure noCommand() {
        String why =
                Unsatisfied.components(context()).stream()
                        .map(Unsatisfied::toString)
                        .collect(Collectors.joining("; "));
        return new LaunchFailure(
                "no bundle offers the command line; "
                        + (why.isEmpty() ? "is org.dyadic.cli installed?" : why));
    }

    @SuppressWarnings("unchecked") // the property is the promise that it takes String[]
    private Optional<ToIntFunction<String[]>> find(Duration patience) {
        try {
            var tracker =
                    new ServiceTracker<Object, Object>(
                            context(), context().createFilter(COMMAND), null);
            tracker.open();
            Object service = tracker.waitForService(patience.toMillis());
            return Optional.ofNullable((ToIntFunction<String[]>) service);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError(COMMAND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Stops every bundle, unless the JVM is ending: what still runs then may need them. */
    @Override
    public void close() {
        if (BundleCache.ending()) {
            return;
        }
        try {
            framework.stop();
            framework.waitForStop(2_000);
        } catch (BundleException e) {
            // It was never started: nothing to stop.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cache.delete();
    }

    private static void fail(String message) {
        throw new LaunchFailure(message);
    }

    private static String firstLine(BundleException e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String text = message == null ? "" : message.lines().findFirst().orElse("");
        return deepest instanceof BundleException
                ? text
                : deepest.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
    }
}
