package org.dyadic.api.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** The nearest of the allowed words to what a user wrote. */
public final class Guess {

    private static final Pattern SUGGESTION = Pattern.compile(" Did you mean (\\S+)\\?");

    private Guess() {}

    /**
     * The allowed word within a third of its length in edits (at least one, and fewer than its
     * letters), if there is one. Letter case does not count.
     */
    public static Optional<String> nearest(String written, Collection<String> allowed) {
        return allowed.stream()
                .filter(word -> distance(written, word) <= Math.max(1, word.length() / 3))
                .filter(word -> distance(written, word) < word.length())
                .min(
                        Comparator.comparingInt((String word) -> distance(written, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code " Did you mean upot?"}, or nothing when no allowed word is near. */
    public static String suggestion(String written, Collection<String> allowed) {
        return nearest(written, allowed).map(word -> " Did you mean " + word + "?").orElse("");
    }

    /** The word that a message with a {@link #suggestion} suggests. */
    public static Optional<String> suggestedIn(String message) {
        var match = SUGGESTION.matcher(message);
        return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** Edit distance that counts a swap of neighbours as one (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                char x = Character.toLowerCase(a.charAt(i - 1));
                char y = Character.toLowerCase(b.charAt(j - 1));
                d[i][j] =
                        Math.min(
                                d[i - 1][j - 1] + (x == y ? 0 : 1),
                                1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1
                        && j > 1
                        && x == Character.toLowerCase(b.charAt(j - 2))
                        && y == Character.toLowerCase(a.charAt(i - 2))) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
