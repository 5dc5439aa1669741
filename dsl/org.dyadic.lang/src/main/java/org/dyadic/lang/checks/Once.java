package org.dyadic.lang.checks;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A check of declarations that is done once for each, however many others use it. */
final class Once<D, R> {

    private final Function<D, Optional<R>> check;
    private final Map<D, Optional<R>> done = new IdentityHashMap<>();

    Once(Function<D, Optional<R>> check) {
        this.check = check;
    }

    Optional<R> of(D declaration) {
        var known = done.get(declaration);
        if (known == null) {
            known = check.apply(declaration);
            done.put(declaration, known);
        }
        return known;
    }
}
