package org.dyadic.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.diagnostic.Position;

/** A configuration of SCALE-Sim: keys and values in sections, each with its place. */
final class ScaleSimConfig {

    private static final String ARCHITECTURE = "architecture_presets";

    private static final Pattern SECTION = Pattern.compile("\\s*\\[(.+)]\\s*");

    /** What Python's reader takes: a colon or an equals sign. */
    private static final Pattern ENTRY =
            Pattern.compile("(\\s*([^:=\\s][^:=]*?)\\s*[:=]\\s*)(.*?)\\s*");

    private static final Map<String, String> DATAFLOWS =
            Map.of("os", "output-stationary", "ws", "weight-stationary", "is", "input-stationary");

    /** A value and where it stands. */
    private record Entry(String value, Position at) {}

    private final String file;
    private final Map<String, Map<String, Entry>> sections = new HashMap<>();

    ScaleSimConfig(String file, List<String> lines) {
        this.file = file;
        Map<String, Entry> section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.strip().startsWith("#") || line.strip().startsWith(";")) {
                continue;
            }
            var header = SECTION.matcher(line);
            if (header.matches()) {
                String name = header.group(1).strip().toLowerCase(Locale.ROOT);
                section = sections.computeIfAbsent(name, key -> new HashMap<>());
                continue;
            }
            var entry = ENTRY.matcher(line);
            if (section == null || !entry.matches()) {
                throw wrong(
                        new Position(file, i + 1, 1, line.length()),
                        "this is neither [section] nor 'key : value' in a section; a SCALE-Sim"
                                + " configuration begins with [general]");
            }
            section.put(
                    entry.group(2).toLowerCase(Locale.ROOT),
                    new Entry(
                            entry.group(3),
                            new Position(
                                    file,
                                    i + 1,
                                    entry.group(1).length() + 1,
                                    entry.group(3).length())));
        }
    }

    /** The name that the user gave to the run. */
    Optional<String> runName() {
        return find("general", "run_name").map(Entry::value).filter(name -> !name.isBlank());
    }

    int rows() {
        return size(1024, "ArrayHeight");
    }

    int columns() {
        return size(1024, "ArrayWidth");
    }

    int ifmapKibibytes() {
        return size(1 << 20, "IfmapSramSzkB", "IfmapSramSz");
    }

    int filterKibibytes() {
        return size(1 << 20, "FilterSramSzkB", "FilterSramSz");
    }

    int ofmapKibibytes() {
        return size(1 << 20, "OfmapSramSzkB", "OfmapSramSz");
    }

    /** The word of our language. */
    String dataflow() {
        var entry = architecture("ws, os or is", "Dataflow");
        var word = DATAFLOWS.get(entry.value().toLowerCase(Locale.ROOT));
        if (word == null) {
            throw wrong(
                    entry.at(),
                    "Dataflow is '"
                            + entry.value()
                            + "'; there are is, os and ws (input-, output- and weight-stationary)."
                            + Guess.suggestion(entry.value(), DATAFLOWS.keySet()));
        }
        return word;
    }

    /**
     * Elements a cycle that the user gave off-chip memory; nothing where it is to be calculated.
     */
    Optional<Integer> bandwidth() {
        boolean given =
                find("run_presets", "InterfaceBandwidth")
                        .filter(mode -> mode.value().equalsIgnoreCase("USER"))
                        .isPresent();
        return given ? Optional.of(size(1_000_000, "Bandwidth")) : Optional.empty();
    }

    /** What is asked for and not done here. */
    List<Diagnostic> leftOut() {
        var found = new ArrayList<Diagnostic>();
        bandwidth()
                .ifPresent(
                        elements ->
                                found.add(
                                        warning(
                                                find("run_presets", "InterfaceBandwidth").get(),
                                                "InterfaceBandwidth USER: all three interfaces get"
                                                        + " the Bandwidth of "
                                                        + elements
                                                        + "; for version 2 write"
                                                        + " scale-sim-v2-compat")));
        for (var flag :
                List.of(
                        List.of("sparsity", "SparsitySupport", "all weights are taken as dense"),
                        List.of("layout", "IfmapCustomLayout", "memory banks are not modelled"),
                        List.of("layout", "FilterCustomLayout", "memory banks are not modelled"),
                        List.of("run_presets", "UseRamulatorTrace", "no trace is replayed"))) {
            find(flag.get(0), flag.get(1))
                    .filter(entry -> entry.value().equalsIgnoreCase("true"))
                    .ifPresent(
                            entry -> found.add(warning(entry, flag.get(1) + ": " + flag.get(2))));
        }
        return found;
    }

    private static Diagnostic warning(Entry entry, String message) {
        return Diagnostic.at(entry.at(), IssueCode.LEFT_OUT, message);
    }

    private Optional<Entry> find(String section, String key) {
        return Optional.ofNullable(
                sections.getOrDefault(section, Map.of()).get(key.toLowerCase(Locale.ROOT)));
    }

    /** The first of some keys that is there. */
    private Entry architecture(String allowed, String... keys) {
        for (var key : keys) {
            var entry = find(ARCHITECTURE, key);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        var known = sections.getOrDefault(ARCHITECTURE, Map.of()).keySet();
        throw wrong(
                Position.startOf(file),
                "there is no "
                        + keys[0]
                        + " in ["
                        + ARCHITECTURE
                        + "]; add a line '"
                        + keys[0]
                        + " : ' with "
                        + allowed
                        + "."
                        + Guess.suggestion(keys[0].toLowerCase(Locale.ROOT), known));
    }

    private int size(int most, String... keys) {
        String allowed = "a whole number from 1 to " + most;
        var entry = architecture(allowed, keys);
        try {
            int number = Integer.parseInt(entry.value());
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw wrong(entry.at(), keys[0] + " is '" + entry.value() + "'; write " + allowed);
    }

    private static Refusal wrong(Position at, String message) {
        return new Refusal(
                ExitCode.SPECIFICATION,
                Diagnostic.at(at, IssueCode.UNREADABLE_FILE, message).toString());
    }
}
