package org.dyadic.network.internal.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.data.DatasetReaderService;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.network.internal.UserFiles;
import org.osgi.service.component.annotations.Component;

/** A folder of PNG images, all of one size, with a table of their labels. */
@Component
@DatasetReaderService(id = "images")
public final class ImageFolderReader implements DatasetReader {

    private static final ParameterSpec PARAMETERS =
            ParameterSpec.of(
                    "A folder of PNG images of one size, 8-bit grey or RGB, with a CSV file of their"
                            + " labels",
                    Parameter.text("labels")
                            .defaultsTo("labels.csv")
                            .documented("the CSV file, with a header line, in the folder"),
                    Parameter.text("file")
                            .defaultsTo("file")
                            .documented("the column of the image files, relative to the folder"),
                    Parameter.text("label")
                            .defaultsTo("label")
                            .documented("the column of the labels: whole numbers from 0"));

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreSurroundingSpaces(true)
                    .setIgnoreEmptyLines(true)
                    .build();

    @Override
    public ParameterSpec parameters() {
        return PARAMETERS;
    }

    @Override
    public Dataset open(Path location, Settings settings) throws UnreadableFileException {
        UserFiles.requireExisting(location, "data set");
        if (!Files.isDirectory(location)) {
            throw new UnreadableFileException(
                    "data set '" + location + "' is a file; name the folder that holds the images");
        }
        UserFiles.requireReadable(location, "data set");
        var table = resolve(location, settings.text("labels"), "the setting 'labels'");
        UserFiles.requireFile(table, "label file");
        var rows = rows(table, settings);
        var files = new ArrayList<Path>();
        for (var row : rows) {
            files.add(image(location, row, table));
        }
        return new ImageFolder(
                rows.stream().map(Row::file).toList(),
                files,
                rows.stream().map(Row::label).toList(),
                commonShape(files));
    }

    private static Shape commonShape(List<Path> files) throws UnreadableFileException {
        var shape = PngFile.shape(files.get(0));
        for (var file : files) {
            var other = PngFile.shape(file);
            if (!other.equals(shape)) {
                throw new UnreadableFileException(
                        "image '"
                                + file
                                + "' is "
                                + other
                                + " but '"
                                + files.get(0)
                                + "' is "
                                + shape
                                + "; all images must have one size and colour type");
            }
        }
        return shape;
    }

    private static Path image(Path folder, Row row, Path table) throws UnreadableFileException {
        String where = "line " + row.line() + " of label file '" + table + "'";
        if (row.file().isEmpty()) {
            throw new UnreadableFileException(where + " names no image");
        }
        var file = resolve(folder, row.file(), where);
        try {
            UserFiles.requireFile(file, "image");
        } catch (UnreadableFileException e) {
            throw new UnreadableFileException(where + ": " + e.getMessage());
        }
        return file;
    }

    private static Path resolve(Path folder, String name, String where)
            throws UnreadableFileException {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            throw new UnreadableFileException(where + " has '" + name + "', which is no file name");
        }
    }

    /** A line of the table. */
    private record Row(String file, int label, long line) {}

    private static List<Row> rows(Path table, Settings settings) throws UnreadableFileException {
        try (var text = Files.newBufferedReader(table, StandardCharsets.UTF_8)) {
            skipByteOrderMark(text);
            var parser = CSVParser.parse(text, FORMAT);
            var columns = parser.getHeaderNames();
            requireColumn(table, columns, "file", settings.text("file"));
            requireColumn(table, columns, "label", settings.text("label"));
            var rows = new ArrayList<Row>();
            for (var line : parser) {
                rows.add(row(table, line, settings));
            }
            if (rows.isEmpty()) {
                throw new UnreadableFileException(
                        "label file '"
                                + table
                                + "' lists no images; give it a line for each, such as a.png,3 below"
                                + " the header file,label");
            }
            return rows;
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw notCsv(table, e);
        } catch (CharacterCodingException e) {
            throw new UnreadableFileException(
                    "label file '" + table + "' is not in UTF-8; convert it");
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw notCsv(table, e);
        }
    }

    private static UnreadableFileException notCsv(Path table, Exception cause) {
        return new UnreadableFileException(
                "label file '" + table + "' is no sound CSV file: " + cause.getMessage());
    }

    private static void skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
    }

    private static void requireColumn(
            Path table, List<String> columns, String setting, String wanted)
            throws UnreadableFileException {
        if (!columns.contains(wanted)) {
            throw new UnreadableFileException(
                    "label file '"
                            + table
                            + "' has no column '"
                            + wanted
                            + "'; it has: "
                            + String.join(", ", columns)
                            + ". Name one with the setting '"
                            + setting
                            + "'."
                            + Guess.suggestion(wanted, columns));
        }
    }

    private static Row row(Path table, CSVRecord line, Settings settings)
            throws UnreadableFileException {
        if (!line.isConsistent()) {
            throw new UnreadableFileException(
                    "line "
                            + line.getParser().getCurrentLineNumber()
                            + " of label file '"
                            + table
                            + "' has "
                            + line.size()
                            + " columns where the header has "
                            + line.getParser().getHeaderNames().size()
                            + "; give it a file and a label");
        }
        long number = line.getParser().getCurrentLineNumber();
        var label = line.get(settings.text("label"));
        if (!label.matches("\\d{1,9}")) {
            throw new UnreadableFileException(
                    "line "
                            + number
                            + " of label file '"
                            + table
                            + "' has label '"
                            + label
                            + "'; a label is a whole number from 0");
        }
        return new Row(line.get(settings.text("file")), Integer.parseInt(label), number);
    }
}
