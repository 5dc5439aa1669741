package org.dyadic.lang.ide;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.experiment.Reading;
import org.dyadic.api.workbench.Catalog;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.lang.checks.Checks;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.source.Sources;
import org.dyadic.lang.source.VisibleNames;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.SourceFile;

/**
 * The files an editor works on: as they are in it while open, and as they are saved otherwise. What
 * is known of a file is kept until something it rests on changes. For one thread.
 */
final class Workspace implements Sources {

    /** Programs that are kept parsed. */
    private static final int KEPT = 128;

    /** A folder with more than so many entries is no project; somebody opened a whole disk. */
    private static final int MOST_ENTRIES = 50_000;

    private final Language language = new Language();
    private final Catalog catalog;
    private final Map<Path, Document> open = new LinkedHashMap<>();
    private final Map<Path, Saved> saved = new HashMap<>();
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Path> found = new LinkedHashSet<>();
    private final Map<Path, Known> programs =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
                    return size() > KEPT;
                }
            };

    /** A file on the disk and when it was read. */
    private record Saved(Stamp stamp, Document document) {}

    /** Tells whether a file on the disk is still the same. */
    private record Stamp(long time, long size) {
        static Stamp of(Path path) {
            try {
                var attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Stamp(attributes.lastModifiedTime().toMillis(), attributes.size());
            } catch (IOException | SecurityException e) {
                return new Stamp(-1, -1); // there is no such file
            }
        }
    }

    /** A program, what each file it rests on was, and what was found in it with which plugins. */
    private static final class Known {
        private final Program program;
        private final Map<Path, Object> seen = new HashMap<>();
        private List<PluginInfo> plugins;
        private Reading reading;

        Known(Program program) {
            this.program = program;
        }
    }

    Workspace(Catalog catalog) {
        this.catalog = catalog;
    }

    Language language() {
        return language;
    }

    Catalog catalog() {
        return catalog;
    }

    // ---- files

    void open(Path path, String text) {
        open.put(path, new Document(new SourceFile(path, text), language));
        found.add(path);
    }

    void close(Path path) {
        open.remove(path);
    }

    boolean isOpen(Path path) {
        return open.containsKey(path);
    }

    Collection<Document> openDocuments() {
        return List.copyOf(open.values());
    }

    void addFolder(Path folder) {
        folders.add(folder);
        look(folder);
    }

    void removeFolder(Path folder) {
        folders.remove(folder);
        found.removeIf(path -> path.startsWith(folder) && !open.containsKey(path));
    }

    /** Something happened to a file on the disk. */
    void touched(Path path) {
        if (Files.exists(path) && folders.stream().anyMatch(path::startsWith)) {
            found.add(path);
        }
    }

    /** Every program of the folders, and those that are open. */
    List<Path> files() {
        found.removeIf(path -> !open.containsKey(path) && !Files.exists(path));
        return List.copyOf(found);
    }

    private void look(Path folder) {
        var left = new int[] {MOST_ENTRIES};
        try {
            Files.walkFileTree(
                    folder,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path visited, BasicFileAttributes attributes) {
                            String name = String.valueOf(visited.getFileName());
                            boolean uninteresting =
                                    name.startsWith(".")
                                            || Set.of("target", "node_modules", "runs")
                                                    .contains(name);
                            return uninteresting && !visited.equals(folder)
                                    ? FileVisitResult.SKIP_SUBTREE
                                    : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(
                                Path file, BasicFileAttributes attributes) {
                            if (file.toString().endsWith(".dyadic")) {
                                found.add(file);
                            }
                            return --left[0] > 0
                                    ? FileVisitResult.CONTINUE
                                    : FileVisitResult.TERMINATE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException | SecurityException e) {
            // A folder that cannot be read has no programs that could.
        }
    }

    /** The text of a file, open or saved. */
    Document document(Path path) throws UnreadableFileException {
        var editing = open.get(path);
        if (editing != null) {
            return editing;
        }
        var stamp = Stamp.of(path);
        var known = saved.get(path);
        if (known == null || !known.stamp().equals(stamp)) {
            known = new Saved(stamp, new Document(SourceFile.read(path), language));
            saved.put(path, known);
        }
        return known.document();
    }

    /** The same, or nothing if the file cannot be read. */
    Optional<Document> readable(Path path) {
        try {
            return Optional.of(document(path));
        } catch (UnreadableFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean exists(Path path) {
        return open.containsKey(path) || Files.exists(path);
    }

    @Override
    public SourceFile read(Path path) throws UnreadableFileException {
        return document(path).source();
    }

    /** The file that a path written in another one means. */
    static Optional<Path> resolve(Path from, String written) {
        try {
            return Optional.of(from.resolveSibling(written).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    // ---- programs

    /** A file with all that it imports. */
    Program program(Document document) {
        return known(document).program;
    }

    /** What is wrong with a file, and its sound experiments. */
    Reading reading(Document document) {
        var known = known(document);
        var plugins = catalog.plugins();
        if (known.reading == null || !plugins.equals(known.plugins)) {
            known.plugins = List.copyOf(plugins);
            known.reading = Checks.glance(known.program, () -> known.plugins);
        }
        return known.reading;
    }

    private Known known(Document document) {
        var known = programs.get(document.path());
        if (known == null
                || known.program.models().isEmpty()
                || !known.seen.entrySet().stream()
                        .allMatch(it -> it.getValue().equals(state(it.getKey())))) {
            known = new Known(new Program(document.source(), language, this));
            for (var path : known.program.touched()) {
                known.seen.put(path, state(path));
            }
            programs.put(document.path(), known);
        }
        return known;
    }

    private Object state(Path path) {
        var editing = open.get(path);
        return editing != null ? editing : Stamp.of(path);
    }

    // ---- names

    /** What a name stands for in a file. */
    Optional<Declaration> find(Document document, String name) {
        return visible(document).stream().filter(it -> name.equals(it.getName())).findFirst();
    }

    /** Every declaration that a file sees. */
    List<Declaration> visible(Document document) {
        return VisibleNames.visible(DyadicPackage.Literals.DECLARATION, program(document).root());
    }

    Vocabulary vocabulary(Document document) {
        return new Vocabulary(catalog.plugins(), () -> visible(document));
    }

    /** The files that may name what {@code target} declares: itself, and those that import it. */
    List<Document> users(Path target) {
        return files().stream()
                .flatMap(path -> readable(path).stream())
                .filter(it -> it.path().equals(target) || imports(it, target))
                .toList();
    }

    private static boolean imports(Document document, Path target) {
        return document.imports().stream()
                .flatMap(written -> resolve(document.path(), written).stream())
                .anyMatch(it -> it.equals(target) || it.equals(target.getParent()));
    }
}
