package org.dyadic.api.quant;

import java.util.Objects;

/**
 * What a search did, so that its result can be trusted as far as it goes.
 *
 * @param candidates level sets in the search space
 * @param evaluated of these, how many were tried on the data
 * @param proven true if no candidate can be better, under the objective and the scales the search
 *     states
 * @param note one line: what the search did and did not do
 */
public record Certificate(long candidates, long evaluated, boolean proven, String note) {

    public Certificate {
        Objects.requireNonNull(note, "note");
        if (evaluated < 0 || evaluated > candidates) {
            throw new IllegalArgumentException(
                    "cannot have evaluated " + evaluated + " of " + candidates + " candidates");
        }
    }
}
