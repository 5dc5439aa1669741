package org.dyadic.costs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dyadic.api.hardware.Constant;

/**
 * The numbers of {@code constants.csv}, by name: each with its unit, the node, voltage and corner
 * it holds for, and its source.
 */
final class Constants {

    private static final String FILE = "constants.csv";
    private static final String HEADER = "name,value,unit,node,voltage,corner,source";
    private static final Constants SHIPPED = shipped(FILE);

    private final Map<String, Constant> byName;

    private Constants(Map<String, Constant> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** Those that come with this bundle. */
    static Constants shipped() {
        return SHIPPED;
    }

    private static Constants shipped(String file) {
        try (var stream = Constants.class.getResourceAsStream(file);
                var reader =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return parse(file, reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of a table with a header; throws with file and line where it is not one. */
    static Constants parse(String file, List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(file + ":1: the header is " + HEADER);
        }
        var byName = new LinkedHashMap<String, Constant>();
        for (int line = 1; line < lines.size(); line++) {
            String at = file + ":" + (line + 1) + ": ";
            var fields = fields(lines.get(line));
            if (fields.size() != 7) {
                throw new IllegalArgumentException(
                        at + "a constant has 7 fields, here are " + fields.size());
            }
            Constant constant;
            try {
                constant =
                        new Constant(
                                fields.get(0),
                                Double.parseDouble(fields.get(1)),
                                fields.get(2),
                                fields.get(3),
                                fields.get(4),
                                fields.get(5),
                                fields.get(6));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(at + e.getMessage(), e);
            }
            if (byName.put(constant.name(), constant) != null) {
                throw new IllegalArgumentException(at + "a second " + constant.name());
            }
        }
        return new Constants(byName);
    }

    /** Fields between commas; those with commas inside stand in quotes. */
    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (char letter : line.toCharArray()) {
            if (letter == '"') {
                quoted = !quoted;
            } else if (letter == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(letter);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    Collection<Constant> all() {
        return byName.values();
    }

    /** A page on which to note what is looked up. */
    Page page() {
        return new Page(this);
    }

    /** Looks constants up and remembers which: what a price rests on. */
    static final class Page {

        private final Constants constants;
        private final Map<String, Constant> used = new LinkedHashMap<>();

        private Page(Constants constants) {
            this.constants = constants;
        }

        /** The value of a constant; throws if there is none of the name. */
        double of(String name) {
            var constant = constants.byName.get(name);
            if (constant == null) {
                throw new IllegalArgumentException(
                        "there is no constant '" + name + "' in " + FILE);
            }
            used.put(name, constant);
            return constant.value();
        }

        /** The constants {@code <family>.<number>} by number; none of them counts as used. */
        TreeMap<Double, String> family(String family) {
            var members = new TreeMap<Double, String>();
            for (var name : constants.byName.keySet()) {
                String rest =
                        name.startsWith(family + ".") ? name.substring(family.length() + 1) : "";
                if (rest.matches("\\d+(\\..*)?")) {
                    String number = rest.replaceFirst("\\..*", "");
                    members.put(Double.parseDouble(number), family + "." + number);
                }
            }
            return members;
        }

        /** Notes a number that was worked out of constants, such as a factor of scaling. */
        void note(Constant derived) {
            used.put(derived.name(), derived);
        }

        List<Constant> used() {
            return List.copyOf(used.values());
        }
    }
}
