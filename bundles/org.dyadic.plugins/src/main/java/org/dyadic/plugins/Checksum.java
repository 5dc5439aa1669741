package org.dyadic.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Checksums in lowercase hexadecimal. */
final class Checksum {

    private static final int CHUNK = 1 << 16;

    private Checksum() {}

    static String sha256(Path file) throws IOException {
        return of("SHA-256", file);
    }

    /** Of an algorithm that every Java has: SHA-1 or SHA-256. */
    static String of(String algorithm, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance(algorithm);
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has these
        }
    }
}
