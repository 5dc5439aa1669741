package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

class FeaturesTest {

    @Test
    void theFrameworkIsFelix() {
        assertThat(Installed.context().getBundle(0).getSymbolicName())
                .isEqualTo("org.apache.felix.framework");
    }

    @Test
    void dyadicIsInstalled() {
        assertThat(Installed.own())
                .extracting(Bundle::getSymbolicName)
                .contains("org.dyadic.api", "org.dyadic.workbench", "org.dyadic.cli");
    }

    @TestFactory
    Stream<DynamicTest> everyBundleRuns() {
        return Installed.ofFeatures().stream()
                .map(
                        bundle ->
                                DynamicTest.dynamicTest(
                                        bundle.getSymbolicName() + " runs",
                                        () ->
                                                assertThat(bundle.getState())
                                                        .isEqualTo(expected(bundle))));
    }

    /** A fragment cannot start, and a lazy bundle waits until somebody loads a class of it. */
    private static int expected(Bundle bundle) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return Bundle.RESOLVED;
        }
        boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
        return lazy && bundle.getState() == Bundle.STARTING ? Bundle.STARTING : Bundle.ACTIVE;
    }
}
