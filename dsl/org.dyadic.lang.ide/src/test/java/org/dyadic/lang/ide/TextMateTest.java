package org.dyadic.lang.ide;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dyadic.api.unit.Dimension;
import org.dyadic.api.unit.Unit;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Scan;
import org.junit.jupiter.api.Test;

/**
 * The TextMate grammar, with which editors colour a file before the server says what its words
 * mean, is made of the keywords of the grammar and the symbols of the units.
 */
class TextMateTest {

    private static final Path FILE = Path.of("../vscode/extension/syntaxes/dyadic.tmLanguage.json");

    private static final String WORD = "[\\p{L}_][\\p{L}\\p{N}_-]*";
    private static final String BEGIN = "(?<![\\p{L}\\p{N}_-])";
    private static final String END = "(?![\\p{L}\\p{N}_-])";

    private static List<String> keywords() {
        return new Language()
                .keywords().stream().filter(it -> it.matches("[a-z]+")).sorted().toList();
    }

    private static List<String> units() {
        return Arrays.stream(Dimension.values())
                .flatMap(dimension -> Unit.symbols(dimension).stream())
                .distinct()
                // Of two that begin alike the longer first.
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    private static String any(List<String> words) {
        return "(?:" + String.join("|", words) + ")";
    }

    private static String keyword() {
        return BEGIN + any(keywords()) + END;
    }

    private static String declaration() {
        var named = Scan.DECLARING.stream().filter(it -> !it.equals("import")).toList();
        // "network Net" in an experiment declares nothing.
        return BEGIN
                + "("
                + String.join("|", named)
                + ")\\s+("
                + WORD
                + ")(?=\\s+(?:from|extends|uses|of|\\{)|\\s+"
                + WORD
                + "\\s*(?:$|\\{|//))";
    }

    private static String quantity() {
        return "(?<![\\p{L}\\p{N}_])(-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
                + "(?:\\s*(x)\\s*([0-9]+)|\\s*("
                + any(units())
                + ")"
                + END
                + ")?";
    }

    private static JsonObject grammar() {
        var repository = new JsonObject();
        repository.add(
                "comments",
                patterns(
                        region("comment.block.documentation.dyadic", "/\\*\\*(?!/)", "\\*/"),
                        region("comment.block.dyadic", "/\\*", "\\*/"),
                        match("//.*$", "comment.line.double-slash.dyadic")));
        var text = region("string.quoted.double.dyadic", "\"", "\"|$");
        text.add("patterns", array(match("\\\\.", "constant.character.escape.dyadic")));
        repository.add("texts", patterns(text));
        repository.add(
                "declarations",
                patterns(
                        match(
                                declaration(),
                                "",
                                "keyword.control.dyadic",
                                "entity.name.type.dyadic")));
        repository.add(
                "quantities",
                patterns(
                        match(
                                quantity(),
                                "",
                                "constant.numeric.dyadic",
                                "keyword.operator.dyadic",
                                "constant.numeric.dyadic",
                                "keyword.other.unit.dyadic")));
        repository.add("keywords", patterns(match(keyword(), "keyword.control.dyadic")));
        repository.add(
                "others",
                patterns(
                        match(">=|<=", "keyword.operator.comparison.dyadic"),
                        match("[{}]", "punctuation.section.block.dyadic"),
                        match("[,.]", "punctuation.separator.dyadic")));
        var grammar = new JsonObject();
        grammar.addProperty(
                "$comment", "Written by TextMateTest with -Ddyadic.golden=update; not by hand.");
        grammar.addProperty("name", "Dyadic");
        grammar.addProperty("scopeName", "source.dyadic");
        var includes = new JsonArray();
        repository
                .keySet()
                .forEach(
                        name -> {
                            var include = new JsonObject();
                            include.addProperty("include", "#" + name);
                            includes.add(include);
                        });
        grammar.add("patterns", includes);
        grammar.add("repository", repository);
        return grammar;
    }

    private static JsonObject patterns(JsonObject... patterns) {
        var rule = new JsonObject();
        rule.add("patterns", array(patterns));
        return rule;
    }

    private static JsonArray array(JsonObject... objects) {
        var array = new JsonArray();
        Stream.of(objects).forEach(array::add);
        return array;
    }

    private static JsonObject match(String expression, String scope, String... groups) {
        var rule = new JsonObject();
        rule.addProperty("match", expression);
        if (!scope.isEmpty()) {
            rule.addProperty("name", scope);
        }
        var captures = new JsonObject();
        for (int i = 0; i < groups.length; i++) {
            var capture = new JsonObject();
            capture.addProperty("name", groups[i]);
            captures.add(Integer.toString(i + 1), capture);
        }
        if (groups.length > 0) {
            rule.add("captures", captures);
        }
        return rule;
    }

    private static JsonObject region(String scope, String begin, String end) {
        var rule = new JsonObject();
        rule.addProperty("begin", begin);
        rule.addProperty("end", end);
        rule.addProperty("name", scope);
        return rule;
    }

    /** {@code -Ddyadic.golden=update} writes it anew. */
    @Test
    void theFileInTheRepositoryIsTheGeneratedOne() throws IOException {
        String expected =
                new GsonBuilder()
                                .setPrettyPrinting()
                                .disableHtmlEscaping()
                                .create()
                                .toJson(grammar())
                        + "\n";
        if ("update".equals(System.getProperty("dyadic.golden"))) {
            Files.writeString(FILE, expected);
        }
        assertThat(FILE).hasContent(expected);
    }

    @Test
    void everyWordOfTheGrammarIsAKeywordAndNoOtherIs() {
        var pattern = Pattern.compile(keyword());
        assertThat(keywords()).isNotEmpty().allMatch(it -> pattern.matcher(it).matches());
        assertThat(List.of("bits", "weights-of", "on-chip", "Policy", "networks", "x"))
                .noneMatch(it -> pattern.matcher(it).find());
    }

    @Test
    void everyUnitIsColouredWhole() {
        var pattern = Pattern.compile(quantity());
        for (String unit : units()) {
            var found = pattern.matcher("clock 1.5e-3 " + unit + " array");
            assertThat(found.find()).as(unit).isTrue();
            assertThat(found.group(1) + found.group(4)).isEqualTo("1.5e-3" + unit);
        }
        var found = pattern.matcher("array 16 x 8");
        assertThat(found.find()).isTrue();
        assertThat(found.group(1) + found.group(2) + found.group(3)).isEqualTo("16x8");
    }

    @Test
    void theNamesOfDeclarationsAreColouredAndNotTheirUses() {
        var pattern = Pattern.compile(declaration());
        String text =
                """
                network ResNet20 from "n.onnx"
                policy Float float
                accelerator Big extends Small
                policy P {
                experiment Main { network ResNet20  dataset Test  policies Float }
                    network ResNet20
                """;
        assertThat(
                        text.lines()
                                .flatMap(line -> pattern.matcher(line).results())
                                .map(it -> it.group(2))
                                .collect(Collectors.joining(" ")))
                .isEqualTo("ResNet20 Float Big P Main");
    }
}
