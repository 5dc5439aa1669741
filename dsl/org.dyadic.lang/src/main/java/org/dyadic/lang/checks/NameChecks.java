package org.dyadic.lang.checks;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Experiment;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.dyadic.Sweep;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.source.VisibleNames;
import org.eclipse.emf.ecore.EObject;

/** Declared names: unique whatever they name, hiding none that is imported, and used. */
final class NameChecks {

    /** After one of these, a name that seems unused may be the one that was meant. */
    private static final Set<IssueCode> MISTAKEN_NAMES =
            EnumSet.of(
                    IssueCode.UNRESOLVED_NAME,
                    IssueCode.UNRESOLVED_IMPORT,
                    IssueCode.DUPLICATE_NAME);

    private final Program program;
    private final Findings findings;

    NameChecks(Program program, Findings findings) {
        this.program = program;
        this.findings = findings;
    }

    void check(File file) {
        var imported = imported(file);
        var own = new HashMap<String, Declaration>();
        for (var declaration : file.getDeclarations()) {
            String name = declaration.getName();
            var at = program.at(declaration, Literals.DECLARATION__NAME);
            var earlier = own.putIfAbsent(name, declaration);
            if (earlier != null) {
                findings.report(
                        at,
                        IssueCode.DUPLICATE_NAME,
                        "'"
                                + name
                                + "' is already the name of the "
                                + Names.word(earlier.eClass())
                                + " in line "
                                + program.at(earlier, Literals.DECLARATION__NAME).line()
                                + "; choose another name");
            } else if (imported.containsKey(name)) {
                findings.report(
                        at,
                        IssueCode.SHADOWED_NAME,
                        Names.phrase(declaration)
                                + " hides the "
                                + Names.word(imported.get(name).eClass())
                                + " of this name in '"
                                + program.pathOf(imported.get(name))
                                + "'");
            }
        }
    }

    /** The names that imports make visible; reports those that two of them declare. */
    private Map<String, Declaration> imported(File file) {
        var imported = new HashMap<String, Declaration>();
        for (var other : VisibleNames.imported(file)) {
            var added = new HashMap<String, Declaration>();
            other.getDeclarations().forEach(it -> added.putIfAbsent(it.getName(), it));
            for (var declaration : added.values()) {
                var earlier = imported.putIfAbsent(declaration.getName(), declaration);
                if (earlier != null) {
                    report(file, other, earlier, declaration);
                }
            }
        }
        return imported;
    }

    private void report(File file, File importedFile, Declaration earlier, Declaration later) {
        var statement =
                file.getImports().stream()
                        .filter(it -> VisibleNames.imported(it).contains(importedFile))
                        .findFirst()
                        .orElseThrow();
        findings.report(
                program.at(statement, Literals.IMPORT__PATH),
                IssueCode.DUPLICATE_NAME,
                "'"
                        + later.getName()
                        + "' is declared in '"
                        + program.pathOf(earlier)
                        + "' and in '"
                        + program.pathOf(later)
                        + "'; rename one, or import only one of the files");
    }

    /** Reports what nobody uses. Only in a file that runs something: a library is for others. */
    void checkUse(File file) {
        boolean runs = file.getDeclarations().stream().anyMatch(NameChecks::runs);
        if (!runs || !program.isComplete(file) || findings.contain(MISTAKEN_NAMES)) {
            return;
        }
        Set<EObject> used = new HashSet<>();
        for (var model : program.models()) {
            model.eAllContents().forEachRemaining(object -> used.addAll(object.eCrossReferences()));
        }
        for (var declaration : file.getDeclarations()) {
            if (!runs(declaration) && !used.contains(declaration)) {
                findings.report(
                        program.at(declaration, Literals.DECLARATION__NAME),
                        IssueCode.UNUSED_NAME,
                        Names.phrase(declaration) + " is not used");
            }
        }
    }

    /** True for what a user runs by itself, so that nothing has to name it. */
    private static boolean runs(Declaration declaration) {
        return declaration instanceof Experiment || declaration instanceof Sweep;
    }
}
