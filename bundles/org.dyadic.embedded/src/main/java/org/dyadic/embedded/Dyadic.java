package org.dyadic.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.dyadic.api.experiment.ExperimentReader;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.Workbench;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Dyadic in a plain Java program: the workbench and every plugin on the class path, without a
 * framework to be seen.
 *
 * <pre>{@code
 * try (var dyadic = Dyadic.start()) {
 *     var reading = dyadic.language().read(Path.of("first.dyadic"));
 *     var results = dyadic.workbench().run(reading.experiments().get(0), 1, Progress.silent());
 * }
 * }</pre>
 *
 * <p>All jars share the program's class loader, so nothing keeps two plugins from seeing each
 * other's classes, and none can be replaced while it runs; a framework does both. Several may run
 * in a program at a time. Thread-safe.
 */
public final class Dyadic implements AutoCloseable {

    /** How long services may take to appear; they usually are there at once. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Framework framework;
    private final Path storage;

    private Dyadic(Framework framework, Path storage) {
        this.framework = framework;
        this.storage = storage;
    }

    /**
     * Starts every bundle on the class path that the others leave able to run; one that needs what
     * is not there, such as vector kernels without their module, is left out.
     */
    public static Dyadic start() {
        var classPath = new ClassPath(Dyadic.class.getClassLoader());
        var storage = temporaryFolder();
        // Felix and SCR log with stack traces; what concerns a user, services tell.
        var configuration =
                Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        "felix.log.level",
                        "0",
                        "ds.loglevel",
                        "0",
                        "ds.delayed.keepInstances",
                        "true",
                        "felix.shutdown.hook",
                        "false");
        var dyadic =
                new Dyadic(new FrameworkFactory().newFramework(configuration, classPath), storage);
        try {
            dyadic.framework.start();
            var context = dyadic.framework.getBundleContext();
            for (var location : classPath.locations()) {
                context.installBundle(location);
            }
            for (var bundle : context.getBundles()) {
                startIfPossible(bundle);
            }
            return dyadic;
        } catch (BundleException e) {
            dyadic.close();
            throw new IllegalStateException(
                    "the bundles on the class path do not start: " + e.getMessage(), e);
        }
    }

    private static void startIfPossible(Bundle bundle) {
        if (bundle.getBundleId() != 0 && bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            try {
                bundle.start();
            } catch (BundleException e) {
                // It lacks something; if anybody needs it, that service is missed below.
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("dyadic-embedded");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot write to the folder for temporary files, java.io.tmpdir: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Runs experiments. */
    public Workbench workbench() {
        return service(Workbench.class);
    }

    /** Reads files of the language. */
    public ExperimentReader language() {
        return service(ExperimentReader.class);
    }

    /** What is installed. */
    public Catalog catalog() {
        return service(Catalog.class);
    }

    private <T> T service(Class<T> type) {
        var tracker = new ServiceTracker<T, T>(framework.getBundleContext(), type, null);
        tracker.open();
        try {
            return Optional.ofNullable(tracker.waitForService(PATIENCE_MILLIS))
                    .orElseThrow(
                            () ->
                                    new IllegalStateException(
                                            "nothing on the class path offers "
                                                    + type.getName()
                                                    + "; put all jars of the folders lib and"
                                                    + " bundles of a Dyadic on it"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Dyadic started", e);
        }
    }

    /** Stops everything; what it has answered with must not be used afterwards. */
    @Override
    public void close() {
        try {
            framework.stop();
            framework.waitForStop(PATIENCE_MILLIS);
        } catch (BundleException e) {
            // It was never started: nothing to stop.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(storage)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // The system empties its temporary folder some day.
        }
    }
}
