package org.dyadic.lang.checks;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.lang.source.Program;
import org.eclipse.emf.ecore.EObject;

/** Paths in a file are relative to that file. */
final class Paths {

    private final Program program;
    private final Findings findings;

    Paths(Program program, Findings findings) {
        this.program = program;
        this.findings = findings;
    }

    Optional<Path> resolve(EObject object, String written, Position at) {
        String problem = "the path is empty";
        if (!written.isBlank()) {
            try {
                return Optional.of(program.pathOf(object).resolveSibling(written).normalize());
            } catch (InvalidPathException e) {
                problem = "this is no path: " + e.getReason();
            }
        }
        findings.report(
                at,
                IssueCode.UNREADABLE_FILE,
                problem + "; write a path relative to this file, such as \"models/net.onnx\"");
        return Optional.empty();
    }
}
