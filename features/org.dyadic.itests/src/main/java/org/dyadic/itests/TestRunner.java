package org.dyadic.itests;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Offers a service that runs this bundle's JUnit tests in this framework.
 *
 * <p>The caller stands outside of the framework and shares only the JDK's classes with us, hence
 * {@code Callable<List<String[]>>}: class, test, and the stack trace of a failure or null.
 */
public final class TestRunner implements BundleActivator {
    @Override
    public void start(BundleContext context) {
        Callable<List<String[]>> run = () -> runAll(context.getBundle());
        context.registerService(Callable.class, run, null);
    }

    @Override
    public void stop(BundleContext context) {}

    private static List<String[]> runAll(Bundle bundle) throws ClassNotFoundException {
        List<DiscoverySelector> classes = new ArrayList<>();
        for (String name : bundle.getHeaders().get("Test-Cases").split(",")) {
            classes.add(selectClass(bundle.loadClass(name.strip())));
        }
        // Named, because services are not found by java.util.ServiceLoader in a framework.
        LauncherConfig config =
                LauncherConfig.builder()
                        .enableTestEngineAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .enableLauncherDiscoveryListenerAutoRegistration(false)
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enablePostDiscoveryFilterAutoRegistration(false)
                        .addTestEngines(new JupiterTestEngine())
                        .build();
        Launcher launcher = LauncherFactory.create(config);
        Results results = new Results();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request().selectors(classes).build(), results);
        return results.all;
    }

    private static final class Results implements TestExecutionListener {
        private final List<String[]> all = new ArrayList<>();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            // A container counts when it fails, for instance in @BeforeAll.
            if (test.isTest() || result.getThrowable().isPresent()) {
                add(test, result.getThrowable().map(Results::trace).orElse(null));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            add(test, "skipped, and here nothing may be: " + reason);
        }

        private void add(TestIdentifier test, String failure) {
            String type =
                    test.getSource()
                            .filter(MethodSource.class::isInstance)
                            .map(source -> ((MethodSource) source).getJavaClass().getSimpleName())
                            .orElse("whole class");
            all.add(new String[] {type, test.getDisplayName(), failure});
        }

        private static String trace(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
