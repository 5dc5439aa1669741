package org.dyadic.api.sim;

import java.util.List;
import java.util.Objects;

/**
 * What a network does between its layers, for one image: additions, pooling and whatever else takes
 * elements and gives elements without multiplying by weights.
 *
 * @param name of the node
 * @param kind in a word, such as {@code add} or {@code max-pool}
 * @param operations on elements: a sum, a comparison or a function of one
 * @param results elements that are scaled anew, and so pass a requantizer
 * @param readBits that come from off-chip memory; a result that a layer has just made does not
 * @param writtenBits that go there; nothing if a layer writes the result
 */
public record Elementwise(
        String name, String kind, long operations, long results, long readBits, long writtenBits) {

    public Elementwise {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        if (Math.min(Math.min(operations, results), Math.min(readBits, writtenBits)) < 0) {
            throw new IllegalArgumentException(
                    "a count is not negative, was "
                            + List.of(operations, results, readBits, writtenBits));
        }
    }
}
