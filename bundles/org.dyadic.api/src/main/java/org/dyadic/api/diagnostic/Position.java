package org.dyadic.api.diagnostic;

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

    @Override
    public int compareTo(Position other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
