package org.dyadic.lang.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.Guess;

/**
 * What may follow a piece of text, found by trying: each keyword and each kind of token in turn is
 * appended, and the parser says whether it fits. So the messages follow the grammar and can never
 * contradict it.
 */
final class Allowed {

    private static final String NAME = "name";
    private static final String NUMBER = "1";
    private static final String TEXT = "\"text\"";

    /** Beyond this, trying would take longer than anyone waits; the message is shorter then. */
    private static final int LONGEST = 20_000;

    private final Set<String> fitting = new LinkedHashSet<>();
    private final List<String> settingKeywords;

    Allowed(Language language, String before) {
        settingKeywords = language.settingKeywords();
        if (before.length() > LONGEST) {
            return;
        }
        var candidates = new ArrayList<>(List.of(NAME, NUMBER, TEXT));
        candidates.addAll(language.keywords());
        for (String candidate : candidates) {
            // On a line of its own, or a word after a number would pass as a unit.
            var error = Repair.firstError(before + "\n" + candidate, language);
            if (error.isEmpty() || error.getAsInt() == ErrorOffsets.END) {
                fitting.add(candidate);
            }
        }
    }

    /** {@code expected this or that, but found 'other'. Did you mean that?} */
    String butFound(String found) {
        boolean reserved = fitting.contains(NAME) && found.matches("[a-z]+");
        String guess = Guess.suggestion(found, keywords());
        return expected()
                + "found '"
                + shortened(found)
                + "'"
                + (reserved ? ", a word of the language, which cannot be a name" : "")
                + (guess.isEmpty() ? "" : "." + guess);
    }

    /** {@code expected this or that, but the policy ends here}. */
    String butEnds(String what) {
        if (fitting.contains("}")) {
            fitting.retainAll(
                    Set.of("}")); // the rest of a block is worth no word when it lacks its end
        }
        return expected() + "the " + what + " ends here";
    }

    private String expected() {
        var phrases = phrases();
        if (phrases.isEmpty()) {
            return "this does not follow the grammar: ";
        }
        String last = phrases.get(phrases.size() - 1);
        return "expected "
                + (phrases.size() == 1
                        ? last
                        : String.join(", ", phrases.subList(0, phrases.size() - 1)) + " or " + last)
                + ", but ";
    }

    private List<String> keywords() {
        return fitting.stream().filter(word -> word.matches("[a-z]+")).toList();
    }

    private List<String> phrases() {
        var rest = new LinkedHashSet<>(fitting);
        var phrases = new ArrayList<String>();
        if (rest.containsAll(List.of(NAME, NUMBER, TEXT))) {
            rest.removeAll(List.of(NAME, NUMBER, TEXT, "{"));
            rest.removeAll(settingKeywords);
            phrases.add("a value");
        } else if (rest.contains(NAME) && rest.containsAll(settingKeywords)) {
            rest.remove(NAME);
            rest.removeAll(settingKeywords);
            phrases.add("a setting");
        }
        if (rest.remove(NAME)) {
            phrases.add("a name");
        }
        if (rest.remove(NUMBER)) {
            phrases.add("a number");
        }
        if (rest.remove(TEXT)) {
            phrases.add("a text in quotes");
        }
        if (rest.containsAll(Scan.DECLARING)) {
            rest.removeAll(Scan.DECLARING);
            phrases.add(
                    Scan.DECLARING.stream()
                            .collect(Collectors.joining(", ", "a declaration (", ")")));
        }
        // After a number the rest of a unit or of a list would fit, but is not what was meant.
        rest.removeAll(phrases.contains("a setting") ? List.of("%", "/", ",") : List.of("/"));
        var all = new ArrayList<String>();
        rest.forEach(word -> all.add("'" + word + "'"));
        all.addAll(phrases);
        return all;
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }
}
