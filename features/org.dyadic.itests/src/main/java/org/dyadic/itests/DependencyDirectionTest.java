package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** Who may know whom. The picture is in the README; this holds the bundles to it. */
class DependencyDirectionTest {
    /** Who is wired to whom, third parties too. A new arrow is a decision: draw it here. */
    private static final String PICTURE =
            """
            api         ->
            backends    -> api
            cli         -> api, com.google.gson, org.osgi.service.component, picocli
            costs       -> api
            execution   -> api, kernels, network, org.ejml
            kernels     ->
            kernels.vector -> kernels
            lang        -> api, xtext
            lang.ide    -> api, lang, xtext
            network     -> api, com.google.protobuf, kernels, org.apache.commons.commons-csv, org.tribuo.util.onnx
            onnxruntime -> api, com.microsoft.onnxruntime, network
            plugins     -> api, com.google.gson
            quantizers  -> api
            simulators  -> api
            workbench   -> api, com.google.gson, execution, kernels, network
            """;

    private static final Set<String> PLUGINS =
            Set.of("quantizers", "backends", "simulators", "costs");

    private static String row(Bundle bundle) {
        String providers =
                Installed.providers(bundle).stream()
                        .map(name -> isLanguageLibrary(name) ? "xtext" : shortName(name))
                        .distinct()
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "%-11s -> %s".formatted(shortName(bundle.getSymbolicName()), providers).strip();
    }

    private static String shortName(String bundle) {
        return bundle.replaceFirst("^org\\.dyadic\\.", "");
    }

    private static boolean isLanguageLibrary(String bundle) {
        return Stream.of("org.eclipse.", "com.google.inject", "com.google.guava", "org.antlr.")
                        .anyMatch(bundle::startsWith)
                || List.of("jakarta.inject.jakarta.inject-api", "org.apache.log4j")
                        .contains(bundle);
    }

    @Test
    void theWiringIsThePicture() {
        String actual =
                Installed.own().stream()
                        .map(bundle -> row(bundle))
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n"));
        assertThat(actual).isEqualTo(PICTURE);
    }

    @Test
    void theApiNeedsNothingButJava() {
        // Its own packages too: bnd lets a bundle share a newer copy of what it exports.
        assertThat(imports("api"))
                .allMatch(name -> name.startsWith("java.") || name.startsWith("org.dyadic.api"));
    }

    @Test
    void builtInPluginsKnowTheApiAlone() {
        for (String plugin : PLUGINS) {
            assertThat(imports(plugin))
                    .as(plugin)
                    .allMatch(
                            name -> name.startsWith("java.") || name.startsWith("org.dyadic.api"));
        }
    }

    @Test
    void emfXtextAndGuiceStayInTheLanguage() {
        for (Bundle bundle : Installed.own()) {
            if (!Installed.isLanguage(bundle)) {
                assertThat(Installed.imports(bundle))
                        .as(bundle.getSymbolicName())
                        .noneMatch(
                                name ->
                                        name.startsWith("org.eclipse.")
                                                || name.startsWith("com.google.inject")
                                                || name.startsWith("org.antlr."));
            }
        }
    }

    @Test
    void nobodyElseRequiresBundlesAndNobodyImportsDynamically() {
        for (Bundle bundle : Installed.own()) {
            if (!Installed.isLanguage(bundle)) {
                assertThat(bundle.getHeaders().get(Constants.REQUIRE_BUNDLE))
                        .as("Require-Bundle of " + bundle.getSymbolicName())
                        .isNull();
            }
            assertThat(bundle.getHeaders().get(Constants.DYNAMICIMPORT_PACKAGE))
                    .as("DynamicImport-Package of " + bundle.getSymbolicName())
                    .isNull();
        }
    }

    @Test
    void everyPackageADyadicBundleExportsHasAVersion() {
        for (Bundle bundle : Installed.own()) {
            String exports = bundle.getHeaders().get(Constants.EXPORT_PACKAGE);
            if (exports != null && !Installed.isLanguage(bundle)) {
                assertThat(exports).as(bundle.getSymbolicName()).contains("version=");
            }
        }
    }

    private static Set<String> imports(String shortName) {
        Bundle bundle =
                Installed.own().stream()
                        .filter(each -> shortName(each.getSymbolicName()).equals(shortName))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError(shortName + " is not installed"));
        return Installed.imports(bundle);
    }
}
