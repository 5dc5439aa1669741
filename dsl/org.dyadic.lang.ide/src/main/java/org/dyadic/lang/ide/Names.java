package org.dyadic.lang.ide;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.xtext.nodemodel.ILeafNode;
import org.eclipse.xtext.nodemodel.util.NodeModelUtils;
import org.eclipse.xtext.util.ITextRegion;

/** Declarations and everything that names them, across files. */
final class Names {

    /** A name in a file: where it stands, and whether it is the declaration's own. */
    record Occurrence(Path file, int start, int end, boolean declaring) {}

    private final Workspace workspace;

    Names(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What the name at an offset stands for, if it is the name of a declaration. */
    Optional<Declaration> at(Document document, int offset) {
        var program = workspace.program(document);
        var node = NodeModelUtils.getNode(program.root());
        if (node != null) {
            for (int place : new int[] {offset, offset - 1}) {
                var leaf = place < 0 ? null : NodeModelUtils.findLeafNodeAtOffset(node, place);
                if (leaf != null && !leaf.isHidden()) {
                    var found = named(leaf);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        // In a declaration that does not parse there is no tree; a name is still a name.
        return document.tokenAt(offset)
                .filter(token -> insideBroken(program, document, offset))
                .flatMap(token -> workspace.find(document, token.getText()));
    }

    private static boolean insideBroken(Program program, Document document, int offset) {
        var root = NodeModelUtils.getNode(program.root());
        return root == null
                || document.segmentAt(offset)
                        .map(it -> NodeModelUtils.findLeafNodeAtOffset(root, it.at().start()))
                        .map(ILeafNode::isHidden)
                        .orElse(true);
    }

    private static Optional<Declaration> named(ILeafNode leaf) {
        var object = NodeModelUtils.findActualSemanticObjectFor(leaf);
        if (object == null) {
            return Optional.empty();
        }
        if (object instanceof Declaration declaration
                && regions(object, Literals.DECLARATION__NAME).stream()
                        .anyMatch(it -> it.contains(leaf.getTextRegion()))) {
            return Optional.of(declaration);
        }
        for (var reference : object.eClass().getEAllReferences()) {
            if (reference.isContainment()) {
                continue;
            }
            var regions = regions(object, reference);
            for (int i = 0; i < regions.size(); i++) {
                if (regions.get(i).contains(leaf.getTextRegion())) {
                    var target =
                            reference.isMany()
                                    ? ((List<?>) object.eGet(reference)).get(i)
                                    : object.eGet(reference);
                    return Optional.of((Declaration) target).filter(it -> !it.eIsProxy());
                }
            }
        }
        return Optional.empty();
    }

    private static List<ITextRegion> regions(
            EObject object, org.eclipse.emf.ecore.EStructuralFeature feature) {
        return NodeModelUtils.findNodesForFeature(object, feature).stream()
                .map(node -> (ITextRegion) node.getTextRegion())
                .toList();
    }

    /** Where a declaration has its name. */
    Occurrence declaration(Document from, Declaration declaration) {
        var region = regions(declaration, Literals.DECLARATION__NAME).get(0);
        return new Occurrence(
                path(declaration),
                region.getOffset(),
                region.getOffset() + region.getLength(),
                true);
    }

    static Path path(EObject object) {
        return Path.of(object.eResource().getURI().toFileString());
    }

    /** The declaration's name and every use of it, in all files that could use it. */
    List<Occurrence> occurrences(Declaration declaration) {
        var target = path(declaration);
        var found = new ArrayList<Occurrence>();
        for (var document : workspace.users(target)) {
            var program = workspace.program(document);
            if (document.path().equals(target)) {
                program.root().getDeclarations().stream()
                        .filter(it -> same(it, declaration))
                        .forEach(it -> found.add(declaration(document, it)));
            }
            program.root()
                    .eAllContents()
                    .forEachRemaining(object -> addUses(document, object, declaration, found));
        }
        return found;
    }

    private static void addUses(
            Document document, EObject object, Declaration declaration, List<Occurrence> found) {
        for (var reference : object.eClass().getEAllReferences()) {
            if (reference.isContainment()) {
                continue;
            }
            var regions = regions(object, reference);
            for (int i = 0; i < regions.size(); i++) {
                var target =
                        (EObject)
                                (reference.isMany()
                                        ? ((List<?>) object.eGet(reference)).get(i)
                                        : object.eGet(reference));
                if (same(target, declaration)) {
                    var region = regions.get(i);
                    found.add(
                            new Occurrence(
                                    document.path(),
                                    region.getOffset(),
                                    region.getOffset() + region.getLength(),
                                    false));
                }
            }
        }
    }

    /** The same declaration, though perhaps read for another program. */
    private static boolean same(EObject one, Declaration other) {
        return one instanceof Declaration declaration
                && !declaration.eIsProxy()
                && other.getName().equals(declaration.getName())
                && path(declaration).equals(path(other))
                && regions(declaration, Literals.DECLARATION__NAME)
                        .equals(regions(other, Literals.DECLARATION__NAME));
    }

    /** A declaration as Markdown: its text and its documentation comment. */
    static String describe(Workspace workspace, Document from, Declaration declaration) {
        var path = path(declaration);
        var document = path.equals(from.path()) ? Optional.of(from) : workspace.readable(path);
        var region = NodeModelUtils.findActualNodeFor(declaration).getTextRegion();
        return document.filter(it -> region.getOffset() + region.getLength() <= it.text().length())
                .map(
                        it ->
                                Docs.declaration(
                                        it.text(
                                                region.getOffset(),
                                                region.getOffset() + region.getLength()),
                                        it.segmentAt(region.getOffset())
                                                .flatMap(at -> it.documentation(at.at()))))
                .orElse(Kinds.of(declaration) + " " + declaration.getName());
    }
}
