package org.dyadic.lang.checks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dyadic.lang.dyadic.Declaration;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.eclipse.emf.ecore.EClass;

/** How messages speak of declarations. */
final class Names {

    private Names() {}

    /** The names, separated by commas, without those that are unknown themselves. */
    static String list(List<? extends Declaration> declarations) {
        String names =
                declarations.stream()
                        .filter(it -> !it.eIsProxy())
                        .map(Declaration::getName)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }

    /** The word that starts a declaration of a kind; of any kind, {@code name}. */
    static String word(EClass kind) {
        return kind == DyadicPackage.Literals.DECLARATION
                ? "name"
                : kind.getName().toLowerCase(Locale.ROOT);
    }

    /** {@code network 'ResNet20'}. */
    static String phrase(Declaration declaration) {
        return word(declaration.eClass()) + " '" + declaration.getName() + "'";
    }
}
