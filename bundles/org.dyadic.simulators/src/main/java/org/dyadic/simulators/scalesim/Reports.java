package org.dyadic.simulators.scalesim;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.dyadic.api.sim.Attachment;

/** The reports of SCALE-Sim v3, character for character as far as it goes. */
final class Reports {

    private static final String PREFETCH = " Total Cycles (incl. prefetch),";

    private static final String COMPUTE =
            "LayerID,"
                    + PREFETCH
                    + " Total Cycles, Stall Cycles, Overall Util %,"
                    + " Mapping Efficiency %, Compute Util %,\n";

    private static final String BANDWIDTH =
            "LayerID, Avg IFMAP SRAM BW, Avg FILTER SRAM BW, Avg OFMAP SRAM BW, Avg IFMAP DRAM BW,"
                    + " Avg FILTER DRAM BW, Avg OFMAP DRAM BW,\n";

    private static final String DETAILED =
            "LayerID, " + accesses("SRAM") + accesses("DRAM").strip() + "\n";

    private Reports() {}

    private static String accesses(String memory) {
        var columns = new StringBuilder();
        for (var what : List.of("IFMAP Reads", "Filter Reads", "OFMAP Writes")) {
            var operand = what.split(" ");
            columns.append("%s %s Start Cycle, ".formatted(memory, operand[0]));
            columns.append("%s %s Stop Cycle, ".formatted(memory, operand[0]));
            columns.append("%s %s %s, ".formatted(memory, operand[0], operand[1]));
        }
        return columns.toString();
    }

    /**
     * @param prefetch whether there is a column of cycles with prefetch, as version 3 has it
     */
    static List<Attachment> of(List<LayerFigures> layers, boolean prefetch) {
        var compute = new StringBuilder(prefetch ? COMPUTE : COMPUTE.replace(PREFETCH, ""));
        var bandwidth = new StringBuilder(BANDWIDTH);
        var detailed = new StringBuilder(DETAILED);
        for (int id = 0; id < layers.size(); id++) {
            var layer = layers.get(id);
            var fields = compute(layer);
            compute.append(row(id, prefetch ? fields : fields.subList(1, fields.size())));
            bandwidth.append(row(id, bandwidth(layer)));
            detailed.append(row(id, detailed(layer)));
        }
        return List.of(
                new Attachment("COMPUTE_REPORT.csv", compute.toString()),
                new Attachment("DETAILED_ACCESS_REPORT.csv", detailed.toString()),
                new Attachment("BANDWIDTH_REPORT.csv", bandwidth.toString()));
    }

    private static String row(int id, List<String> fields) {
        var row = new StringJoiner(", ", id + ", ", ",\n");
        fields.forEach(row::add);
        return row.toString();
    }

    private static List<String> compute(LayerFigures layer) {
        return List.of(
                String.valueOf(layer.cyclesWithPrefetch()),
                String.valueOf(layer.cycles()),
                String.valueOf(layer.stalls()),
                real(layer.utilisation()),
                real(layer.mapping()),
                real(layer.compute()));
    }

    private static List<String> bandwidth(LayerFigures layer) {
        double cycles = layer.cycles();
        return List.of(
                real(layer.ifmapSram().count() / cycles),
                real(layer.filterSram().count() / cycles),
                real(layer.ofmapSram().count() / cycles),
                real(layer.ifmapDram().rate()),
                real(layer.filterDram().rate()),
                real(layer.ofmapDram().rate()));
    }

    private static List<String> detailed(LayerFigures layer) {
        var fields = new ArrayList<String>();
        for (var transfer :
                List.of(
                        layer.ifmapSram(),
                        layer.filterSram(),
                        layer.ofmapSram(),
                        layer.ifmapDram(),
                        layer.filterDram(),
                        layer.ofmapDram())) {
            fields.add(transfer.start() + ".0"); // cycles are printed as reals
            fields.add(transfer.stop() + ".0");
            fields.add(String.valueOf(transfer.count()));
        }
        return fields;
    }

    /** As Python prints a real number: without exponent from 0.0001 up. */
    static String real(double value) {
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            return Double.isNaN(value) ? "nan" : "inf";
        }
        if (value != 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e16)) {
            var parts = Double.toString(value).split("E");
            int exponent = Integer.parseInt(parts[1]);
            var digits =
                    parts[0].endsWith(".0")
                            ? parts[0].substring(0, parts[0].length() - 2)
                            : parts[0];
            return "%se%s%02d"
                    .formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent))
                    .toLowerCase(Locale.ROOT);
        }
        var plain = new BigDecimal(Double.toString(value)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
