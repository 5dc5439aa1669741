package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.NetworkReaderService;
import org.dyadic.network.internal.UserFiles;
import org.osgi.service.component.annotations.Component;

/** Reads ONNX models, opset 7 to 21. */
@Component
@NetworkReaderService(id = "onnx")
public final class OnnxReader implements NetworkReader {

    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 21;

    /** Enough for the list of supported operators and long names. */
    private static final int MAX_MESSAGE = 4000;

    @Override
    public boolean reads(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    @Override
    public Network read(Path file) throws UnreadableFileException {
        UserFiles.requireFile(file, "model");
        try {
            return translate(parse(file), file);
        } catch (UnreadableFileException e) {
            throw new UnreadableFileException(
                    e.code(), "model '" + file + "': " + printable(e.getMessage()));
        } catch (IOException e) {
            throw UserFiles.failed(file, "model", e);
        }
    }

    /** Names in a damaged file may hold anything: a terminal must not obey it, nor drown in it. */
    private static String printable(String message) {
        var text = message.replaceAll("\\p{Cntrl}", "?");
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...";
    }

    private static ModelProto parse(Path file) throws IOException {
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE) {
            throw new UnreadableFileException(
                    "has "
                            + size
                            + " bytes, more than the 2 GiB that the format allows;"
                            + " keep its weights in an external data file");
        }
        refuseOtherFormats(file);
        ModelProto model;
        try (var stream = Files.newInputStream(file)) {
            var input = CodedInputStream.newInstance(stream);
            input.setSizeLimit(Integer.MAX_VALUE);
            model = ModelProto.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw new UnreadableFileException(
                    "is damaged or cut short ("
                            + size
                            + " bytes), or no ONNX file; fetch or export it again");
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0) {
            throw new UnreadableFileException(
                    "holds no graph: it is cut short, or no ONNX file; fetch or export it again");
        }
        return model;
    }

    /** What people have in hand instead of a model tells itself by its first bytes. */
    private static void refuseOtherFormats(Path file) throws IOException {
        byte[] bytes;
        try (var stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(64);
        }
        var start = new String(bytes, StandardCharsets.ISO_8859_1);
        if (start.stripLeading().startsWith("<")) {
            throw new UnreadableFileException(
                    "is a web page (HTML), not an ONNX file; download the file itself");
        }
        if (start.startsWith("version https://git-lfs")) {
            throw new UnreadableFileException(
                    "is a Git LFS pointer, not the model; fetch the model with: git lfs pull");
        }
        if (start.startsWith("PK\u0003\u0004")) {
            throw new UnreadableFileException(
                    "is a zip archive, perhaps a PyTorch checkpoint; unpack it, or export the"
                            + " model with torch.onnx.export");
        }
        if (start.startsWith("\u001f\u008b")) {
            throw new UnreadableFileException("is compressed; decompress it with: gunzip");
        }
    }

    private static Network translate(ModelProto model, Path file) throws UnreadableFileException {
        var metadata = new HashMap<String, String>();
        model.getMetadataPropsList()
                .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
        // The whole file as numbers, four times over, and something for shape arithmetic.
        long budget = UserFiles.size(file, "model") + (1 << 24);
        var folder = file.toAbsolutePath().getParent();
        return new GraphTranslation(
                        model.getGraph(), opset(model), new TensorDecoder(folder), budget)
                .translate(name(file), isTrained(metadata), metadata);
    }

    /** Topologies say {@code weights = none: ...}. */
    private static boolean isTrained(Map<String, String> metadata) {
        return !metadata.getOrDefault("weights", "").toLowerCase(Locale.ROOT).startsWith("none");
    }

    private static String name(Path file) {
        var name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static int opset(ModelProto model) throws UnreadableFileException {
        for (var set : model.getOpsetImportList()) {
            if (set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx")) {
                long version = set.getVersion();
                if (version < OLDEST_OPSET || version > NEWEST_OPSET) {
                    throw new UnreadableFileException(
                            "uses opset "
                                    + version
                                    + "; supported are "
                                    + OLDEST_OPSET
                                    + " to "
                                    + NEWEST_OPSET
                                    + ": convert it with onnx.version_converter");
                }
                return (int) version;
            }
        }
        throw new UnreadableFileException(
                "names no version of the ONNX operators: it is cut short, or no ONNX file; fetch or"
                        + " export it again");
    }
}
