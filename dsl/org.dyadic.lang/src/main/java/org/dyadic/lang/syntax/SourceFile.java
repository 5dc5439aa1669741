package org.dyadic.lang.syntax;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;

/** The text of a file, and where in it an offset is. */
public final class SourceFile {

    /** A thousand times a long program; what is longer was given by mistake. */
    private static final int LONGEST = 1 << 20;

    private final Path path;
    private final String text;
    private final int[] lineStarts;

    /**
     * @param path as a user should read it in messages
     */
    public SourceFile(Path path, String text) {
        this.path = path;
        // Some editors start a file with a byte order mark.
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lineStarts =
                IntStream.concat(
                                IntStream.of(0),
                                IntStream.range(0, this.text.length())
                                        .filter(i -> this.text.charAt(i) == '\n')
                                        .map(i -> i + 1))
                        .toArray();
    }

    public static SourceFile read(Path path) throws UnreadableFileException {
        if (Files.isDirectory(path)) {
            throw new UnreadableFileException("'" + path + "' is a folder, not a .dyadic file");
        }
        try {
            long size = Files.size(path);
            if (size > LONGEST) {
                throw new UnreadableFileException(
                        "'"
                                + path
                                + "' has "
                                + size
                                + " bytes, but a .dyadic file has at most "
                                + LONGEST
                                + "; is it a data file?");
            }
            return new SourceFile(path, decode(path, Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            throw new UnreadableFileException("there is no file '" + path + "'");
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException(
                    "'" + path + "' may not be read; check its permissions");
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException | SecurityException e) {
            throw new UnreadableFileException("'" + path + "' cannot be read: " + e.getMessage());
        }
    }

    private static String decode(Path path, byte[] bytes) throws UnreadableFileException {
        var decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            long line = 1 + out.flip().chars().filter(c -> c == '\n').count();
            throw new UnreadableFileException(
                    "'"
                            + path
                            + "' is not UTF-8 text: byte 0x"
                            + HexFormat.of().toHexDigits(bytes[in.position()])
                            + " in line "
                            + line
                            + "; save it as UTF-8");
        }
        return out.flip().toString();
    }

    public Path path() {
        return path;
    }

    public String text() {
        return text;
    }

    /** How many lines there are; the last may be empty. */
    public int lines() {
        return lineStarts.length;
    }

    /** The offset of a line and column, which count from 1. */
    public int offset(int line, int column) {
        return lineStarts[line - 1] + column - 1;
    }

    public Position at(int offset, int length) {
        int found = Arrays.binarySearch(lineStarts, offset);
        int line = found >= 0 ? found : -found - 2;
        return new Position(path.toString(), line + 1, offset - lineStarts[line] + 1, length);
    }
}
