package org.dyadic.lang.source;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.dyadic.Import;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
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
                .map(VisibleNames::imported)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The file that a statement imports, or null if it could not be read. */
    public static File imported(Import statement) {
        var importing = statement.eResource();
        URI uri;
        try {
            uri =
                    uri(
                            Path.of(importing.getURI().toFileString())
                                    .resolveSibling(statement.getPath()));
        } catch (InvalidPathException e) {
            return null;
        }
        var resource = importing.getResourceSet().getResource(uri, false);
        return resource == null || resource == importing
                ? null
                : (File) resource.getContents().get(0);
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
