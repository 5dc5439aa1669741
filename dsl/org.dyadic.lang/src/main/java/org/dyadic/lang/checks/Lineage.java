package org.dyadic.lang.checks;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.dyadic.Policy;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.ecore.EStructuralFeature;

/** What a declaration extends. */
final class Lineage {

    /** Checks recurse along a lineage, so it has to end somewhere; nobody needs this many. */
    private static final int LONGEST = 100;

    private final Program program;
    private final Findings findings;

    Lineage(Program program, Findings findings) {
        this.program = program;
        this.findings = findings;
    }

    /** False if following {@code extends} from here ends nowhere, or at a name that is unknown. */
    boolean isSound(Declaration declaration) {
        var seen = new LinkedHashSet<Declaration>();
        for (var at = declaration; at != null; at = parent(at)) {
            if (at.eIsProxy()) {
                return false;
            }
            if (!seen.add(at)) {
                var round = new ArrayList<>(seen);
                report(round.subList(round.indexOf(at), round.size()));
                return false;
            }
        }
        // The first that is too long is reported; those beyond it are so because of it.
        if (seen.size() == LONGEST + 1) {
            findings.report(
                    program.at(declaration, parentFeature(declaration)),
                    IssueCode.OUT_OF_RANGE,
                    "'"
                            + declaration.getName()
                            + "' is the end of more than "
                            + LONGEST
                            + " declarations that extend each other; shorten the line");
        }
        return seen.size() <= LONGEST;
    }

    /** Reports a circle once, at its first declaration in the order of the text. */
    private void report(List<Declaration> round) {
        var first =
                round.stream().min((a, b) -> program.at(a).compareTo(program.at(b))).orElseThrow();
        var turned = new ArrayList<>(round.subList(round.indexOf(first), round.size()));
        turned.addAll(round.subList(0, round.indexOf(first)));
        turned.add(first);
        findings.report(
                program.at(first, parentFeature(first)),
                IssueCode.CYCLIC_EXTENDS,
                "'"
                        + first.getName()
                        + "' extends itself: "
                        + turned.stream()
                                .map(Declaration::getName)
                                .collect(Collectors.joining(" -> "))
                        + "; remove one of the extends");
    }

    private static Declaration parent(Declaration declaration) {
        return declaration instanceof Accelerator accelerator
                ? accelerator.getParent()
                : ((Policy) declaration).getParent();
    }

    private static EStructuralFeature parentFeature(Declaration declaration) {
        return declaration instanceof Accelerator
                ? Literals.ACCELERATOR__PARENT
                : Literals.POLICY__PARENT;
    }
}
