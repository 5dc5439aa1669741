package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.Severity;
import org.dyadic.api.experiment.Experiment;
import org.dyadic.api.experiment.NetworkUse;
import org.dyadic.api.experiment.PolicyUse;
import org.dyadic.api.experiment.QuantizerUse;
import org.dyadic.api.experiment.Rule;
import org.dyadic.api.experiment.Selector;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.Results;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.PluginFinding;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.api.workbench.Plugins;
import org.dyadic.api.workbench.Progress;
import org.dyadic.api.workbench.Workbench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Strangers' bundles, installed, replaced and removed in the framework that runs experiments. */
class PluginsTest {

    private static final Path HOME = Path.of(System.getProperty("dyadic.user.home"));
    private static final String NAME = "com.stranger.swap";
    private static final int SWAPS = Integer.getInteger("dyadic.test.swaps", 1_000);

    /** Levels -n, 0 and n, where n is in a file of the bundle, read by a class loaded late. */
    private static final String NUMBERED =
            """
            class Late {
                static Fit fit() {
                    try (var in = Late.class.getResourceAsStream("/number.txt")) {
                        int n = Integer.parseInt(new String(in.readAllBytes()));
                        var grid = new Grid(new Encoding.Uniform(12, true, 0), new int[] {-n, 0, n}, 0.001);
                        return Fit.of(grid, 0.1);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
            return Late.fit();
            """;

    @TempDir Path folder;
    private final Plugins plugins = service(Plugins.class);
    private final Workbench workbench = service(Workbench.class);
    private final Catalog catalog = service(Catalog.class);
    private final List<String> told = new ArrayList<>();

    private static <T> T service(Class<T> type) {
        var context = Installed.context();
        return context.getService(context.getServiceReference(type));
    }

    @BeforeEach
    @AfterEach
    void removeEverything() throws Exception {
        for (var bundle : plugins.installed()) {
            if (bundle.sha256().isPresent()) {
                plugins.remove(bundle.name());
            }
        }
        assertThat(numbers(NAME)).isZero();
    }

    private static long numbers(String name) {
        return Stream.of(Installed.context().getBundles())
                .filter(bundle -> name.equals(bundle.getSymbolicName()))
                .count();
    }

    private static Path api() {
        return Installed.own().stream()
                .filter(bundle -> bundle.getSymbolicName().equals("org.dyadic.api"))
                .map(Bundle::getLocation)
                .map(location -> Path.of(java.net.URI.create(location.replace("reference:", ""))))
                .findFirst()
                .orElseThrow();
    }

    private Path jar(int number) throws IOException {
        return numbered(number).write(folder.resolve("swap-" + number + ".jar"));
    }

    private static PluginJar numbered(int number) {
        return PluginJar.of(api(), NAME, "1.0." + number)
                .quantizer("swap", NUMBERED)
                .text("number.txt", "" + number);
    }

    private PluginBundle installed() {
        return plugins.installed().stream()
                .filter(bundle -> bundle.name().equals(NAME))
                .findFirst()
                .orElseThrow();
    }

    private static Experiment experiment(String quantizer) {
        var here = new Position("test.dyadic", 1, 1, 1);
        var use = new QuantizerUse(quantizer, Settings.none(), here);
        var rule =
                new Rule(List.of(new Selector.Every()), Optional.of(use), Optional.empty(), here);
        var network =
                Path.of(System.getProperty("dyadic.root"))
                        .resolve("examples/01-first-run/models/resnet8-fashion.onnx");
        return new Experiment(
                "Swapping",
                new NetworkUse(
                        "ResNet8", network.normalize(), NetworkUse.PARAMETERS.defaults(), here),
                Optional.empty(),
                List.of(new PolicyUse("Swap", Optional.empty(), List.of(rule), here)),
                List.of(),
                Optional.empty(),
                List.of(),
                Path.of("test.dyadic"),
                here);
    }

    private Results run(String quantizer) {
        return workbench.run(experiment(quantizer), 1, Progress.silent());
    }

    /** The number of the version that quantized every layer; fails if it was not one version. */
    private static int numberUsed(Results results) {
        var used =
                results.policies().get(0).layers().stream()
                        .map(layer -> layer.weights().levels())
                        .distinct()
                        .toList();
        assertThat(used).as("levels of all layers").hasSize(1);
        return used.get(0).get(2);
    }

    private static String versionNamed(Results results) {
        return results.provenance().plugins().stream()
                .filter(plugin -> plugin.kind() == PluginKind.QUANTIZER)
                .map(plugin -> plugin.bundle() + " " + plugin.version())
                .findFirst()
                .orElse("none");
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting until " + what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    // ---- what works

    @Test
    void anInstalledQuantizerRunsAtOnceAndIsNamedInTheProvenance() throws Exception {
        var bundles = plugins.install(jar(7).toString(), told::add);
        assertThat(bundles).singleElement().isEqualTo(installed());
        assertThat(installed().state()).isEqualTo(PluginBundle.State.RUNNING);
        assertThat(installed().provides()).containsExactly("quantizer swap");
        assertThat(catalog.find(PluginKind.QUANTIZER, "swap")).isPresent();
        var results = run("swap");
        assertThat(numberUsed(results)).isEqualTo(7);
        assertThat(versionNamed(results)).isEqualTo(NAME + " 1.0.7");
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsRemovedIsGoneFromTheCatalogTheDiskAndTheFramework() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        Path kept = Path.of(installed().file());
        plugins.remove(NAME);
        assertThat(catalog.find(PluginKind.QUANTIZER, "swap")).isEmpty();
        assertThat(kept).doesNotExist();
        assertThat(numbers(NAME)).isZero();
    }

    @Test
    void aDisabledPluginIsKeptAndCanBeEnabledAgain() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        assertThat(plugins.disable(NAME).state()).isEqualTo(PluginBundle.State.DISABLED);
        assertThat(catalog.find(PluginKind.QUANTIZER, "swap")).isEmpty();
        assertThat(installed().provides()).containsExactly("quantizer swap");
        assertThat(plugins.enable(NAME).state()).isEqualTo(PluginBundle.State.RUNNING);
        assertThat(numberUsed(run("swap"))).isEqualTo(1);
    }

    @Test
    void anUpdateTakesTheFileAgainOrAnother() throws Exception {
        Path source = jar(1);
        plugins.install(source.toString(), told::add);
        numbered(2).write(source);
        assertThat(plugins.update(NAME, "", told::add).get(0).version()).isEqualTo("1.0.2");
        assertThat(plugins.update(NAME, jar(3).toString(), told::add).get(0).version())
                .isEqualTo("1.0.3");
        assertThat(numberUsed(run("swap"))).isEqualTo(3);
        assertThat(numbers(NAME)).isOne();
        assertThat(told).isEmpty();
        plugins.update(NAME, "", told::add);
        assertThat(told).singleElement().asString().contains("1.0.3 is what", "holds already");
    }

    @Test
    void anotherBuildOfTheSameVersionReplacesIt() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        Path rebuilt = numbered(1).text("number.txt", "44").write(folder.resolve("rebuilt.jar"));
        plugins.update(NAME, rebuilt.toString(), told::add);
        assertThat(numberUsed(run("swap"))).isEqualTo(44);
        assertThat(numbers(NAME)).isOne();
    }

    @Test
    void bundlesOfAFolderThatNeedEachOtherAreInstalledTogether() throws Exception {
        Path together = folder.resolve("together");
        PluginJar.of(api(), "com.stranger.library", "1.0.0")
                .header("Import-Package", null)
                .header("Export-Package", "library;version=1.0")
                .source(
                        "library.Three",
                        "package library; public class Three { public static int N = 3; }")
                .write(together.resolve("b-library.jar"));
        numbered(3)
                .header(
                        "Import-Package",
                        "library;version=\"[1,2)\",org.dyadic.api.quant,org.dyadic.api.spec")
                .write(together.resolve("a-swap.jar"));
        assertThat(plugins.install(together.toString(), told::add)).hasSize(2);
        assertThat(numberUsed(run("swap"))).isEqualTo(3);
    }

    private Path feature(String version, Path swap, Path other) throws Exception {
        String bundle = "{\"id\": \"com.stranger:%s:1\", \"sha256\": \"%s\"}";
        return Files.writeString(
                folder.resolve("pair-" + version + ".json"),
                """
                {"feature-resource-version": "1.0", "id": "com.stranger:pair:%s",
                 "bundles": [%s, %s]}
                """
                        .formatted(
                                version,
                                bundle.formatted("swap", sha256(swap)),
                                bundle.formatted("other", sha256(other))));
    }

    private static String sha256(Path file) throws Exception {
        byte[] content = Files.readAllBytes(file);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    @Test
    void aFeatureThatCannotReplaceAnotherLeavesItRunning() throws Exception {
        Path swap = numbered(3).write(folder.resolve("swap-1.jar"));
        Path other = folder.resolve("other-1.jar");
        PluginJar.of(api(), "com.stranger.other", "1.0.0")
                .quantizer("other", NUMBERED)
                .write(other);
        plugins.install(feature("1.0.0", swap, other).toString(), told::add);
        PluginJar.of(api(), "com.stranger.other", "1.1.0").write(other);
        String next = feature("1.1.0", swap, other).toString();
        assertThatThrownBy(() -> plugins.update("pair", next, told::add))
                .isInstanceOf(PluginChangeException.class)
                .hasMessageContaining("com.stranger.other 1.1.0", "offers no plugin");
        assertThat(catalog.find(PluginKind.QUANTIZER, "other")).isPresent();
        assertThat(numberUsed(run("swap"))).isEqualTo(3);
        assertThat(plugins.installed())
                .filteredOn(bundle -> bundle.isCalled("com.stranger:pair:1.0.0"))
                .hasSize(2);
    }

    @Test
    void aJarInTheWatchedFolderComesAndGoes() throws Exception {
        try (var following = plugins.follow(told::add)) {
            Path dropped = numbered(5).write(HOME.resolve("plugins/dropped.jar"));
            await("it runs", () -> catalog.find(PluginKind.QUANTIZER, "swap").isPresent());
            assertThat(numberUsed(run("swap"))).isEqualTo(5);
            assertThat(installed().sha256()).isEmpty();
            assertThatThrownBy(() -> plugins.remove(NAME))
                    .isInstanceOf(PluginChangeException.class)
                    .hasMessageContaining("by hand");

            numbered(6).write(dropped);
            await("the new one runs", () -> installed().version().equals("1.0.6"));
            assertThat(numberUsed(run("swap"))).isEqualTo(6);

            Files.delete(dropped);
            await("it is gone", () -> catalog.find(PluginKind.QUANTIZER, "swap").isEmpty());
        }
        await("its bundle is gone", () -> numbers(NAME) == 0);
        assertThat(told)
                .containsExactly(
                        "plugin " + NAME + " 1.0.5 runs",
                        "plugin " + NAME + " 1.0.6 updated",
                        "plugin " + NAME + " 1.0.6 is gone");
    }

    // ---- what does not

    private void isRefused(Path source, String... words) {
        var before = plugins.installed();
        assertThatThrownBy(() -> plugins.install(source.toString(), told::add))
                .isInstanceOf(PluginChangeException.class)
                .message()
                .contains(words);
        assertThat(plugins.installed()).isEqualTo(before);
    }

    @Test
    void whatIsNoJarNoBundleOrNoPluginIsRefused() throws Exception {
        isRefused(folder.resolve("nothing.jar"), "there is no", "group:artifact:version");
        Path text = Files.writeString(folder.resolve("text.jar"), "hello");
        isRefused(text, "cannot be read as a jar");
        Path plain =
                PluginJar.of(api(), NAME, "1")
                        .header("Bundle-SymbolicName", null)
                        .write(folder.resolve("plain.jar"));
        isRefused(plain, "a plain jar, not an OSGi bundle", "bnd-maven-plugin");
        Path empty = PluginJar.of(api(), NAME, "1").write(folder.resolve("empty.jar"));
        isRefused(empty, "offers no plugin", "@QuantizerService");
        isRefused(Files.createDirectory(folder.resolve("none")), "holds no jar");
        assertThat(numbers(NAME)).isZero();
    }

    @Test
    void aBundleThatLacksAPackageIsToldWhichAndWhatIsThere() throws Exception {
        Path lacking =
                numbered(1)
                        .header("Import-Package", "no.such.pkg;version=\"[1.2,2)\"")
                        .write(folder.resolve("lacking.jar"));
        isRefused(
                lacking,
                "it needs the package no.such.pkg from version 1.2.0 below 2.0.0",
                "nothing installed provides");
        Path future =
                numbered(1)
                        .header("Import-Package", "org.dyadic.api.quant;version=\"[7,8)\"")
                        .write(folder.resolve("future.jar"));
        isRefused(
                future,
                "org.dyadic.api.quant from version 7.0.0 below 8.0.0, and there is version 0.",
                "of org.dyadic.api",
                "another version of Dyadic");
        assertThat(numbers(NAME)).isZero();
    }

    @Test
    void anImportOfTheApiWithoutEndIsTold() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        assertThat(plugins.examine()).isEmpty();
        Path open =
                numbered(2)
                        .header(
                                "Import-Package",
                                "org.dyadic.api.quant;version=\"0.1\","
                                        + "org.dyadic.api.spec;version=\"[0.1,0.2)\"")
                        .write(folder.resolve("open.jar"));
        plugins.update(NAME, open.toString(), told::add);
        assertThat(plugins.examine())
                .singleElement()
                .asString()
                .contains("any later version of org.dyadic.api.quant,", "[0.1,0.2)");
    }

    @Test
    void aBundleWithoutALibraryForThisMachineIsTold() throws Exception {
        Path other =
                numbered(1)
                        .text("libodd.so", "")
                        .header("Bundle-NativeCode", "libodd.so;osname=AIX;processor=ppc")
                        .write(folder.resolve("other.jar"));
        isRefused(other, "native libraries, but none for this machine");
    }

    @Test
    void whatIsInstalledAlreadyIsRefusedWithTheWayToReplaceIt() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        isRefused(jar(2), "version 1.0.1, and this is 1.0.2", "dyadic plugins update " + NAME);
        isRefused(jar(1), "in the same version 1.0.1");
        assertThat(numberUsed(run("swap"))).isEqualTo(1);
    }

    @Test
    void nobodyTakesTheNameOfADyadicBundle() throws Exception {
        isRefused(
                PluginJar.of(api(), "org.dyadic.quantizers", "9")
                        .quantizer("swap", NUMBERED)
                        .text("number.txt", "1")
                        .write(folder.resolve("usurper.jar")),
                "org.dyadic.quantizers",
                "give yours a name of its own");
    }

    @Test
    void anUpdateThatCannotRunLeavesTheOldOneRunning() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        Path lacking =
                numbered(2)
                        .header("Import-Package", "no.such.pkg")
                        .write(folder.resolve("lacking.jar"));
        assertThatThrownBy(() -> plugins.update(NAME, lacking.toString(), told::add))
                .hasMessageContaining("no.such.pkg");
        assertThat(numberUsed(run("swap"))).isEqualTo(1);
        assertThat(numbers(NAME)).isOne();
        assertThat(store()).hasSize(1);
    }

    private static List<Path> store() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("store"))) {
            return files.toList();
        }
    }

    @Test
    void whatCannotBeWrittenChangesNothing() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        String index = Files.readString(HOME.resolve("plugins.json"));
        // Where the next index would be written, nothing can be.
        Path inTheWay = Files.createDirectory(HOME.resolve("plugins.json.unfinished"));
        try {
            assertThatThrownBy(() -> plugins.update(NAME, jar(2).toString(), told::add))
                    .isInstanceOfSatisfying(
                            PluginChangeException.class,
                            failure -> assertThat(failure.asked()).isFalse());
            assertThatThrownBy(() -> plugins.remove(NAME)).hasMessageContaining("cannot remove");
        } finally {
            Files.delete(inTheWay);
        }
        assertThat(Files.readString(HOME.resolve("plugins.json"))).isEqualTo(index);
        assertThat(numberUsed(run("swap"))).isEqualTo(1);
        assertThat(store()).hasSize(1);
    }

    @Test
    void anUnknownNameIsToldTheNearest() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        assertThatThrownBy(() -> plugins.remove("com.stranger.swop"))
                .hasMessageContaining("Did you mean " + NAME);
        assertThatThrownBy(() -> plugins.disable("swap"))
                .hasMessageContaining("'swap' is offered by the bundle " + NAME);
    }

    // ---- the doctor

    private List<PluginFinding> findings() {
        return plugins.examine().stream()
                .filter(finding -> !finding.subject().contains("junit"))
                .toList();
    }

    @Test
    void aFileThatChangedIsFoundAndNotStartedAgain() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        assertThat(findings()).isEmpty();
        Files.write(Path.of(installed().file()), new byte[] {1, 2, 3});
        assertThat(findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                            assertThat(finding.finding())
                                    .contains("not the one that was installed", "SHA-256");
                            assertThat(finding.advice()).contains("dyadic plugins update " + NAME);
                        });
        plugins.disable(NAME);
        assertThatThrownBy(() -> plugins.enable(NAME))
                .hasMessageContaining("not the one that was installed");
        assertThat(installed().state()).isEqualTo(PluginBundle.State.FAILED);
        assertThat(plugins.update(NAME, "", told::add).get(0).state())
                .isEqualTo(PluginBundle.State.RUNNING);
    }

    @Test
    void ofTwoWithOneIdItIsToldWhoWinsAndWhy() throws Exception {
        plugins.install(
                PluginJar.of(api(), "com.stranger.upot", "3.0.0")
                        .quantizer("upot", "return new Fit.Unquantized();")
                        .write(folder.resolve("upot.jar"))
                        .toString(),
                told::add);
        assertThat(findings())
                .singleElement()
                .satisfies(
                        finding -> {
                            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                            assertThat(finding.subject()).isEqualTo("quantizer upot");
                            assertThat(finding.finding())
                                    .contains(
                                            "org.dyadic.quantizers",
                                            "which is used, and by com.stranger.upot 3.0.0",
                                            "it was there first");
                        });
    }

    @Test
    void aCallThatWouldEndTheProcessIsToldAtTheDoor() throws Exception {
        plugins.install(
                PluginJar.of(api(), NAME, "1")
                        .quantizer("swap", "Runtime.getRuntime().halt(3); return null;")
                        .write(folder.resolve("halts.jar"))
                        .toString(),
                told::add);
        assertThat(told)
                .singleElement()
                .asString()
                .contains("warning:", "Runtime.halt in stranger.Swap");
        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.finding()).contains("Runtime.halt"));
    }

    // ---- isolation

    private Outcome.Broken broken(String body) throws Exception {
        plugins.install(
                PluginJar.of(api(), NAME, "1.2.3")
                        .quantizer("swap", body)
                        .write(folder.resolve("odd.jar"))
                        .toString(),
                told::add);
        var outcome = run("swap").outcomes().get(0);
        assertThat(outcome).isInstanceOf(Outcome.Broken.class);
        return (Outcome.Broken) outcome;
    }

    @Test
    void aPluginThatWouldEndTheProcessIsBrokenInstead() throws Exception {
        var broken = broken("if (observed != null) { System.exit(3); } return null;");
        assertThat(broken.plugin()).isEqualTo("quantizer swap (" + NAME + " 1.2.3)");
        assertThat(broken.reason()).contains("tried to end the process with System.exit(3)");
    }

    @Test
    void aPluginThatLoopsForEverIsBrokenInTime() throws Exception {
        System.setProperty("dyadic.plugin.timeout", "0.3");
        try {
            var broken =
                    broken(
                            "while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }"
                                    + " return null;");
            assertThat(broken.plugin()).contains(NAME + " 1.2.3");
            assertThat(broken.reason()).contains("did not answer within 0.3 s");
        } finally {
            System.clearProperty("dyadic.plugin.timeout");
        }
    }

    @Test
    void aPluginThatAllocatesWithoutEndIsBroken() throws Exception {
        var broken = broken("return Fit.of(null, new long[1 << 30].length);");
        assertThat(broken.reason()).contains("ran out of memory");
    }

    // ---- swapping

    @Test
    void aRunEndsWithTheVersionItBeganWith() throws Exception {
        plugins.install(jar(1).toString(), told::add);
        var begun = plugins.lease(); // what a run takes
        try {
            var quantizer =
                    Installed.context()
                            .getServiceReferences(Quantizer.class, "(quantizer.id=swap)")
                            .stream()
                            .map(Installed.context()::getService)
                            .findFirst()
                            .orElseThrow();
            plugins.update(NAME, jar(2).toString(), told::add);
            // Neither its second class nor its file was loaded before it was replaced.
            assertThat(quantizer.fit(null, null).grid().orElseThrow().max()).isEqualTo(1);
            assertThat(numberUsed(run("swap"))).isEqualTo(2);
            assertThat(numbers(NAME)).isEqualTo(2);
        } finally {
            begun.close();
        }
        assertThat(numbers(NAME)).isOne();
    }

    @Test
    void aThousandSwapsUnderLoadTearNothingAndLeakNothing() throws Exception {
        int bundlesBefore = Installed.context().getBundles().length;
        plugins.install(jar(1).toString(), told::add);
        var stop = new AtomicBoolean();
        var runs = new AtomicInteger();
        var failures = new ConcurrentLinkedQueue<String>();
        var load = new ArrayList<Thread>();
        for (int i = 0; i < 2; i++) {
            var thread =
                    new Thread(
                            () -> {
                                while (!stop.get()) {
                                    try {
                                        var results = run("swap");
                                        String expected = NAME + " 1.0." + numberUsed(results);
                                        if (!versionNamed(results).equals(expected)) {
                                            failures.add(
                                                    versionNamed(results) + " for " + expected);
                                        }
                                        runs.incrementAndGet();
                                    } catch (Throwable e) {
                                        failures.add(e.toString());
                                    }
                                }
                            });
            thread.start();
            load.add(thread);
        }
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        var heaps = new ArrayList<Long>();
        long began = System.nanoTime();
        try {
            for (int number = 2; number <= SWAPS + 1; number++) {
                Path next = jar(number);
                plugins.update(NAME, next.toString(), told::add);
                Files.delete(next);
                loaders.add(new WeakReference<>(loader()));
                if (number % 200 == 0) {
                    heaps.add(heapInUse());
                }
            }
        } finally {
            stop.set(true);
            for (var thread : load) {
                thread.join();
            }
        }
        double seconds = (System.nanoTime() - began) * 1e-9;
        assertThat(failures).isEmpty();
        assertThat(runs.get()).as("runs under way meanwhile").isGreaterThan(SWAPS / 100);
        assertThat(numbers(NAME)).isOne();
        assertThat(Installed.context().getBundles()).hasSize(bundlesBefore + 1);
        await("all class loaders but the last are collected", () -> alive(loaders) <= 1);
        heaps.add(heapInUse());
        System.out.printf(
                "%d swaps in %.1f s under %d runs; heap in MB %s%n",
                SWAPS, seconds, runs.get(), heaps.stream().map(bytes -> bytes >> 20).toList());
        // The first figures still see code being compiled and caches being filled.
        assertThat(heaps.get(heaps.size() - 1)).isLessThan(heaps.get(0) + (16L << 20));
    }

    private static ClassLoader loader() throws Exception {
        var context = Installed.context();
        var reference =
                context.getServiceReferences(Quantizer.class, "(quantizer.id=swap)").stream()
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        var loader = context.getService(reference).getClass().getClassLoader();
        context.ungetService(reference);
        return loader;
    }

    private static long alive(List<WeakReference<ClassLoader>> loaders) {
        System.gc();
        return loaders.stream().filter(loader -> loader.get() != null).count();
    }

    private static long heapInUse() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
