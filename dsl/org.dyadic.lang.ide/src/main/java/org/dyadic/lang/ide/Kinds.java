package org.dyadic.lang.ide;

import java.util.Locale;
import org.dyadic.lang.dyadic.Declaration;
import org.eclipse.lsp4j.SymbolKind;

/** What declarations are called, and which of the protocol's symbols they are. */
final class Kinds {

    private Kinds() {}

    /** The keyword of a declaration. */
    static String of(Declaration declaration) {
        return declaration.eClass().getName().toLowerCase(Locale.ROOT);
    }

    static SymbolKind symbol(String keyword) {
        return switch (keyword) {
            case "network" -> SymbolKind.File;
            case "dataset" -> SymbolKind.Array;
            case "accelerator" -> SymbolKind.Class;
            case "policy" -> SymbolKind.Interface;
            case "experiment" -> SymbolKind.Event;
            default -> SymbolKind.Operator;
        };
    }
}
