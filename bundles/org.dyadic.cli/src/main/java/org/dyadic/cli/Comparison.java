package org.dyadic.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Efficiencies in a table, and the ratios of each to the one before with what they come from. */
final class Comparison {

    private final List<Efficiency> chain;

    Comparison(List<Efficiency> chain) {
        this.chain = List.copyOf(chain);
    }

    @Override
    public String toString() {
        return figures()
                + (chain.size() < 2 ? "" : "\n" + ratiosOfArea() + "\n" + ratiosOfEnergy())
                + "\nmeasured: top-1; modelled: all else, each as 'dyadic explain' shows. Energy"
                + " has off-chip memory in it, area has not.\n";
    }

    private TextTable figures() {
        var table =
                new TextTable(
                        "policy",
                        "accelerator",
                        ">top-1 %",
                        ">GOPS",
                        ">busy %",
                        ">mm2",
                        ">memory %",
                        ">GOPS/mm2",
                        ">mW",
                        ">memory %",
                        ">off-chip %",
                        ">GOPS/W");
        for (var one : chain) {
            table.row(
                    one.policy(),
                    one.accelerator(),
                    one.top1().isPresent() ? fixed(100 * one.top1().getAsDouble(), 2) : "-",
                    digits(one.throughput()),
                    fixed(100 * one.utilisation(), 0),
                    digits(one.area()),
                    fixed(100 * one.memory() / one.area(), 0),
                    digits(one.perArea()),
                    digits(one.energy() / one.seconds() * 1e3),
                    fixed(100 * one.onChip() / one.energy(), 0),
                    fixed(100 * one.offChip() / one.energy(), 0),
                    digits(one.perEnergy()));
        }
        return table;
    }

    /** Operations a second and area = peak x busy / (logic x (1 + memory beside it)). */
    private TextTable ratiosOfArea() {
        var table =
                new TextTable(
                        "GOPS/mm2 against the one before",
                        ">ratio",
                        ">= peak per logic",
                        ">x busy",
                        ">x memory beside logic");
        ToDoubleFunction<Efficiency> peak =
                one -> one.throughput() / one.utilisation() / one.logic();
        ToDoubleFunction<Efficiency> beside = one -> one.logic() / one.area();
        steps(table, List.of(Efficiency::perArea, peak, Efficiency::utilisation, beside));
        return table;
    }

    /** Energy = logic x (1 + memory on the chip) x (1 + memory off it) x (1 + leakage). */
    private TextTable ratiosOfEnergy() {
        var table =
                new TextTable(
                        "GOPS/W against the one before",
                        ">ratio",
                        ">= logic",
                        ">x memory on chip",
                        ">x off chip",
                        ">x leakage");
        ToDoubleFunction<Efficiency> logic = one -> one.operations() / one.working();
        ToDoubleFunction<Efficiency> onChip = one -> one.working() / (one.working() + one.onChip());
        ToDoubleFunction<Efficiency> offChip =
                one ->
                        (one.working() + one.onChip())
                                / (one.working() + one.onChip() + one.offChip());
        ToDoubleFunction<Efficiency> leakage = one -> (one.energy() - one.leaking()) / one.energy();
        steps(table, List.of(Efficiency::perEnergy, logic, onChip, offChip, leakage));
        return table;
    }

    private void steps(TextTable table, List<ToDoubleFunction<Efficiency>> factors) {
        for (int i = 1; i < chain.size(); i++) {
            step(table, chain.get(i).name(), chain.get(i), chain.get(i - 1), factors);
        }
        if (chain.size() > 2) {
            var first = chain.get(0);
            var last = chain.get(chain.size() - 1);
            step(table, last.name() + " against " + first.name(), last, first, factors);
        }
    }

    private static void step(
            TextTable table,
            String what,
            Efficiency one,
            Efficiency before,
            List<ToDoubleFunction<Efficiency>> factors) {
        var cells = new ArrayList<String>();
        cells.add(what);
        for (var factor : factors) {
            cells.add(fixed(factor.applyAsDouble(one) / factor.applyAsDouble(before), 2));
        }
        table.row(cells);
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Three digits that mean something. */
    private static String digits(double value) {
        int whole = (int) Math.max(0, Math.floor(Math.log10(Math.abs(value))) + 1);
        return fixed(value, Math.max(0, 3 - whole));
    }
}
