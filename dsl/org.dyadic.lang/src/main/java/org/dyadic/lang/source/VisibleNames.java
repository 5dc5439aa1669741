package org.dyadic.lang.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.dyadic.Import;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.eclipse.xtext.naming.QualifiedName;
import org.eclipse.xtext.scoping.IScope;
import org.eclipse.xtext.scoping.IScopeProvider;
import org.eclipse.xtext.scoping.Scopes;

/**
 * Which names a file sees: its own declarations, and before those nothing but the declarations of
 * the files it imports itself. An import is not passed on.
 */
public final class VisibleNames implements IScopeProvider {

    @Override
    public IScope getScope(EObject context, EReference reference) {
        var file = (File) EcoreUtil.getRootContainer(context);
        var kind = reference.getEReferenceType();
        var outer = new ArrayList<Declaration>();
        imported(file).forEach(other -> outer.addAll(of(kind, other)));
        return scope(of(kind, file), scope(outer, IScope.NULLSCOPE));
    }

    /** What a user may write where a declaration of this kind is expected; own names first. */
    public static List<Declaration> visible(EClass kind, File file) {
        var all = new ArrayList<Declaration>(of(kind, file));
        imported(file).forEach(other -> all.addAll(of(kind, other)));
        return all;
    }

    /** The files that {@code file} imports, each once, without those that could not be read. */
    public static List<File> imported(File file) {
        return file.getImports().stream()
                .flatMap(statement -> imported(statement).stream())
                .distinct()
                .toList();
    }

    /** The file that a statement imports, or all of a folder; those that could be read. */
    public static List<File> imported(Import statement) {
        var importing = statement.eResource();
        var all = importing.getResourceSet();
        URI uri;
        try {
            uri =
                    uri(
                            Path.of(importing.getURI().toFileString())
                                    .resolveSibling(statement.getPath()));
        } catch (InvalidPathException e) {
            return List.of();
        }
        var resource = all.getResource(uri, false);
        return (resource != null ? Stream.of(resource) : inFolder(uri, all))
                .filter(it -> it != importing)
                .map(it -> (File) it.getContents().get(0))
                .toList();
    }

    private static Stream<Resource> inFolder(URI folder, ResourceSet all) {
        return all.getResources().stream()
                .filter(it -> it.getURI().trimSegments(1).equals(folder))
                .sorted(Comparator.comparing(it -> it.getURI().lastSegment()));
    }

    /** What a file is known by, however the path to it is written. */
    public static URI uri(Path path) {
        return URI.createFileURI(path.toAbsolutePath().normalize().toString());
    }

    private static List<Declaration> of(EClass kind, File file) {
        return file.getDeclarations().stream().filter(kind::isInstance).toList();
    }

    private static IScope scope(List<Declaration> declarations, IScope outer) {
        return Scopes.scopeFor(declarations, it -> QualifiedName.create(it.getName()), outer);
    }
}
