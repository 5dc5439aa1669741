package org.dyadic.workbench.internal;

import java.nio.file.Path;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;

/** Finds the reader for a model file. */
final class NetworkFiles {

    private NetworkFiles() {}

    static Network read(PluginCatalog catalog, Path file) throws UnreadableFileException {
        for (var reader : catalog.readers().entrySet()) {
            String plugin = reader.getKey();
            if (Guard.call(plugin, "a look at " + file, () -> reader.getValue().reads(file))) {
                return Guard.call(
                        plugin,
                        "reading " + file,
                        UnreadableFileException.class,
                        () -> reader.getValue().read(file));
            }
        }
        throw new UnreadableFileException(
                "no installed reader takes "
                        + file
                        + "; networks are read from .onnx files, and shapes alone from SCALE-Sim's .csv");
    }
}
