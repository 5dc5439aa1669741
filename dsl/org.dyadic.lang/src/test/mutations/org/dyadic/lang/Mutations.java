package org.dyadic.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Programs damaged at random, the same way for the same seed: by characters, by tokens, or by whole
 * declarations and blocks.
 */
public final class Mutations {

    private static final Pattern TOKEN =
            Pattern.compile("[\\p{L}_][\\p{L}0-9_-]*|-?[0-9.]+|\"[^\"\n]*\"|//[^\n]*|\\S");
    private static final Pattern BLOCK = Pattern.compile("\\{[^{}]*\\}");
    private static final Pattern DECLARATION =
            Pattern.compile("(?m)^(import|network|dataset|accelerator|policy|experiment|sweep)\\b");
    private static final String STRAY = "{}\"/*,%-x0 \n\t@\0\\é.四<>=\r:'";

    private Mutations() {}

    /** One to three damages. */
    public static String of(String program, List<String> others, long seed) {
        var random = new Random(seed);
        String text = program;
        for (int i = random.nextInt(3); i >= 0; i--) {
            text =
                    switch (random.nextInt(3)) {
                        case 0 -> characters(text, random);
                        case 1 -> tokens(text, others, random);
                        default -> tree(text, others, random);
                    };
        }
        return text;
    }

    private static String characters(String text, Random random) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(3));
        String stray = String.valueOf(STRAY.charAt(random.nextInt(STRAY.length())));
        return switch (random.nextInt(5)) {
            case 0 -> text.substring(0, at) + stray + text.substring(at);
            case 1 -> text.substring(0, at) + stray.repeat(5) + text.substring(end);
            case 2 -> text.substring(0, at) + text.substring(end);
            case 3 -> text.substring(0, at);
            default -> text.substring(at);
        };
    }

    private static String tokens(String text, List<String> others, Random random) {
        var here = find(TOKEN, text);
        if (here.isEmpty()) {
            return text;
        }
        var one = here.get(random.nextInt(here.size()));
        var other = here.get(random.nextInt(here.size()));
        String foreign = any(TOKEN, others, random);
        return switch (random.nextInt(4)) {
            case 0 -> replaced(text, one, "");
            case 1 -> replaced(text, one, cut(text, other));
            case 2 -> replaced(text, one, foreign);
            default -> replaced(text, one, cut(text, one) + " " + foreign);
        };
    }

    private static String tree(String text, List<String> others, Random random) {
        var pattern = random.nextBoolean() ? BLOCK : DECLARATION;
        var here = pattern == BLOCK ? find(BLOCK, text) : declarations(text);
        if (here.isEmpty()) {
            return text;
        }
        var one = here.get(random.nextInt(here.size()));
        var other = here.get(random.nextInt(here.size()));
        return switch (random.nextInt(4)) {
            case 0 -> replaced(text, one, "");
            case 1 -> replaced(text, one, cut(text, other));
            case 2 -> replaced(text, one, cut(text, one) + "\n" + cut(text, one));
            default -> replaced(text, one, any(BLOCK, others, random));
        };
    }

    private static List<int[]> declarations(String text) {
        var starts = find(DECLARATION, text);
        var all = new ArrayList<int[]>();
        for (int i = 0; i < starts.size(); i++) {
            int end = i + 1 < starts.size() ? starts.get(i + 1)[0] : text.length();
            all.add(new int[] {starts.get(i)[0], end});
        }
        return all;
    }

    private static String any(Pattern pattern, List<String> others, Random random) {
        String other = others.get(random.nextInt(others.size()));
        var found = find(pattern, other);
        return found.isEmpty() ? "{ }" : cut(other, found.get(random.nextInt(found.size())));
    }

    private static List<int[]> find(Pattern pattern, String text) {
        var found = new ArrayList<int[]>();
        var match = pattern.matcher(text);
        while (match.find()) {
            found.add(new int[] {match.start(), match.end()});
        }
        return found;
    }

    private static String cut(String text, int[] place) {
        return text.substring(place[0], place[1]);
    }

    private static String replaced(String text, int[] place, String by) {
        return text.substring(0, place[0]) + by + text.substring(place[1]);
    }
}
