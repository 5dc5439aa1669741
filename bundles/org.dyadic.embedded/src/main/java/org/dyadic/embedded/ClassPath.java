package org.dyadic.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * The bundles on a class path, as modules that the framework connects to (OSGi core, chapter 60):
 * it reads their entries, and their classes come from the one class loader that has them.
 */
final class ClassPath implements ModuleConnector {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** Frameworks; the one that runs has its packages in the class loader already. */
    private static final Set<String> FRAMEWORKS =
            Set.of("org.apache.felix.framework", "org.eclipse.osgi");

    private final ClassLoader loader;
    private final Map<String, URL> manifests = new LinkedHashMap<>();

    ClassPath(ClassLoader loader) {
        this.loader = loader;
        var names = new HashSet<>(FRAMEWORKS);
        try {
            for (var manifest : Collections.list(loader.getResources(MANIFEST))) {
                var name = symbolicName(manifest);
                // Of two jars with one name, the first is the one whose classes the loader has.
                if (name.isPresent() && names.add(name.get())) {
                    manifests.put("classpath:" + name.get(), manifest);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the class path: " + e.getMessage(), e);
        }
    }

    private static Optional<String> symbolicName(URL manifest) throws IOException {
        try (InputStream in = manifest.openStream()) {
            var name = new Manifest(in).getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            return Optional.ofNullable(name).map(whole -> whole.split(";")[0].strip());
        }
    }

    /** Where the framework finds each bundle. */
    Set<String> locations() {
        return manifests.keySet();
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {}

    @Override
    public Optional<ConnectModule> connect(String location) {
        return Optional.ofNullable(manifests.get(location)).map(url -> () -> new Content(url));
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }

    /** What a jar or a folder of classes holds. */
    private final class Content implements ConnectContent {

        private final URL manifest;
        private FileSystem jar;
        private Path root;

        Content(URL manifest) {
            this.manifest = manifest;
        }

        @Override
        public void open() throws IOException {
            try {
                var text = manifest.toURI().toString();
                if (text.startsWith("jar:")) {
                    var file = URI.create(text.substring("jar:".length(), text.indexOf("!/")));
                    jar = FileSystems.newFileSystem(Path.of(file));
                    root = jar.getPath("/");
                } else {
                    root = Path.of(manifest.toURI()).getParent().getParent();
                }
            } catch (URISyntaxException e) {
                throw new IOException("no place of a jar: " + manifest, e);
            }
        }

        @Override
        public void close() throws IOException {
            if (jar != null) {
                jar.close();
            }
        }

        @Override
        public Optional<Map<String, String>> getHeaders() {
            return Optional.empty(); // the framework reads them in the manifest
        }

        @Override
        public Iterable<String> getEntries() throws IOException {
            List<String> names = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root)) {
                for (var file : files.filter(one -> !one.equals(root)).toList()) {
                    var name = root.relativize(file).toString().replace(File.separatorChar, '/');
                    names.add(Files.isDirectory(file) && !name.endsWith("/") ? name + "/" : name);
                }
            }
            return names;
        }

        @Override
        public Optional<ConnectEntry> getEntry(String path) {
            var file = root.resolve(path.startsWith("/") ? path.substring(1) : path);
            return Files.exists(file) ? Optional.of(new Entry(path, file)) : Optional.empty();
        }

        @Override
        public Optional<ClassLoader> getClassLoader() {
            return Optional.of(loader);
        }
    }

    private record Entry(String name, Path file) implements ConnectContent.ConnectEntry {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public long getContentLength() {
            try {
                return Files.size(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public long getLastModified() {
            try {
                return Files.getLastModifiedTime(file).toMillis();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
