package org.dyadic.lang.checks;

import java.util.List;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.lang.dyadic.Assignment;
import org.dyadic.lang.dyadic.Block;
import org.dyadic.lang.dyadic.BlockValue;
import org.dyadic.lang.dyadic.DyadicPackage;
import org.dyadic.lang.dyadic.ListValue;
import org.dyadic.lang.dyadic.NumberValue;
import org.dyadic.lang.dyadic.SettingValue;
import org.dyadic.lang.dyadic.TextValue;
import org.dyadic.lang.dyadic.WordValue;
import org.dyadic.lang.source.Program;

/**
 * Turns blocks into settings of the API. Nothing is checked here: whatever a user writes has a
 * value that the specification of a plugin can refuse with a sentence.
 */
final class SettingsReading {

    private final Program program;

    SettingsReading(Program program) {
        this.program = program;
    }

    /** The settings of a block, in the order of the text; none if there is no block. */
    List<Setting> settings(Block block) {
        return block == null
                ? List.of()
                : block.getAssignments().stream().map(this::setting).toList();
    }

    private Setting setting(Assignment assignment) {
        return new Setting(
                assignment.getName(),
                value(assignment.getValue()),
                program.at(assignment, DyadicPackage.Literals.ASSIGNMENT__NAME),
                program.at(assignment.getValue()));
    }

    Value value(SettingValue value) {
        if (value instanceof BlockValue block) {
            return new Value.Block(settings(block.getBlock()));
        }
        if (value instanceof ListValue list) {
            return new Value.Sequence(list.getValues().stream().map(this::value).toList());
        }
        if (value instanceof NumberValue number) {
            return number(number);
        }
        if (value instanceof TextValue text) {
            return new Value.Text(text.getText());
        }
        return new Value.Word(((WordValue) value).getWord());
    }

    private static Value number(NumberValue written) {
        if (written.getColumns() != null) {
            return extent(written.getNumber(), written.getColumns());
        }
        double number = finite(written.getNumber());
        if (written.getUnit() == null) {
            return new Value.Number(Quantity.of(number, Unit.ONE));
        }
        String symbol = written.getUnit().replaceAll("\\s", "");
        return Unit.of(symbol)
                .<Value>map(unit -> new Value.Number(Quantity.of(number, unit)))
                .orElseGet(() -> new Value.Unrecognised(number, symbol));
    }

    private static Value extent(String rows, String columns) {
        double height = finite(rows);
        double width = finite(columns);
        boolean whole = height == Math.rint(height) && width == Math.rint(width);
        // What is too large for an int is out of every range, and stays so.
        return whole
                ? new Value.Extent((int) height, (int) width)
                : new Value.Word(rows + " x " + columns);
    }

    /** What is too large for a double is out of every range too. */
    private static double finite(String number) {
        double value = Double.parseDouble(number);
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }
}
