package org.dyadic.api.report;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Every integer from one up: a list that takes no room, however many there are. */
final class Consecutive extends AbstractList<Integer> implements RandomAccess {

    private final int first;
    private final int size;

    private Consecutive(int first, int size) {
        this.first = first;
        this.size = size;
    }

    /** An immutable list of the same ascending integers, none of them null. */
    static List<Integer> copyOf(List<Integer> ascending) {
        int size = ascending.size();
        boolean consecutive =
                size > 0 && (long) ascending.get(size - 1) - ascending.get(0) == size - 1;
        return consecutive ? new Consecutive(ascending.get(0), size) : List.copyOf(ascending);
    }

    @Override
    public Integer get(int index) {
        return first + Objects.checkIndex(index, size);
    }

    @Override
    public int size() {
        return size;
    }
}
