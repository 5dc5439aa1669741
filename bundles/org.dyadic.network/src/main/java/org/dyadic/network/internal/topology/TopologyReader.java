package org.dyadic.network.internal.topology;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.NetworkReaderService;
import org.dyadic.network.internal.UserFiles;
import org.osgi.service.component.annotations.Component;

/**
 * Reads SCALE-Sim topologies, of convolutions or of matrix products. They tell nothing of how
 * layers are joined, so every layer stands alone; the result of the network is the mean of each.
 */
@Component
@NetworkReaderService(id = "scale-sim")
public final class TopologyReader implements NetworkReader {

    /** A topology of a million layers. */
    private static final long MOST_BYTES = 64 << 20;

    @Override
    public boolean reads(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    @Override
    public Network read(Path file) throws UnreadableFileException {
        UserFiles.requireFile(file, "topology");
        if (UserFiles.size(file, "topology") > MOST_BYTES) {
            throw new UnreadableFileException(
                    "topology '" + file + "' has more than 64 MiB; it is another kind of file");
        }
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            if (text.indexOf('\0') >= 0 || text.startsWith("PK\u0003\u0004")) {
                throw new UnreadableFileException(
                        "topology '" + file + "' is no text; save the sheet as CSV");
            }
            return new Topology(file, text.lines().toList()).network(name(file));
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw UserFiles.failed(file, "topology", e);
        }
    }

    private static String name(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ".csv".length());
    }

    /** What a file of these lines holds; for tests. */
    static Network parse(String... lines) throws UnreadableFileException {
        return new Topology(Path.of("net.csv"), List.of(lines)).network("net");
    }
}
