package org.dyadic.plugins;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The constant pool of a class file (The Java Virtual Machine Specification, 4.4): which methods it
 * calls, and the means to lead the calls elsewhere.
 */
final class ClassFile {

    private static final int MAGIC = 0xCAFEBABE;
    // Tags of table 4.4-A.
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private final byte[] bytes;
    private final String[] texts;
    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final int[] offsets;
    private final int end;

    /**
     * @throws IllegalArgumentException if it is no class file
     */
    ClassFile(byte[] bytes) {
        this.bytes = bytes;
        try {
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            if (in.readInt() != MAGIC) {
                throw new IllegalArgumentException("no class file");
            }
            in.readInt(); // versions
            int count = in.readUnsignedShort();
            texts = new String[count];
            tags = new int[count];
            first = new int[count];
            second = new int[count];
            offsets = new int[count];
            for (int i = 1; i < count; i++) {
                offsets[i] = bytes.length - in.available();
                tags[i] = in.readUnsignedByte();
                switch (tags[i]) {
                    case UTF8 -> texts[i] = in.readUTF();
                    case LONG, DOUBLE -> {
                        in.readLong();
                        i++; // they take two places
                    }
                    case CLASS, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
                    case 15 -> {
                        in.readUnsignedByte();
                        in.readUnsignedShort();
                    }
                    case 3, 4 -> in.readInt();
                    case 9, METHOD, 11, NAME_AND_TYPE, 17, 18 -> {
                        first[i] = in.readUnsignedShort();
                        second[i] = in.readUnsignedShort();
                    }
                    default -> throw new IllegalArgumentException("unknown constant " + tags[i]);
                }
            }
            end = bytes.length - in.available();
        } catch (IOException e) {
            throw new IllegalArgumentException("a class file that ends too soon", e);
        }
    }

    /** The methods it may call, each {@code java/lang/System.exit(I)V}, with repetitions. */
    List<String> calls() {
        var calls = new ArrayList<String>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == METHOD) {
                calls.add(call(i));
            }
        }
        return calls;
    }

    private String call(int method) {
        int nameAndType = second[method];
        return texts[first[first[method]]]
                + "."
                + texts[first[nameAndType]]
                + texts[second[nameAndType]];
    }

    /** The class with calls of a static method led to the method of that name in another class. */
    byte[] leading(String call, String owner) {
        var targets = new ArrayList<Integer>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == METHOD && call(i).equals(call)) {
                targets.add(i);
            }
        }
        if (targets.isEmpty()) {
            return bytes;
        }
        try {
            int count = tags.length;
            byte[] head = bytes.clone();
            // The new owner: a text at index count, a class at count + 1.
            putShort(head, 8, count + 2);
            targets.forEach(method -> putShort(head, offsets[method] + 1, count + 1));
            var out = new ByteArrayOutputStream();
            out.write(head, 0, end);
            var pool = new DataOutputStream(out);
            pool.writeByte(UTF8);
            pool.writeUTF(owner);
            pool.writeByte(CLASS);
            pool.writeShort(count);
            out.write(head, end, head.length - end);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e); // in memory
        }
    }

    private static void putShort(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }
}
