package org.dyadic.lang.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.lang.dyadic.DyadicFactory;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.dyadic.Import;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Repair;
import org.dyadic.lang.syntax.SourceFile;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.nodemodel.INode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.resource.XtextResource;
import org.eclipse.xtext.resource.XtextResourceSet;

/** A file with everything it imports, parsed and linked. */
public final class Program {

    private final Language language;
    private final Sources sources;
    private final XtextResourceSet resources;
    private final Map<Resource, Loaded> files = new LinkedHashMap<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Set<Path> touched = new HashSet<>();

    private record Loaded(SourceFile source, Repair repair, List<Import> failed) {}

    /** Reads {@code root}, then what it imports, then what those import. */
    public Program(SourceFile root, Language language) {
        this(root, language, Sources.DISK);
    }

    /** The same, with files that need not be saved. */
    public Program(SourceFile root, Language language, Sources sources) {
        this.language = language;
        this.sources = sources;
        this.resources = language.resources();
        var waiting = new ArrayDeque<>(List.of(load(root)));
        while (!waiting.isEmpty()) {
            var importing = waiting.remove();
            for (var statement : model(importing).getImports()) {
                follow(importing, statement, waiting);
            }
        }
        EcoreUtil.resolveAll(resources);
        reportCircles();
    }

    /** What is wrong with the text of the files and with their imports. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The file that was asked for, and then the imported ones. */
    public List<File> models() {
        return files.keySet().stream().map(Program::model).toList();
    }

    /** Every path that was looked at: when one of these files changes, so may the program. */
    public Set<Path> touched() {
        return touched;
    }

    public File root() {
        return models().get(0);
    }

    /**
     * True if the file has mistakes that may be the reason why a name is not known in it: a
     * declaration with a syntax error, here or in an imported file, or an import that failed.
     *
     * @param kind the keyword that declares such a name, or {@code name} for any
     */
    public boolean mayHaveLost(File file, String kind, String name) {
        return !files.get(file.eResource()).failed().isEmpty()
                || Stream.concat(Stream.of(file), VisibleNames.imported(file).stream())
                        .map(other -> files.get(other.eResource()).repair().lost())
                        .anyMatch(
                                lost ->
                                        lost.contains(kind)
                                                || lost.contains(name)
                                                || kind.equals("name") && !lost.isEmpty());
    }

    /** True if the whole file could be read. */
    public boolean isComplete(File file) {
        return files.get(file.eResource()).repair().diagnostics().isEmpty();
    }

    /** The path of the file that {@code object} stands in, as messages show it. */
    public Path pathOf(EObject object) {
        return source(object).path();
    }

    /** Where an object stands, from its first token to its last. */
    public Position at(EObject object) {
        return at(object, NodeModelUtils.findActualNodeFor(object));
    }

    /** Where the value of a feature stands. */
    public Position at(EObject object, EStructuralFeature feature) {
        return at(object, feature, 0);
    }

    /** Where one of several values of a feature stands. */
    public Position at(EObject object, EStructuralFeature feature, int index) {
        return at(object, NodeModelUtils.findNodesForFeature(object, feature).get(index));
    }

    /** The words of one of several values of a feature, as the user wrote them. */
    public static String written(EObject object, EStructuralFeature feature, int index) {
        return NodeModelUtils.getTokenText(
                NodeModelUtils.findNodesForFeature(object, feature).get(index));
    }

    /** True if a place is inside of an object. */
    public boolean covers(EObject object, Position place) {
        var source = source(object);
        var region = NodeModelUtils.findActualNodeFor(object).getTextRegion();
        return place.file().equals(source.path().toString())
                && region.contains(source.offset(place.line(), place.column()));
    }

    private Position at(EObject object, INode node) {
        var region = node.getTextRegion();
        return source(object).at(region.getOffset(), region.getLength());
    }

    private SourceFile source(EObject object) {
        return files.get(object.eResource()).source();
    }

    private static File model(Resource resource) {
        return (File) resource.getContents().get(0);
    }

    private XtextResource load(SourceFile source) {
        touched.add(source.path().toAbsolutePath().normalize());
        var repair = Repair.of(source, language);
        var resource = language.load(repair.text(), VisibleNames.uri(source.path()), resources);
        if (resource.getContents().isEmpty()) {
            // A file without a single token has no syntax tree.
            resource.getContents().add(DyadicFactory.eINSTANCE.createFile());
        }
        files.put(resource, new Loaded(source, repair, new ArrayList<>()));
        diagnostics.addAll(repair.diagnostics());
        return resource;
    }

    private void follow(
            XtextResource importing, Import statement, Collection<XtextResource> waiting) {
        try {
            var path = locate(pathOf(statement), statement.getPath());
            for (var file : Files.isDirectory(path) ? inFolder(path) : List.of(path)) {
                var known = resources.getResource(VisibleNames.uri(file), false);
                if (known == null) {
                    waiting.add(load(sources.read(file)));
                } else if (known == importing && file == path) {
                    throw new UnreadableFileException(
                            IssueCode.UNRESOLVED_IMPORT,
                            "the file imports itself; remove the import");
                }
            }
        } catch (UnreadableFileException e) {
            files.get(importing).failed().add(statement);
            var place = at(statement, DyadicPackage.Literals.IMPORT__PATH);
            diagnostics.add(Diagnostic.at(place, e.code(), e.getMessage()));
        }
    }

    /** Each circle once, at the import that closes it; what is read first comes first. */
    private void reportCircles() {
        var done = new HashSet<File>();
        for (var model : models()) {
            reportCircles(model, new ArrayList<>(), done);
        }
    }

    private void reportCircles(File file, List<File> way, Set<File> done) {
        way.add(file);
        var seen = new HashSet<File>();
        for (var statement : file.getImports()) {
            for (var next : VisibleNames.imported(statement)) {
                if (!seen.add(next)) {
                    continue;
                }
                if (way.contains(next)) {
                    reportCircle(statement, next, way);
                } else if (!done.contains(next)) {
                    reportCircles(next, way, done);
                }
            }
        }
        way.remove(way.size() - 1);
        done.add(file);
    }

    private void reportCircle(Import closing, File first, List<File> way) {
        diagnostics.add(
                Diagnostic.at(
                        at(closing, DyadicPackage.Literals.IMPORT__PATH),
                        IssueCode.IMPORT_CYCLE,
                        "these files import each other: "
                                + Stream.concat(
                                                way
                                                        .subList(way.indexOf(first), way.size())
                                                        .stream(),
                                                Stream.of(first))
                                        .map(it -> pathOf(it).toString())
                                        .collect(Collectors.joining(" -> "))
                                + "; move what they share into a file of its own"));
    }

    private Path locate(Path importing, String written) throws UnreadableFileException {
        if (written.isBlank()) {
            throw new UnreadableFileException(IssueCode.UNRESOLVED_IMPORT, "the path is empty");
        }
        Path path;
        try {
            path = importing.resolveSibling(written).normalize();
        } catch (InvalidPathException e) {
            throw new UnreadableFileException(
                    IssueCode.UNRESOLVED_IMPORT, "this is no path: " + e.getReason());
        }
        touched.add(path.toAbsolutePath().normalize());
        if (!sources.exists(path)) {
            throw new UnreadableFileException(
                    IssueCode.UNRESOLVED_IMPORT,
                    "there is no file '"
                            + path
                            + "'; a path is relative to the file that imports it."
                            + Guess.suggestion(path.getFileName().toString(), neighbours(path)));
        }
        return path;
    }

    /** The programs of a folder that is imported, in the order of their names. */
    private static List<Path> inFolder(Path folder) throws UnreadableFileException {
        var names = programs(folder);
        if (names.isEmpty()) {
            throw new UnreadableFileException(
                    IssueCode.UNRESOLVED_IMPORT,
                    "there is no .dyadic file in the folder '" + folder + "'");
        }
        return names.stream().map(folder::resolve).toList();
    }

    /** The programs in the folder where {@code path} should be. */
    private static List<String> neighbours(Path path) {
        var folder = path.toAbsolutePath().getParent();
        return folder == null ? List.of() : programs(folder);
    }

    private static List<String> programs(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.endsWith(".dyadic"))
                    .sorted()
                    .toList();
        } catch (IOException | SecurityException e) {
            return List.of(); // a folder that cannot be read shows none
        }
    }
}
