package org.dyadic.network.internal.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.network.internal.UserFiles;

/**
 * Turns the tensors of a file into constants.
 *
 * @param folder where external data files lie: beside the model
 */
record TensorDecoder(Path folder) {

    private static final Map<DataType, Integer> BYTES =
            Map.ofEntries(
                    Map.entry(DataType.FLOAT, 4),
                    Map.entry(DataType.DOUBLE, 8),
                    Map.entry(DataType.FLOAT16, 2),
                    Map.entry(DataType.BFLOAT16, 2),
                    Map.entry(DataType.INT8, 1),
                    Map.entry(DataType.UINT8, 1),
                    Map.entry(DataType.BOOL, 1),
                    Map.entry(DataType.INT16, 2),
                    Map.entry(DataType.UINT16, 2),
                    Map.entry(DataType.INT32, 4),
                    Map.entry(DataType.UINT32, 4),
                    Map.entry(DataType.INT64, 8),
                    Map.entry(DataType.UINT64, 8));

    /**
     * The tensor's numbers; their presence is checked before any memory is taken for them.
     *
     * @param what names the tensor in messages: {@code tensor 'conv1.weight'}
     */
    Constant decode(TensorProto tensor, String what) throws UnreadableFileException {
        var type = type(tensor.getDataType(), what);
        var dims = dims(tensor, what);
        long count = Dims.count(dims);
        if (count > Integer.MAX_VALUE / 8) {
            throw new UnreadableFileException(
                    what + " claims " + Dims.format(dims) + " numbers, more than any layer has");
        }
        int size = (int) count;
        if (tensor.hasSegment()) {
            throw new UnreadableFileException(
                    what + " is split into segments, which is not supported; export it whole");
        }
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return fromBytes(external(tensor, size * BYTES.get(type), what), type, dims, size);
        }
        if (tensor.hasRawData()) {
            int bytes = tensor.getRawData().size();
            requireLength(what, dims, size, (long) size * BYTES.get(type), bytes, "bytes");
            return fromBytes(tensor.getRawData().asReadOnlyByteBuffer(), type, dims, size);
        }
        return fromLists(tensor, type, dims, size, what);
    }

    /** True for the types that become single-precision numbers. */
    static boolean isReal(DataType type) {
        return switch (type) {
            case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> true;
            default -> false;
        };
    }

    private static DataType type(int number, String what) throws UnreadableFileException {
        var type = DataType.forNumber(number);
        if (type == null || !BYTES.containsKey(type)) {
            throw new UnreadableFileException(
                    what
                            + " has numbers of type "
                            + (type == null ? "number " + number : type)
                            + "; supported: "
                            + BYTES.keySet().stream()
                                    .map(DataType::toString)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return type;
    }

    private static int[] dims(TensorProto tensor, String what) throws UnreadableFileException {
        if (tensor.getDimsCount() > Dims.MAX_RANK) {
            throw new UnreadableFileException(
                    what
                            + " has "
                            + tensor.getDimsCount()
                            + " axes; at most "
                            + Dims.MAX_RANK
                            + " are supported");
        }
        var dims = new int[tensor.getDimsCount()];
        for (int axis = 0; axis < dims.length; axis++) {
            long dim = tensor.getDims(axis);
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw new UnreadableFileException(
                        what + " claims dimension " + dim + "; the file is damaged");
            }
            dims[axis] = (int) dim;
        }
        return dims;
    }

    private static void requireLength(
            String what, int[] dims, int size, long expected, long found, String unit)
            throws UnreadableFileException {
        if (expected != found) {
            throw new UnreadableFileException(
                    what
                            + " of "
                            + Dims.format(dims)
                            + " = "
                            + size
                            + " numbers needs "
                            + expected
                            + " "
                            + unit
                            + " but has "
                            + found
                            + "; the file is damaged");
        }
    }

    private static Constant fromBytes(ByteBuffer data, DataType type, int[] dims, int size) {
        // ONNX: raw data is little-endian.
        data.order(ByteOrder.LITTLE_ENDIAN);
        if (type == DataType.FLOAT) {
            var reals = new float[size];
            data.asFloatBuffer().get(reals);
            return Constant.reals(dims, reals);
        }
        if (isReal(type)) {
            var reals = new float[size];
            for (int i = 0; i < size; i++) {
                reals[i] =
                        switch (type) {
                            case DOUBLE -> (float) data.getDouble(8 * i);
                            case FLOAT16 -> half(data.getShort(2 * i));
                            default -> brain(data.getShort(2 * i));
                        };
            }
            return Constant.reals(dims, reals);
        }
        var wholes = new long[size];
        for (int i = 0; i < size; i++) {
            wholes[i] =
                    switch (type) {
                        case INT8 -> data.get(i);
                        case UINT8 -> data.get(i) & 0xff;
                        case BOOL -> data.get(i) == 0 ? 0 : 1;
                        case INT16 -> data.getShort(2 * i);
                        case UINT16 -> data.getShort(2 * i) & 0xffff;
                        case INT32 -> data.getInt(4 * i);
                        case UINT32 -> data.getInt(4 * i) & 0xffffffffL;
                        default -> data.getLong(8 * i);
                    };
        }
        return Constant.wholes(dims, wholes);
    }

    private static Constant fromLists(
            TensorProto tensor, DataType type, int[] dims, int size, String what)
            throws UnreadableFileException {
        int found =
                switch (type) {
                    case FLOAT -> tensor.getFloatDataCount();
                    case DOUBLE -> tensor.getDoubleDataCount();
                    case INT64 -> tensor.getInt64DataCount();
                    case UINT32, UINT64 -> tensor.getUint64DataCount();
                    default -> tensor.getInt32DataCount();
                };
        requireLength(what, dims, size, size, found, "numbers");
        if (isReal(type)) {
            var reals = new float[size];
            for (int i = 0; i < size; i++) {
                reals[i] =
                        switch (type) {
                            case FLOAT -> tensor.getFloatData(i);
                            case DOUBLE -> (float) tensor.getDoubleData(i);
                            case FLOAT16 -> half((short) tensor.getInt32Data(i));
                            default -> brain((short) tensor.getInt32Data(i));
                        };
            }
            return Constant.reals(dims, reals);
        }
        var wholes = new long[size];
        for (int i = 0; i < size; i++) {
            wholes[i] =
                    switch (type) {
                        case INT64 -> tensor.getInt64Data(i);
                        case UINT32, UINT64 -> tensor.getUint64Data(i);
                        default -> tensor.getInt32Data(i);
                    };
        }
        return Constant.wholes(dims, wholes);
    }

    private ByteBuffer external(TensorProto tensor, int bytes, String what)
            throws UnreadableFileException {
        var entries =
                tensor.getExternalDataList().stream()
                        .collect(
                                Collectors.toMap(
                                        entry -> entry.getKey(),
                                        entry -> entry.getValue(),
                                        (first, second) -> second));
        var file = beside(entries.getOrDefault("location", ""), what);
        UserFiles.requireFile(file, "the external data of " + what + ", file");
        long offset = number(entries.getOrDefault("offset", "0"), what);
        long length = number(entries.getOrDefault("length", String.valueOf(bytes)), what);
        long available = UserFiles.size(file, "external data file");
        if (length != bytes || offset > available - bytes) {
            throw new UnreadableFileException(
                    what
                            + " needs "
                            + bytes
                            + " bytes at offset "
                            + offset
                            + " of '"
                            + file
                            + "', but the model says "
                            + length
                            + " and the file has "
                            + available
                            + "; model and data file do not belong together");
        }
        var buffer = ByteBuffer.allocate(bytes);
        try (var channel = FileChannel.open(file)) {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new IOException("it ends early");
                }
            }
        } catch (IOException e) {
            throw UserFiles.failed(file, "external data file", e);
        }
        return buffer.flip();
    }

    private Path beside(String location, String what) throws UnreadableFileException {
        try {
            var file = folder.resolve(location).normalize();
            // A model that comes from elsewhere must not choose any file of this machine.
            if (!location.isEmpty()
                    && !Path.of(location).isAbsolute()
                    && file.startsWith(folder.normalize())) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new UnreadableFileException(
                what
                        + " keeps its data in '"
                        + location
                        + "'; external data must lie beside the model or below");
    }

    private static long number(String text, String what) throws UnreadableFileException {
        if (!text.matches("\\d{1,18}")) {
            throw new UnreadableFileException(
                    what + " has '" + text + "' as offset or length of its external data");
        }
        return Long.parseLong(text);
    }

    /** IEEE 754 binary16; JDK 17 has no method for it. */
    static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float magnitude =
                switch (exponent) {
                    case 0 -> Math.scalb(fraction, -24);
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb(fraction + 0x400, exponent - 25);
                };
        return bits < 0 ? -magnitude : magnitude;
    }

    /** bfloat16: the upper half of a single-precision number. */
    static float brain(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }
}
