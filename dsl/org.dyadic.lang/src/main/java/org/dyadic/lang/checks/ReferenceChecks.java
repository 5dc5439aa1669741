package org.dyadic.lang.checks;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.File;
import org.dyadic.lang.source.Program;
import org.dyadic.lang.source.VisibleNames;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.util.EcoreUtil;

/** Every name that is used was declared, as the right kind of thing. */
final class ReferenceChecks {

    private final Program program;
    private final Findings findings;

    ReferenceChecks(Program program, Findings findings) {
        this.program = program;
        this.findings = findings;
    }

    void check(File file) {
        file.eAllContents().forEachRemaining(object -> check(file, object));
    }

    private void check(File file, EObject object) {
        for (var reference : object.eClass().getEAllReferences()) {
            if (reference.isContainment()) {
                continue;
            }
            List<?> targets =
                    reference.isMany()
                            ? (List<?>) object.eGet(reference)
                            : Optional.ofNullable(object.eGet(reference)).stream().toList();
            for (int i = 0; i < targets.size(); i++) {
                if (((EObject) targets.get(i)).eIsProxy()) {
                    report(file, object, reference, i);
                }
            }
        }
    }

    private void report(File file, EObject object, EReference reference, int index) {
        String name = Program.written(object, reference, index);
        var kind = reference.getEReferenceType();
        if (program.mayHaveLost(file, Names.word(kind), name)) {
            return; // the reason is reported already
        }
        var visible = VisibleNames.visible(kind, file).stream().filter(it -> it != object).toList();
        var names = visible.stream().map(Declaration::getName).toList();
        findings.report(
                program.at(object, reference, index),
                IssueCode.UNRESOLVED_NAME,
                "unknown "
                        + Names.word(kind)
                        + " '"
                        + name
                        + "'; declared: "
                        + Names.list(visible)
                        + "."
                        + elsewhere(file, kind, name)
                        + Guess.suggestion(name, names));
    }

    /** Where the name does exist. */
    private String elsewhere(File file, EClass kind, String name) {
        for (var other : VisibleNames.visible(Literals.DECLARATION, file)) {
            if (other.getName().equals(name)) {
                return " '" + name + "' is the name of a " + Names.word(other.eClass()) + ".";
            }
        }
        for (var model : program.models()) {
            for (var other : model.getDeclarations()) {
                if (kind.isInstance(other) && other.getName().equals(name)) {
                    return " It is declared in '"
                            + program.pathOf(EcoreUtil.getRootContainer(other))
                            + "', which this file does not import.";
                }
            }
        }
        return "";
    }
}
