package org.dyadic.backends;

import java.util.Arrays;
import java.util.List;
import org.dyadic.api.hardware.BillItem;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.hardware.Verdict;
import org.dyadic.api.quant.Encoding;
import org.dyadic.api.quant.Fit;
import org.dyadic.api.quant.Grid;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;

/** Encodings and settings for the tests of arrays. */
final class Layers {

    private Layers() {}

    static Fit uniform(int bits, boolean signed) {
        return fit(new Encoding.Uniform(bits, signed, 0));
    }

    static Fit powers(List<List<Integer>> subsets) {
        return fit(new Encoding.PowerSum(false, subsets));
    }

    static Fit table(Integer... entries) {
        return fit(
                new Encoding.Table(
                        Integer.numberOfTrailingZeros(entries.length), Arrays.asList(entries)));
    }

    static Fit fit(Encoding.Integral encoding) {
        return Fit.of(Grid.of(encoding, 1), 0);
    }

    static Setting word(String name, String word) {
        return Setting.of(name, new Value.Word(word));
    }

    static Setting number(String name, double number) {
        return Setting.of(name, new Value.Number(Quantity.of(number, Unit.ONE)));
    }

    static Setting array(int rows, int columns) {
        return Setting.of("array", new Value.Extent(rows, columns));
    }

    static double macsPerCycle(Verdict verdict) {
        return verdict instanceof Verdict.Acceptance acceptance ? acceptance.macsPerCycle() : 0;
    }

    static String reason(Verdict verdict) {
        return verdict instanceof Verdict.Refusal refusal ? refusal.reason() : "";
    }

    static long count(Machine machine, String purpose) {
        return machine.bill().stream()
                .filter(part -> part.purpose().equals(purpose))
                .mapToLong(BillItem::count)
                .sum();
    }
}
