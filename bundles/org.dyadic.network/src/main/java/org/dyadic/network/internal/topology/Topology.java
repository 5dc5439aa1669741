package org.dyadic.network.internal.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.dyadic.api.network.Window;

/**
 * The layers of a topology file. The first line names columns, and tells which of two forms it is:
 * a name, then {@code M, N, K} of a matrix product, or the seven numbers of a convolution. The
 * outputs of a convolution are rounded up, so that a last window may reach beyond the image; there
 * is no other padding. {@code DP} in a name says depth-wise: so many filters for each channel.
 *
 * <p>More forgiving than the program, which drops the last field of a row without a comma at its
 * end: rows of empty fields, rows with a name alone (headings), tabs for commas, columns for notes
 * and comments from {@code #} are all fine.
 */
final class Topology {

    private static final List<String> MATRIX = List.of("M", "N", "K");

    private static final List<String> CONVOLUTION =
            List.of(
                    "the image height",
                    "the image width",
                    "the filter height",
                    "the filter width",
                    "the number of channels",
                    "the number of filters",
                    "the stride");

    /** What stands in column 9 of layers with sparse weights. */
    private static final String SPARSITY = "\\d+\\s*:\\s*\\d+";

    private final Path file;
    private final List<Line> rows = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Integer> means = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Line header;
    private final Map<String, String> metadata = new HashMap<>();

    Topology(Path file, List<String> lines) throws UnreadableFileException {
        this.file = file;
        for (int i = 0; i < lines.size(); i++) {
            var text = lines.get(i);
            if (i == 0 && text.startsWith("\ufeff")) {
                text = text.substring(1); // the mark that Excel puts first
            }
            rows.add(Line.of(file, i + 1, text));
        }
        this.header = rows.isEmpty() ? Line.of(file, 1, "") : rows.remove(0);
        if (header.text(1).matches("\\d+")) {
            throw header.wrong(
                    0,
                    "the first line is a layer, but it should name the columns; put a line such as"
                            + " 'Layer, M, N, K,' or 'Layer name, IFMAP Height, IFMAP Width, Filter"
                            + " Height, Filter Width, Channels, Num Filter, Strides,' before it");
        }
    }

    Network network(String name) throws UnreadableFileException {
        boolean matrices = matrices();
        for (var row : rows) {
            boolean heading = row.fields().size() == 1;
            if (!row.blank() && !heading) {
                try {
                    add(row, matrices);
                } catch (ArithmeticException tooLarge) {
                    throw row.wrong(
                            0,
                            "layer '"
                                    + Line.quoted(row.text(0))
                                    + "' has more than 2147483647 weights; split it into smaller"
                                    + " layers");
                }
            }
        }
        if (means.isEmpty()) {
            throw new UnreadableFileException(
                    file + ":1:1: there is no layer after the first line; add a row for each");
        }
        int count = means.size();
        nodes.add(
                new Node(
                        unique("means of all layers"),
                        new Operation.Concat(0),
                        means,
                        Shape.of(count)));
        metadata.put("weights", "none: a SCALE-Sim topology");
        metadata.put(Network.APART, "a SCALE-Sim topology");
        return new Network(name, nodes, nodes.size() - 1, false, metadata);
    }

    private boolean matrices() {
        for (int i = 0; i < MATRIX.size(); i++) {
            if (!header.text(i + 1).equalsIgnoreCase(MATRIX.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void add(Line row, boolean matrices) throws UnreadableFileException {
        var numbers = new ArrayList<Integer>();
        for (var what : matrices ? MATRIX : CONVOLUTION) {
            numbers.add(row.number(numbers.size() + 1, what));
        }
        int strideX = matrices ? 1 : numbers.get(6);
        for (int i = numbers.size() + 1; i < row.fields().size(); i++) {
            String text = row.text(i);
            String column = header.text(i).toLowerCase(Locale.ROOT);
            if (text.startsWith("#")) {
                break;
            } else if (column.contains("stride") && !text.isEmpty()) {
                strideX = row.number(i, "the stride of columns");
            } else if (column.contains("batch") && !text.isEmpty()) {
                if (row.number(i, "the batch size") > 1) {
                    throw row.wrong(
                            i,
                            "the batch size is " + text + "; layers are of one image, so write 1");
                }
            } else if (text.matches(SPARSITY)) {
                metadata.put("sparsity", "left out: all weights are taken as dense");
            } else if (!text.isEmpty() && column.isEmpty()) {
                throw row.wrong(
                        i,
                        "'"
                                + Line.quoted(text)
                                + "' is one field too many, as the first line names no column for"
                                + " it; remove it, or write the sparsity as N:M");
            }
        }
        String name = unique(Line.quoted(row.text(0)));
        if (matrices) {
            matrix(name, numbers.get(0), numbers.get(1), numbers.get(2));
        } else {
            convolution(row, name, numbers, strideX);
        }
    }

    private void matrix(String name, int m, int n, int k) {
        int input = input(name, Shape.of(m, k));
        var weights = weights(Shape.of(n, k));
        layer(name, new Operation.Dense(weights, Optional.empty()), input, Shape.of(m, n));
    }

    private void convolution(Line row, String name, List<Integer> numbers, int strideX)
            throws UnreadableFileException {
        int height = numbers.get(0);
        int width = numbers.get(1);
        int filterHeight = numbers.get(2);
        int filterWidth = numbers.get(3);
        int channels = numbers.get(4);
        int filters = numbers.get(5);
        int strideY = numbers.get(6);
        fits(row, 3, filterHeight, height, "high");
        fits(row, 4, filterWidth, width, "wide");
        int rows = places(height, filterHeight, strideY);
        int columns = places(width, filterWidth, strideX);
        var window =
                new Window(
                        filterHeight,
                        filterWidth,
                        strideY,
                        strideX,
                        0,
                        0,
                        beyond(height, filterHeight, strideY, rows),
                        beyond(width, filterWidth, strideX, columns),
                        1,
                        1);
        int groups = row.text(0).contains("DP") ? channels : 1;
        int outputs = Math.multiplyExact(filters, groups);
        var weights = weights(Shape.of(outputs, channels / groups, filterHeight, filterWidth));
        layer(
                name,
                new Operation.Convolution(weights, Optional.empty(), window, groups),
                input(name, Shape.of(channels, height, width)),
                Shape.of(outputs, rows, columns));
    }

    private static Tensor weights(Shape shape) {
        shape.size(); // throws if there are too many
        return Tensor.filled(shape, 0);
    }

    private static void fits(Line row, int index, int filter, int image, String how)
            throws UnreadableFileException {
        if (filter > image) {
            throw row.wrong(
                    index,
                    "the filter is "
                            + filter
                            + " "
                            + how
                            + " and its image only "
                            + image
                            + "; add the padding to the image, or make the filter smaller");
        }
    }

    /** Rounded up. */
    private static int places(int image, int filter, int stride) {
        return (image - filter + stride - 1) / stride + 1;
    }

    private static int beyond(int image, int filter, int stride, int places) {
        return Math.max(0, (places - 1) * stride + filter - image);
    }

    /** The first layer reads the image; what the others read is not said. */
    private int input(String layer, Shape shape) {
        var node =
                nodes.isEmpty()
                        ? new Node("input", new Operation.Input(), List.of(), shape)
                        : new Node(
                                unique("input of " + layer),
                                new Operation.Constant(Tensor.filled(shape, 0)),
                                List.of(),
                                shape);
        nodes.add(node);
        return nodes.size() - 1;
    }

    private void layer(String name, Operation operation, int input, Shape shape) {
        nodes.add(new Node(name, operation, List.of(input), shape));
        var axes = java.util.stream.IntStream.range(0, shape.rank()).boxed().toList();
        nodes.add(
                new Node(
                        unique("mean of " + name),
                        new Operation.Mean(axes),
                        List.of(nodes.size() - 1),
                        Shape.of(1)));
        means.add(nodes.size() - 1);
    }

    /** Files name layers of equal shape alike: the second {@code conv} is called {@code conv_2}. */
    private String unique(String name) {
        String base = name.isEmpty() ? "layer" : name;
        String unique = base;
        for (int i = 2; unique.equals("input") || !names.add(unique); i++) {
            unique = base + "_" + i;
        }
        return unique;
    }
}
