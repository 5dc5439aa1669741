package org.dyadic.api.diagnostic;

import java.util.Comparator;
import java.util.Objects;

/** A place in a user's file; line and column count from 1, {@code length} is in characters. */
public record Position(String file, int line, int column, int length)
        implements Comparable<Position> {

    public Position {
        Objects.requireNonNull(file, "file");
        if (line < 1 || column < 1 || length < 0) {
            throw new IllegalArgumentException(
                    "line and column count from 1, was "
                            + line
                            + ":"
                            + column
                            + " length "
                            + length);
        }
    }

    /** A whole file, when there is nothing nearer to point at. */
    public static Position startOf(String file) {
        return new Position(file, 1, 1, 0);
    }

    /** By file, then in the order of the text. */
    @Override
    public int compareTo(Position other) {
        return Comparator.comparing(Position::file)
                .thenComparingInt(Position::line)
                .thenComparingInt(Position::column)
                .thenComparingInt(Position::length)
                .compare(this, other);
    }

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
