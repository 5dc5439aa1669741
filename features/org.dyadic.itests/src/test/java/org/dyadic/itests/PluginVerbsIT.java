package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dyadic plugins}, one process after another, and a Maven repository on this machine. */
@Timeout(180)
class PluginVerbsIT {
    private static final Path HOME = Path.of(System.getProperty("dyadic.distribution"));
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
    private static final String NAME = "com.stranger.one";
    private static final String COORDINATES = "com.stranger:one:1.0.0";
    private static final String REMOTE = "/com/stranger/one/1.0.0/one-1.0.0.jar";

    @TempDir Path folder;
    private final Map<String, byte[]> served = new HashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    requests.add(path);
                    byte[] body = served.get(path);
                    exchange.sendResponseHeaders(
                            body == null ? 404 : 200, body == null ? -1 : body.length);
                    if (body != null) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private record Ended(int code, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private Ended plugins(Object... arguments) throws Exception {
        var words = new ArrayList<>(List.of(JAVA.toString(), "-cp", HOME + "/lib/*"));
        if (Runtime.version().feature() >= 23) {
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("--enable-native-access=ALL-UNNAMED");
        }
        words.add("-Dmaven.repo.local=" + folder.resolve("m2"));
        words.add("org.dyadic.launcher.Main");
        words.add("plugins");
        Stream.of(arguments).map(Object::toString).forEach(words::add);
        var out = folder.resolve("out").toFile();
        var err = folder.resolve("err").toFile();
        var builder =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectOutput(out)
                        .redirectError(err);
        builder.environment().put("DYADIC_USER_HOME", userHome().toString());
        builder.environment()
                .put(
                        "DYADIC_MAVEN_REPOSITORY",
                        "http://127.0.0.1:" + server.getAddress().getPort());
        var process = builder.start();
        boolean ended = process.waitFor(60, SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("ends by itself").isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out.toPath()),
                Files.readString(err.toPath()));
    }

    private Path userHome() {
        return folder.resolve("user home");
    }

    private static Path api() throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve("bundles"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("org.dyadic.api-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path jar(String version) throws IOException {
        return PluginJar.of(api(), NAME, version)
                .quantizer("one", "return Fit.of(Grid.of(new Encoding.Uniform(4, true, 0), 1), 0);")
                .write(folder.resolve("one.jar"));
    }

    private void publish(byte[] jar, String algorithm, byte[] summed) throws Exception {
        served.put(REMOTE, jar);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(summed));
        String suffix = "." + algorithm.toLowerCase().replace("-", "");
        served.put(REMOTE + suffix, (sum + "  one-1.0.0.jar\n").getBytes());
    }

    @Test
    void whatOneProcessInstallsTheNextOnesHave() throws Exception {
        Ended installed = plugins("install", jar("1.0.0"));
        assertThat(installed.err()).isEmpty();
        assertThat(installed.out()).isEqualTo("installed " + NAME + " 1.0.0: quantizer one\n");

        var list = plugins("list", "--json").json();
        assertThat(list.getAsJsonArray("plugins").toString()).contains("\"id\":\"one\"");
        var bundle = list.getAsJsonArray("bundles").get(0).getAsJsonObject();
        assertThat(bundle.get("state").getAsString()).isEqualTo("running");
        assertThat(bundle.get("sha256").getAsString()).hasSize(64);

        assertThat(plugins("disable", NAME).out()).startsWith("disabled " + NAME);
        assertThat(plugins("info", "one").code()).isEqualTo(3);
        assertThat(plugins("enable", NAME).code()).isZero();
        assertThat(plugins("info", "one").out()).contains("from " + NAME + " 1.0.0");

        jar("1.1.0");
        assertThat(plugins("update").out()).isEqualTo("now " + NAME + " 1.1.0: quantizer one\n");
        assertThat(plugins("remove", NAME).out()).startsWith("removed " + NAME + " 1.1.0");
        assertThat(plugins("list", "--json").json().getAsJsonArray("bundles")).isEmpty();
    }

    @Test
    void whatAPluginPrintsIsNoResult() throws Exception {
        Path loud =
                PluginJar.of(api(), NAME, "1.0.0")
                        .quantizer("one", "return null; } { System.out.println(\"look at me\");")
                        .write(folder.resolve("loud.jar"));
        plugins("install", loud);
        Ended list = plugins("list", "--json");
        assertThat(list.json().getAsJsonArray("bundles")).hasSize(1);
        assertThat(list.err()).contains("look at me");
    }

    @Test
    void aChangedJarIsLeftOutAtTheStartAndTheDoctorSaysWhatToDo() throws Exception {
        plugins("install", jar("1.0.0"));
        try (Stream<Path> files = Files.list(userHome().resolve("store"))) {
            Files.write(files.findFirst().orElseThrow(), new byte[100]);
        }
        Ended list = plugins("list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("failed").doesNotContain("a stranger's");
        assertThat(list.err()).startsWith("dyadic: warning: plugin " + NAME + " 1.0.0 is left out");
        Ended doctor = plugins("doctor");
        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.out()).contains("not the one that was installed", "plugins update");
        assertThat(plugins("update", NAME).code()).isZero();
        Ended healed = plugins("doctor");
        assertThat(healed.out()).isEqualTo("every plugin is well\n");
        assertThat(healed.err()).isEmpty();
    }

    @Test
    void aDamagedIndexIsToldAndHindersNobody() throws Exception {
        Files.createDirectories(userHome());
        Files.writeString(userHome().resolve("plugins.json"), "{\"schema\": 1, \"plug");
        Ended list = plugins("list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("upot");
        assertThat(list.err()).contains("plugins.json is damaged; move it away");
        assertThat(plugins("install", jar("1.0.0")).code()).isEqualTo(4);
        assertThat(userHome().resolve("plugins.json")).hasContent("{\"schema\": 1, \"plug");
    }

    @Test
    void aJarInTheFolderRunsAndABadOneIsNamed() throws Exception {
        Path dropped = Files.createDirectories(userHome().resolve("plugins"));
        Files.move(jar("1.0.0"), dropped.resolve("one.jar"));
        Files.writeString(dropped.resolve("bad.jar"), "hello");
        Ended list = plugins("list");
        assertThat(list.out()).contains(NAME, "quantizer one");
        assertThat(list.err()).contains("bad.jar", "cannot be read as a jar");
        assertThat(plugins("doctor").out()).contains("error: " + dropped.resolve("bad.jar"));
    }

    @Test
    void coordinatesAreDownloadedAndTheirChecksumCompared() throws Exception {
        byte[] jar = Files.readAllBytes(jar("1.0.0"));
        publish(jar, "SHA-1", jar);
        Ended installed = plugins("install", COORDINATES);
        assertThat(installed.code()).isZero();
        assertThat(installed.err())
                .matches(
                        "dyadic: downloading http://127.0.0.1:\\d+"
                                + REMOTE.replace(".", "\\.")
                                + " \\(\\d+\\.\\d kB\\)\n");
        assertThat(plugins("info", NAME).out()).contains("from " + COORDINATES);
        assertThat(requests).containsExactly(REMOTE, REMOTE + ".sha256", REMOTE + ".sha1");
    }

    @Test
    void aDownloadWithAnotherChecksumOrNoneIsNotInstalled() throws Exception {
        byte[] jar = Files.readAllBytes(jar("1.0.0"));
        publish(jar, "SHA-256", new byte[] {1});
        Ended wrong = plugins("install", COORDINATES);
        assertThat(wrong.code()).isEqualTo(4);
        assertThat(wrong.err()).contains("does not have the checksum published beside it");
        served.remove(REMOTE + ".sha256");
        Ended none = plugins("install", COORDINATES);
        assertThat(none.code()).isEqualTo(4);
        assertThat(none.err()).contains("no checksum is published beside");
        assertThat(plugins("list", "--json").json().getAsJsonArray("bundles")).isEmpty();
    }

    @Test
    void whatTheLocalRepositoryHasIsNotDownloaded() throws Exception {
        Path local = folder.resolve("m2" + REMOTE);
        Files.createDirectories(local.getParent());
        Files.move(jar("1.0.0"), local);
        Ended installed = plugins("install", COORDINATES);
        assertThat(installed.out()).startsWith("installed " + NAME);
        assertThat(requests).isEmpty();
    }

    /** A quantizer of a stranger, as a bundle of a feature. */
    private Path member(String id) throws IOException {
        return PluginJar.of(api(), "com.stranger." + id, "1.0.0")
                .quantizer(id, "return Fit.of(Grid.of(new Encoding.Uniform(4, true, 0), 1), 0);")
                .write(folder.resolve(id + "-1.0.0.jar"));
    }

    private Path feature(Path... jars) throws Exception {
        return feature("1.0.0", jars);
    }

    private Path feature(String version, Path... jars) throws Exception {
        var bundles = new ArrayList<String>();
        for (Path jar : jars) {
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            bundles.add(
                    "{\"id\": \"com.stranger:%s:1.0.0\", \"sha256\": \"%s\"}"
                            .formatted(
                                    jar.getFileName().toString().replace("-1.0.0.jar", ""),
                                    HexFormat.of().formatHex(digest)));
        }
        return Files.writeString(
                folder.resolve("pair-" + version + ".json"),
                """
                {"feature-resource-version": "1.0", "id": "com.stranger:pair:%s",
                 "bundles": [%s]}
                """
                        .formatted(version, String.join(", ", bundles)));
    }

    @Test
    void aFeatureIsInstalledShownAndRemovedAsOne() throws Exception {
        Path feature = feature(member("left"), member("right"));
        Ended installed = plugins("install", feature);
        assertThat(installed.err()).isEmpty();
        assertThat(installed.out())
                .isEqualTo(
                        "installed com.stranger.left 1.0.0: quantizer left\n"
                                + "installed com.stranger.right 1.0.0: quantizer right\n");
        assertThat(plugins("info", "pair").out())
                .contains("com.stranger.left", "com.stranger.right")
                .contains("of the feature com.stranger:pair:1.0.0");
        assertThat(plugins("update", "com.stranger.left").err())
                .contains("is part of the feature com.stranger:pair:1.0.0")
                .contains("dyadic plugins update pair FEATURE.json");
        assertThat(plugins("remove", "pair").out().lines()).hasSize(2);
        assertThat(plugins("list", "--json").json().getAsJsonArray("bundles")).isEmpty();
    }

    @Test
    void aFeatureIsReplacedAsAWhole() throws Exception {
        plugins("install", feature("1.0.0", member("left"), member("right")));
        assertThat(plugins("update", "pair").err()).contains("name the file");
        Path member = member("left");
        assertThat(plugins("update", "pair", member).err())
                .contains("is no feature, not a version of com.stranger:pair:1.0.0");
        Path next = feature("1.1.0", member, member("third"));
        Ended updated = plugins("update", "pair", next);
        assertThat(updated.out())
                .isEqualTo(
                        "now com.stranger.left 1.0.0: quantizer left\n"
                                + "now com.stranger.third 1.0.0: quantizer third\n");
        assertThat(updated.err()).contains("plugin com.stranger.right 1.0.0 is gone");
        assertThat(plugins("info", "pair").out())
                .contains("com.stranger.left", "com.stranger.third")
                .contains("of the feature com.stranger:pair:1.1.0")
                .doesNotContain("com.stranger.right");
        assertThat(plugins("update", "pair", next).err()).contains("holds already");
        Files.write(folder.resolve("third-1.0.0.jar"), new byte[] {1, 2, 3});
        assertThat(plugins("update", "pair", next).code()).isEqualTo(1);
        assertThat(plugins("list", "--json").json().getAsJsonArray("bundles")).hasSize(2);
    }

    @Test
    void ofAFeatureWithOneWrongBundleNothingIsInstalled() throws Exception {
        Path right = member("right");
        Path feature = feature(member("left"), right);
        Files.write(right, Files.readAllBytes(member("left")));
        Ended wrong = plugins("install", feature);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("right-1.0.0.jar is not the bundle that the feature");
        assertThat(plugins("list", "--json").json().getAsJsonArray("bundles")).isEmpty();
        assertThat(requests).as("a feature downloads nothing").isEmpty();
    }

    @Test
    void coordinatesThatNobodyHasAndANetworkThatIsAwayAreTold() throws Exception {
        Ended unknown = plugins("install", "com.stranger:none:1.0.0");
        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("there is no com.stranger:none:1.0.0", "group:artifact");
        server.stop(0);
        Ended offline = plugins("install", COORDINATES);
        assertThat(offline.code()).isEqualTo(4);
        assertThat(offline.err()).contains("cannot be downloaded", "is the network there?");
        assertThat(offline.err().lines()).hasSize(1);
    }
}
