package org.dyadic.plugins;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dyadic.api.workbench.PluginChangeException;

/**
 * A jar by its Maven coordinates, and where to get it: from the local repository, or a remote one.
 */
record MavenArtifact(String group, String name, String version) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.+-]+");
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2/";
    private static final int PATIENCE_MILLIS = 20_000;

    /** Parses {@code group:artifact:version}; empty if it is something else. */
    static Optional<MavenArtifact> parse(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        boolean usual = parts.length == 3;
        for (String part : parts) {
            usual &= WORD.matcher(part).matches() && !part.contains("..");
        }
        return usual
                ? Optional.of(new MavenArtifact(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    private String path() {
        return group.replace('.', '/')
                + "/"
                + name
                + "/"
                + version
                + "/"
                + name
                + "-"
                + version
                + ".jar";
    }

    /** {@code -Dmaven.repo.local}, else where Maven keeps it. */
    private static Path local() {
        String named = System.getProperty("maven.repo.local");
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".m2", "repository");
    }

    /** {@code -Ddyadic.maven.repository}, else DYADIC_MAVEN_REPOSITORY, else Maven Central. */
    private static String remote() {
        String named = System.getProperty("dyadic.maven.repository");
        if (named == null) {
            named = System.getenv("DYADIC_MAVEN_REPOSITORY");
        }
        String address = named == null || named.isBlank() ? CENTRAL : named;
        return address.endsWith("/") ? address : address + "/";
    }

    /** The jar as it lies in a folder, or in the local repository. */
    Optional<Path> nearby(Path folder) {
        return Stream.of(folder.resolve(name + "-" + version + ".jar"), local().resolve(path()))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The jar; downloaded to a file if the local repository has none.
     *
     * @param download where a download goes
     * @param told takes the address and the size before a download
     */
    Path get(Path download, Consumer<String> told) throws PluginChangeException {
        Path local = local().resolve(path());
        if (Files.isRegularFile(local)) {
            return local;
        }
        if (version.endsWith("-SNAPSHOT")) {
            throw new PluginChangeException(
                    true,
                    this
                            + " is a snapshot, and "
                            + local
                            + " does not exist; build it with 'mvn install' first");
        }
        String address = remote() + path();
        try {
            fetch(address, download, told);
            verify(address, download);
            return download;
        } catch (FileNotFoundException absent) {
            throw new PluginChangeException(
                    true,
                    "there is no "
                            + this
                            + ": neither "
                            + local
                            + " nor "
                            + address
                            + " exists; check the coordinates, which are group:artifact:version");
        } catch (IOException e) {
            throw new PluginChangeException(
                    false,
                    this
                            + " is not in "
                            + local()
                            + ", and cannot be downloaded from "
                            + address
                            + " ("
                            + describe(e)
                            + "); is the network there? A jar on this disk can be installed without");
        }
    }

    private static String describe(IOException e) {
        String name = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        return e.getMessage() == null ? name : name + ": " + e.getMessage();
    }

    private static void fetch(String address, Path to, Consumer<String> told) throws IOException {
        URLConnection connection = open(address);
        try (InputStream in = connection.getInputStream()) {
            long size = connection.getContentLengthLong();
            told.accept(
                    "downloading "
                            + address
                            + (size < 0
                                    ? " (of unknown size)"
                                    : String.format(Locale.ROOT, " (%.1f kB)", size / 1e3)));
            Home.write(to, in::transferTo);
            if (size >= 0 && Files.size(to) != size) {
                throw new IOException(
                        "it ended after " + Files.size(to) + " of " + size + " bytes");
            }
        }
    }

    private static URLConnection open(String address) throws IOException {
        URLConnection connection = URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        if (connection instanceof HttpURLConnection http && http.getResponseCode() == 404) {
            throw new FileNotFoundException(address);
        }
        return connection;
    }

    /** Compares with the checksum published beside it, the strongest there is. */
    private void verify(String address, Path file) throws IOException, PluginChangeException {
        String[][] kinds = {{".sha256", "SHA-256"}, {".sha1", "SHA-1"}};
        for (String[] kind : kinds) {
            String published;
            try (InputStream in = open(address + kind[0]).getInputStream()) {
                published = new String(in.readNBytes(1_000), StandardCharsets.US_ASCII);
            } catch (FileNotFoundException absent) {
                continue;
            }
            String expected = published.strip().split("\\s+")[0].toLowerCase(Locale.ROOT);
            String actual = Checksum.of(kind[1], file);
            if (!actual.equals(expected)) {
                Files.delete(file);
                throw new PluginChangeException(
                        false,
                        address
                                + " does not have the checksum published beside it ("
                                + kind[1]
                                + " "
                                + actual
                                + ", published "
                                + expected
                                + "); nothing was installed. Try again, and distrust the repository"
                                + " if it stays so");
            }
            return;
        }
        Files.delete(file);
        throw new PluginChangeException(
                false,
                "no checksum is published beside "
                        + address
                        + ", so it was not installed; download it yourself and install the file");
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}
