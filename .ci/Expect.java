import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares a result with the one an example promises.
 *
 * <p>Everything in the expected file must be in the actual one; what else is there does not matter.
 * Numbers agree within the relative tolerance that the expected file names as {@code "tolerance"},
 * without one exactly.
 */
public final class Expect {
    private final List<String> differences = new ArrayList<>();
    private double tolerance;
    private int compared;

    public static void main(String[] files) throws IOException {
        JsonObject expected = read(files[0]);
        JsonElement tolerance = expected.remove("tolerance");
        Expect expect = new Expect();
        expect.tolerance = tolerance == null ? 0 : tolerance.getAsDouble();
        expect.compare("", expected, read(files[1]));
        expect.differences.forEach(System.err::println);
        System.out.println(expect.compared + " values compared, " + expect.differences.size() + " differ");
        System.exit(expect.differences.isEmpty() && expect.compared > 0 ? 0 : 1);
    }

    private static JsonObject read(String file) throws IOException {
        return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
    }

    private void compare(String path, JsonElement expected, JsonElement actual) {
        if (expected instanceof JsonObject object && actual instanceof JsonObject other) {
            object.entrySet().forEach(e -> compare(path + "." + e.getKey(), e.getValue(), other.get(e.getKey())));
        } else if (expected instanceof JsonArray list && actual instanceof JsonArray other) {
            if (list.size() != other.size()) {
                differences.add(path + ": expected " + list.size() + " elements, found " + other.size());
            }
            for (int i = 0; i < Math.min(list.size(), other.size()); i++) {
                compare(path + "[" + i + "]", list.get(i), other.get(i));
            }
        } else {
            compared++;
            if (!same(expected, actual)) {
                differences.add(path + ": expected " + expected + ", found " + actual);
            }
        }
    }

    private boolean same(JsonElement expected, JsonElement actual) {
        if (expected instanceof JsonPrimitive number && number.isNumber()
                && actual instanceof JsonPrimitive other && other.isNumber()) {
            double wanted = number.getAsDouble();
            return Math.abs(other.getAsDouble() - wanted) <= tolerance * Math.abs(wanted);
        }
        return expected.equals(actual);
    }
}
