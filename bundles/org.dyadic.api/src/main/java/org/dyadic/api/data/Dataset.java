package org.dyadic.api.data;

import org.dyadic.api.network.Shape;
import org.osgi.annotation.versioning.ConsumerType;

/** Labelled images of one shape, 8 bits a sample. Safe for any number of threads. */
@ConsumerType
public interface Dataset {

    /** The number of images. */
    int size();

    /** Channels x height x width of every image. */
    Shape shape();

    /** The class of an image, from 0. */
    int label(int index);

    /**
     * Writes the samples of an image, channel by channel and row by row, into the start of {@code
     * pixels}. A sample is an unsigned byte. Throws {@link java.io.UncheckedIOException} if the
     * file went bad meanwhile.
     */
    void read(int index, byte[] pixels);

    /**
     * SHA-256 of the content, as hexadecimal, so that a result can name what it was measured on.
     */
    String digest();
}
