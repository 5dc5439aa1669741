package org.dyadic.cli;

import java.util.Locale;
import org.dyadic.api.report.Results;

/** Where the time of a run went: a row a stage, and below it one for each plugin it called. */
final class TimeTable {

    private TimeTable() {}

    static String of(Results results) {
        var table = new TextTable("stage", "plugin", ">calls", ">seconds", ">share %");
        double all = results.timings().values().stream().mapToDouble(x -> x).sum();
        results.timings()
                .forEach(
                        (stage, seconds) -> {
                            table.row(stage, "", "", number(seconds), share(seconds, all));
                            results.pluginTimes().stream()
                                    .filter(time -> time.stage().equals(stage))
                                    .forEach(
                                            time ->
                                                    table.row(
                                                            "",
                                                            time.plugin(),
                                                            Long.toString(time.calls()),
                                                            number(time.seconds()),
                                                            share(time.seconds(), seconds)));
                        });
        return "where the time went, measured:\n\n"
                + table
                + "\nstages: wall time and its share of the run; plugins: the sum over all threads"
                + " beside the wall time of the stage\n";
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    private static String share(double part, double whole) {
        return whole > 0 ? String.format(Locale.ROOT, "%.0f", 100 * part / whole) : "-";
    }
}
