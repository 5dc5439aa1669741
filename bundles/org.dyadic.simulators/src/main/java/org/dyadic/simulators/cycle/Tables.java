package org.dyadic.simulators.cycle;

import java.util.List;
import java.util.Locale;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Attachment;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Switching;
import org.dyadic.api.sim.Witness;
import org.dyadic.api.sim.Workload;

/** What the simulator saw, as tables. */
final class Tables {

    /** A map has no more rows and columns than these; larger arrays are averaged in blocks. */
    private static final int FINEST = 64;

    private Tables() {}

    /** A line for each layer. */
    static Attachment layers(Machine machine, List<Workload> layers, List<Estimate> estimates) {
        var text = new StringBuilder();
        text.append(
                "layer,m,n,k,groups,folds,load cycles,stream cycles,drain cycles,cycles,"
                        + "element cycles,utilisation,zero products,toggled bits,values\n");
        for (int i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            var estimate = estimates.get(i);
            var folds = Folds.of(machine, layer);
            long each = CycleSimulator.pace(layer) * layer.groups() * folds.count();
            var switching = estimate.witness().flatMap(Witness::switching);
            text.append(quoted(layer.layer())).append(',');
            text.append(layer.m()).append(',').append(layer.n()).append(',');
            text.append(layer.k()).append(',').append(layer.groups()).append(',');
            text.append(layer.groups() * folds.count()).append(',');
            text.append(each * folds.load()).append(',').append(each * folds.stream()).append(',');
            text.append(each * folds.drain()).append(',').append(estimate.cycles()).append(',');
            text.append(estimate.activity().elementUses()).append(',');
            text.append(share(estimate.utilisation())).append(',');
            text.append(switching.map(Switching::zeros).map(Tables::share).orElse("")).append(',');
            text.append(switching.map(Switching::toggles).map(Tables::share).orElse(""));
            text.append(
                    estimate.witness().isPresent()
                            ? ",first image\n"
                            : ",none: untrained or no data set\n");
        }
        return new Attachment("layers.csv", text.toString());
    }

    /** Share of a layer's cycles that each element works, a line for each row of the array. */
    static Attachment utilisation(Machine machine, List<Workload> layers) {
        var rows = new Blocks(machine.rows());
        var columns = new Blocks(machine.columns());
        var text = new StringBuilder("layer,row");
        for (int column = 0; column < columns.count(); column++) {
            text.append(",column ").append(columns.name(column));
        }
        text.append('\n');
        for (var layer : layers) {
            var folds = Folds.of(machine, layer);
            long[] uses = folds.uses();
            double cycles = (double) folds.count() * folds.cycles();
            for (int row = 0; row < rows.count(); row++) {
                text.append(quoted(layer.layer())).append(',').append(rows.name(row));
                for (int column = 0; column < columns.count(); column++) {
                    text.append(',').append(share(mean(uses, rows, row, columns, column) / cycles));
                }
                text.append('\n');
            }
        }
        return new Attachment("utilisation.csv", text.toString());
    }

    private static double mean(long[] uses, Blocks rows, int row, Blocks columns, int column) {
        double sum = 0;
        for (int r = rows.from(row); r < rows.to(row); r++) {
            for (int c = columns.from(column); c < columns.to(column); c++) {
                sum += uses[r * columns.lanes() + c];
            }
        }
        return sum / (rows.to(row) - rows.from(row)) / (columns.to(column) - columns.from(column));
    }

    /** Rows or columns of an array, several of them together if they are many. */
    private record Blocks(int lanes) {

        private int size() {
            return (lanes - 1) / FINEST + 1;
        }

        int count() {
            return (lanes - 1) / size() + 1;
        }

        int from(int block) {
            return block * size();
        }

        int to(int block) {
            return Math.min(lanes, from(block) + size());
        }

        /** Counted from one, as people do. */
        String name(int block) {
            return size() == 1 ? "" + to(block) : (from(block) + 1) + " to " + to(block);
        }
    }

    private static String share(double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
