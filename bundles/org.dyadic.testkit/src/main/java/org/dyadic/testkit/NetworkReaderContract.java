package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every reader of networks must do. A test class implements this and inherits the tests. */
public interface NetworkReaderContract {

    NetworkReader reader();

    /** A small file that it reads. */
    Path sample() throws IOException;

    @Test
    default void itKnowsItsFilesByTheirNamesWhetherTheyExistOrNot(@TempDir Path folder)
            throws IOException {
        var name = sample().getFileName().toString();
        assertThat(reader().reads(sample())).isTrue();
        assertThat(reader().reads(folder.resolve(name))).as("one that does not exist").isTrue();
        assertThat(reader().reads(folder.resolve("a.format-nobody-has"))).isFalse();
        assertThat(reader().reads(folder.resolve("without-extension"))).isFalse();
    }

    @Test
    default void aFileIsTheSameNetworkForEveryThread() throws Exception {
        var file = sample();
        assertThat(Concurrently.ask(() -> description(reader().read(file))))
                .containsOnly(description(reader().read(file)));
    }

    /** All of a network in a form that compares by value. */
    private static List<String> description(Network network) {
        var all = new ArrayList<String>();
        all.add(network.name() + " " + network.output() + " " + network.metadata());
        for (var node : network.nodes()) {
            all.add(node.name() + node.inputs() + node.shape() + describe(node));
        }
        return all;
    }

    private static String describe(Node node) {
        if (node.operation() instanceof Operation.Convolution layer) {
            return "convolution "
                    + layer.window()
                    + layer.groups()
                    + digest(layer.weights())
                    + layer.bias().map(NetworkReaderContract::digest);
        }
        if (node.operation() instanceof Operation.Dense layer) {
            return "dense "
                    + digest(layer.weights())
                    + layer.bias().map(NetworkReaderContract::digest);
        }
        if (node.operation() instanceof Operation.BatchNormalization layer) {
            return "batch normalisation " + digest(layer.scale()) + digest(layer.shift());
        }
        if (node.operation() instanceof Operation.Constant constant) {
            return "constant " + digest(constant.value());
        }
        return node.operation().toString();
    }

    private static String digest(Tensor tensor) {
        var numbers = new float[tensor.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = tensor.at(i);
        }
        return tensor.shape() + " " + Arrays.hashCode(numbers);
    }

    @Test
    default void aFileThatIsMissingIsTheUsersMistake(@TempDir Path folder) throws IOException {
        var missing = folder.resolve(sample().getFileName().toString());
        assertThat(Damage.complaint(reader()::read, missing, "a missing file"))
                .hasValueSatisfying(message -> assertThat(message).contains(missing.toString()));
    }

    @Test
    default void aFileThatIsAFolderIsTheUsersMistake(@TempDir Path folder) throws IOException {
        assertThat(Damage.complaint(reader()::read, folder, "a folder")).isPresent();
    }

    @Test
    default void aDamagedFileIsReadOrTheUsersMistake(@TempDir Path folder) throws IOException {
        Damage.survives(reader()::read, Damage.copy(sample(), folder));
    }
}
