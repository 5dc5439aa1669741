package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.Node;
import org.dyadic.api.network.Operation;
import org.dyadic.api.network.Shape;
import org.dyadic.api.network.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small reader keeps the contract, and each fault breaks the claim it should. */
class NetworkReaderContractTest implements NetworkReaderContract {

    @TempDir Path home;

    /** Reads the weights of one dense layer: so many bytes, and how many stands in front. */
    private static class Small implements NetworkReader {

        @Override
        public boolean reads(Path file) {
            return file.getFileName().toString().endsWith(".small");
        }

        float weight(byte each) {
            return each;
        }

        byte[] bytes(Path file) throws UnreadableFileException {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UnreadableFileException(file + " cannot be read");
            }
        }

        void check(byte[] bytes) throws UnreadableFileException {
            if (bytes.length < 2 || bytes.length != bytes[0] + 1) {
                throw new UnreadableFileException("the file is cut off");
            }
        }

        @Override
        public Network read(Path file) throws UnreadableFileException {
            byte[] bytes = bytes(file);
            check(bytes);
            var weights = new float[bytes[0]];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weight(bytes[i + 1]);
            }
            var shape = Shape.of(weights.length);
            var dense =
                    new Operation.Dense(
                            Tensor.of(Shape.of(1, weights.length), weights), Optional.empty());
            return new Network(
                    "small",
                    List.of(
                            new Node("x", new Operation.Input(), List.of(), shape),
                            new Node("y", dense, List.of(0), Shape.of(1))),
                    1,
                    true,
                    Map.of());
        }
    }

    @Override
    public NetworkReader reader() {
        return new Small();
    }

    @Override
    public Path sample() throws IOException {
        return Files.write(home.resolve("a.small"), new byte[] {3, 5, -6, 7});
    }

    private interface Claim {
        void check() throws Exception;
    }

    private static void breaks(Claim claim) {
        assertThatThrownBy(claim::check).isInstanceOf(AssertionError.class);
    }

    private NetworkReaderContract contract(NetworkReader reader) {
        return new NetworkReaderContract() {
            @Override
            public NetworkReader reader() {
                return reader;
            }

            @Override
            public Path sample() throws IOException {
                return NetworkReaderContractTest.this.sample();
            }
        };
    }

    @Test
    void aReaderThatTakesEveryFileIsFound(@TempDir Path folder) {
        var greedy =
                contract(
                        new Small() {
                            @Override
                            public boolean reads(Path file) {
                                return true;
                            }
                        });
        breaks(() -> greedy.itKnowsItsFilesByTheirNamesWhetherTheyExistOrNot(folder));
        var late =
                contract(
                        new Small() {
                            @Override
                            public boolean reads(Path file) {
                                return Files.exists(file);
                            }
                        });
        breaks(() -> late.itKnowsItsFilesByTheirNamesWhetherTheyExistOrNot(folder));
    }

    @Test
    void aReaderThatRemembersIsFound() {
        var calls = new AtomicInteger();
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    float weight(byte each) {
                                        return each + calls.incrementAndGet();
                                    }
                                })
                        ::aFileIsTheSameNetworkForEveryThread);
    }

    @Test
    void anExceptionOfTheProgramIsFound(@TempDir Path folder) {
        var careless =
                contract(
                        new Small() {
                            @Override
                            byte[] bytes(Path file) {
                                try {
                                    return Files.readAllBytes(file);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            }

                            @Override
                            void check(byte[] bytes) {}
                        });
        breaks(() -> careless.aFileThatIsMissingIsTheUsersMistake(folder));
        breaks(() -> careless.aFileThatIsAFolderIsTheUsersMistake(folder));
        breaks(() -> careless.aDamagedFileIsReadOrTheUsersMistake(folder));
    }

    @Test
    void aReaderThatSwallowsEverythingIsFound(@TempDir Path folder) {
        var forgiving =
                contract(
                        new Small() {
                            @Override
                            byte[] bytes(Path file) {
                                return new byte[] {1, 1};
                            }
                        });
        breaks(() -> forgiving.aFileThatIsMissingIsTheUsersMistake(folder));
        breaks(() -> forgiving.aDamagedFileIsReadOrTheUsersMistake(folder));
    }

    @Test
    void aMessageOfTwoLinesIsFound(@TempDir Path folder) {
        var verbose =
                contract(
                        new Small() {
                            @Override
                            byte[] bytes(Path file) throws UnreadableFileException {
                                throw new UnreadableFileException("no\n  at java.base");
                            }
                        });
        breaks(() -> verbose.aFileThatIsMissingIsTheUsersMistake(folder));
    }
}
