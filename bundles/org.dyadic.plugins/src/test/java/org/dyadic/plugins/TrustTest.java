package org.dyadic.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.dyadic.api.workbench.PluginChangeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and signatures are made by the tools of the JDK, as an author would. */
class TrustTest {

    @TempDir private static Path keys;
    @TempDir private Path folder;
    private final List<String> told = new ArrayList<>();
    private Trust trust;
    private Path jar;

    @BeforeAll
    static void makeAKey() throws Exception {
        tool(
                "keytool -genkeypair -alias ada -dname CN=Ada -keyalg EC -storepass secret"
                        + " -keystore keys.p12");
        tool(
                "keytool -exportcert -rfc -alias ada -storepass secret -keystore keys.p12"
                        + " -file ada.pem");
    }

    private static void tool(String line) throws Exception {
        var words = new ArrayList<>(List.of(line.split(" ")));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", words.get(0)).toString());
        var process =
                new ProcessBuilder(words)
                        .directory(keys.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @BeforeEach
    void makeAJar() throws IOException {
        trust = new Trust(folder.resolve("trusted"));
        jar = folder.resolve("pot.jar");
        write(Map.of("one.txt", "one", "two.txt", "two"));
    }

    private void write(Map<String, String> entries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void sign() throws Exception {
        tool("jarsigner -keystore keys.p12 -storepass secret " + jar + " ada");
    }

    /** Another content for one entry, with all the rest as it is; an entry is added if absent. */
    private void replace(String name, String content) throws IOException {
        Path changed = folder.resolve("changed.jar");
        boolean found = false;
        try (var in = new ZipInputStream(Files.newInputStream(jar));
                OutputStream file = Files.newOutputStream(changed);
                var out = new JarOutputStream(file)) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                found |= entry.getName().equals(name);
                out.write(entry.getName().equals(name) ? content.getBytes() : in.readAllBytes());
            }
            if (!found) {
                out.putNextEntry(new ZipEntry(name));
                out.write(content.getBytes());
            }
        }
        Files.move(changed, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private void trustAda() throws IOException {
        Files.createDirectories(trust.folder());
        Files.copy(keys.resolve("ada.pem"), trust.folder().resolve("ada.pem"));
    }

    private void requireSignatures() throws IOException {
        Files.createDirectories(trust.folder());
        Files.createFile(trust.folder().resolve("required"));
    }

    private void check() throws PluginChangeException {
        trust.check(jar, "pot 1.0", told::add);
    }

    @Test
    void withoutAnyTrustAnUnsignedJarIsTakenWithoutAWord() throws Exception {
        check();
        assertThat(told).isEmpty();
    }

    @Test
    void whoSomebodyTrustsIsNamedAndAStrangerToo() throws Exception {
        sign();
        check();
        assertThat(told).singleElement().asString().contains("CN=Ada, whom you do not trust");
        told.clear();
        trustAda();
        check();
        assertThat(told).containsExactly("pot 1.0 is signed by CN=Ada, whom you trust");
    }

    @Test
    void whereSomebodyIsTrustedAnUnsignedJarIsTold() throws Exception {
        trustAda();
        check();
        assertThat(told).containsExactly("pot 1.0 is not signed");
    }

    @Test
    void whereSignaturesAreRequiredOnlyATrustedOneWillDo() throws Exception {
        requireSignatures();
        assertThatThrownBy(this::check).hasMessageContaining("pot 1.0 is not signed, and only");
        sign();
        assertThatThrownBy(this::check)
                .hasMessageContaining("CN=Ada, of whom no valid certificate");
        trustAda();
        check();
        assertThat(told).containsExactly("pot 1.0 is signed by CN=Ada, whom you trust");
    }

    @Test
    void aChangedEntryBreaksTheSignatureAndIsAlwaysRefused() throws Exception {
        sign();
        replace("two.txt", "too");
        assertThatThrownBy(this::check)
                .isInstanceOf(PluginChangeException.class)
                .hasMessageContaining("the signature of pot 1.0 is broken");
    }

    @Test
    void anEntryThatWasAddedIsNotCoveredAndRefused() throws Exception {
        sign();
        replace("three.txt", "three");
        assertThatThrownBy(this::check).hasMessageContaining("does not cover every file");
    }

    @Test
    void whatIsNoCertificateIsTold() throws Exception {
        Files.createDirectories(trust.folder());
        Files.writeString(trust.folder().resolve("ada.pem"), "hello");
        assertThatThrownBy(this::check).hasMessageContaining("ada.pem is no certificate");
    }
}
