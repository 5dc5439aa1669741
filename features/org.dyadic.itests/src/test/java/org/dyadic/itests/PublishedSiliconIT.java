package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models beside silicon that others published: {@code examples/08-published-silicon}. The error of
 * each figure is printed, whatever it is, and stands in {@code published.csv}; a model that changes
 * it changes the file, with {@code -Ddyadic.silicon=all -Ddyadic.golden=update}.
 */
class PublishedSiliconIT {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/08-published-silicon").normalize();
    private static final String HEADER =
            "file,experiment,accelerator,figure,published,unit,error %,source";

    /** How far an error may be from the one in the file, in points. */
    private static final double TOLERANCE = 1;

    /** The best tiles of ResNet-50 on seven machines take minutes: {@code -Ddyadic.silicon=all}. */
    private static final boolean EVERY = "all".equals(System.getProperty("dyadic.silicon"));

    @TempDir Path folder;

    /** A published figure, and the model's error that the file tells. */
    private record Figure(
            String file,
            String experiment,
            String accelerator,
            String name,
            double published,
            String unit,
            String error,
            String source) {

        static Figure of(String line) {
            var fields = line.split(",", 8);
            return new Figure(
                    fields[0],
                    fields[1],
                    fields[2],
                    fields[3],
                    Double.parseDouble(fields[4]),
                    fields[5],
                    fields[6],
                    fields[7]);
        }

        boolean ofNvdla() {
            return file.equals("nvdla.dyadic");
        }

        /** The best tiles of large layers take their time. */
        boolean onDemand() {
            return ofNvdla() || file.equals("unpu.dyadic");
        }

        /** What the model answers for it. */
        double modelled(JsonObject outcome) {
            double seconds = value(outcome, "latency");
            return switch (name) {
                case "area" -> value(outcome, "area");
                case "frames" -> 1 / seconds;
                case "power" -> 1e3 * (value(outcome, "energy") - offChip(outcome)) / seconds;
                default -> throw new IllegalArgumentException("no figure '" + name + "'");
            };
        }

        double errorOf(double modelled) {
            return 100 * (modelled / published - 1);
        }

        String line(double modelled) {
            return String.join(
                    ",",
                    file,
                    experiment,
                    accelerator,
                    name,
                    String.valueOf(published).replaceFirst("\\.0$", ""),
                    unit,
                    String.format(Locale.ROOT, "%.0f", errorOf(modelled)),
                    source);
        }

        String row(double modelled) {
            return String.format(
                    Locale.ROOT,
                    "%-13s %-8s %10.4g %10.4g %-4s %+6.0f %%  %s%n",
                    accelerator,
                    name,
                    published,
                    modelled,
                    unit,
                    errorOf(modelled),
                    source);
        }
    }

    private static double value(JsonObject outcome, String figure) {
        return outcome.getAsJsonObject(figure).get("value").getAsDouble();
    }

    /** The power of a chip is without that of its memory. */
    private static double offChip(JsonObject outcome) {
        double joules = 0;
        for (var layer : outcome.getAsJsonArray("layers")) {
            for (var share :
                    layer.getAsJsonObject().getAsJsonObject("energy").getAsJsonArray("shares")) {
                if (share.getAsJsonObject()
                        .get("purpose")
                        .getAsString()
                        .equals("off-chip memory")) {
                    joules += share.getAsJsonObject().get("value").getAsDouble();
                }
            }
        }
        return joules;
    }

    @Test
    @Timeout(1200)
    void theErrorOfEveryFigureIsKnown() throws Exception {
        var lines = Files.readAllLines(EXAMPLE.resolve("published.csv"));
        assertThat(lines.get(0)).isEqualTo(HEADER);
        var all = lines.stream().skip(1).map(Figure::of).toList();
        assertThat(all).hasSizeGreaterThan(20);
        var figures = EVERY ? all : all.stream().filter(one -> !one.onDemand()).toList();
        assertThat(figures).isNotEmpty();

        var outcomes = new LinkedHashMap<String, Map<String, JsonObject>>();
        var table = new StringBuilder();
        var written = new ArrayList<>(List.of(HEADER));
        var wrong = new ArrayList<String>();
        var areas = new LinkedHashMap<Figure, Double>();
        for (var figure : figures) {
            var key = figure.file() + " " + figure.experiment();
            if (!outcomes.containsKey(key)) {
                outcomes.put(key, run(figure.file(), figure.experiment()));
            }
            double modelled = figure.modelled(outcomes.get(key).get(figure.accelerator()));
            table.append(figure.row(modelled));
            if (figure.name().equals("area")) {
                areas.put(figure, modelled);
            }
            written.add(figure.line(modelled));
            double known = figure.error().isEmpty() ? 1e9 : Double.parseDouble(figure.error());
            if (!(Math.abs(figure.errorOf(modelled) - known) <= TOLERANCE)) {
                wrong.add(figure.row(modelled).strip() + " (published.csv says " + known + " %)");
            }
        }
        table.append(EVERY ? asChips(areas) : "");
        System.out.printf(
                "%-13s %-8s %10s %10s %-4s %8s%n%s",
                "accelerator", "figure", "published", "model", "unit", "error", table);
        if (EVERY && "update".equals(System.getProperty("dyadic.golden"))) {
            Files.write(EXAMPLE.resolve("published.csv"), written);
            return;
        }
        assertThat(wrong).as("errors that changed").isEmpty();
    }

    /**
     * A chip is larger than the sum of its parts: one factor for wires, clock tree, control and
     * density, taken from NVDLA alone, must serve Eyeriss too, which is of another node and makers.
     */
    private static String asChips(Map<Figure, Double> areas) {
        double factor =
                Math.exp(
                        areas.entrySet().stream()
                                .filter(area -> area.getKey().ofNvdla())
                                .mapToDouble(
                                        area ->
                                                Math.log(
                                                        area.getKey().published()
                                                                / area.getValue()))
                                .average()
                                .orElseThrow());
        var text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "areas times %.2f, the geometric mean of NVDLA's:%n",
                                factor));
        areas.forEach(
                (figure, modelled) -> {
                    text.append(figure.row(factor * modelled));
                    if (!figure.ofNvdla()) {
                        assertThat(Math.abs(figure.errorOf(factor * modelled)))
                                .as("error of " + figure.accelerator() + ", held out")
                                .isLessThan(25);
                    }
                });
        return text.toString();
    }

    /** Outcomes by accelerator. */
    private Map<String, JsonObject> run(String file, String experiment) throws Exception {
        var printed =
                Ended.of(
                                folder,
                                900,
                                List.of(),
                                "run",
                                EXAMPLE.resolve(file),
                                experiment,
                                "--json",
                                "--no-save",
                                "--quiet")
                        .fine();
        var byName = new LinkedHashMap<String, JsonObject>();
        JsonParser.parseString(printed)
                .getAsJsonObject()
                .getAsJsonArray("outcomes")
                .forEach(
                        outcome ->
                                byName.put(
                                        outcome.getAsJsonObject().get("accelerator").getAsString(),
                                        outcome.getAsJsonObject()));
        return byName;
    }
}
