package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.api.network.Shape;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small reader keeps the contract, and each fault breaks the claim it should. */
class DatasetReaderContractTest implements DatasetReaderContract {

    @TempDir Path home;

    /** Images of one sample: a byte of label, a byte of sample, and so on; at least one. */
    private static class Small implements DatasetReader {

        @Override
        public ParameterSpec parameters() {
            return ParameterSpec.of("images of one sample");
        }

        void check(byte[] bytes) throws UnreadableFileException {
            if (bytes.length == 0 || bytes.length % 2 != 0) {
                throw new UnreadableFileException("the file is cut off");
            }
        }

        int label(byte label) {
            return Byte.toUnsignedInt(label);
        }

        void fill(byte[] pixels, byte sample) {
            pixels[0] = sample;
        }

        String digest(Path file, byte[] bytes) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Dataset open(Path location, Settings settings) throws UnreadableFileException {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(location);
            } catch (IOException e) {
                throw new UnreadableFileException(location + " cannot be read");
            }
            check(bytes);
            return new Dataset() {
                @Override
                public int size() {
                    return bytes.length / 2;
                }

                @Override
                public Shape shape() {
                    return Shape.of(1, 1, 1);
                }

                @Override
                public int label(int index) {
                    return Small.this.label(bytes[2 * index]);
                }

                @Override
                public void read(int index, byte[] pixels) {
                    fill(pixels, bytes[2 * index + 1]);
                }

                @Override
                public String digest() {
                    return Small.this.digest(location, bytes);
                }
            };
        }
    }

    @Override
    public DatasetReader reader() {
        return new Small();
    }

    @Override
    public Path sample() throws IOException {
        return Files.write(home.resolve("sample"), new byte[] {1, 5, -1, 7});
    }

    private interface Claim {
        void check() throws Exception;
    }

    private static void breaks(Claim claim) {
        assertThatThrownBy(claim::check).isInstanceOf(AssertionError.class);
    }

    private DatasetReaderContract contract(DatasetReader reader) {
        return new DatasetReaderContract() {
            @Override
            public DatasetReader reader() {
                return reader;
            }

            @Override
            public Path sample() throws IOException {
                return DatasetReaderContractTest.this.sample();
            }
        };
    }

    @Test
    void aLabelBelowZeroIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    int label(byte label) {
                                        return label;
                                    }
                                })
                        ::everyImageHasALabelAndAllItsSamples);
    }

    @Test
    void samplesBeyondTheImageAreFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    void fill(byte[] pixels, byte sample) {
                                        Arrays.fill(pixels, sample);
                                    }
                                })
                        ::everyImageHasALabelAndAllItsSamples);
    }

    @Test
    void aReaderThatRemembersIsFound() {
        breaks(
                contract(
                                new Small() {
                                    private byte calls;

                                    @Override
                                    void fill(byte[] pixels, byte sample) {
                                        pixels[0] = ++calls;
                                    }
                                })
                        ::everyThreadSeesTheSame);
    }

    @Test
    void aDigestOfSomethingElseIsFound(@TempDir Path folder) {
        var ofThePlace =
                contract(
                        new Small() {
                            @Override
                            String digest(Path file, byte[] bytes) {
                                return super.digest(file, file.toString().getBytes());
                            }
                        });
        breaks(() -> ofThePlace.theDigestIsThatOfTheContent(folder));
        var ofNothing =
                contract(
                        new Small() {
                            @Override
                            String digest(Path file, byte[] bytes) {
                                return "1.0";
                            }
                        });
        breaks(() -> ofNothing.theDigestIsThatOfTheContent(folder));
    }

    @Test
    void aReaderThatChecksNothingIsFound(@TempDir Path folder) {
        var careless =
                contract(
                        new Small() {
                            @Override
                            void check(byte[] bytes) {
                                if (bytes.length % 2 != 0) {
                                    throw new IllegalStateException("odd");
                                }
                            }
                        });
        breaks(() -> careless.damagedFilesAreReadOrTheUsersMistake(folder));
        var blind =
                contract(
                        new Small() {
                            @Override
                            public Dataset open(Path location, Settings settings)
                                    throws UnreadableFileException {
                                return super.open(home.resolve("sample"), settings);
                            }
                        });
        breaks(() -> blind.aPlaceWhereNothingIsIsTheUsersMistake(folder));
    }

    @Test
    void aParameterWithoutAWordOfDocumentationIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public ParameterSpec parameters() {
                                        return ParameterSpec.of(
                                                "images", Parameter.whole("n", 1, 8).defaultsTo(4));
                                    }
                                })
                        ::everyParameterHasADefaultAndALineOfDocumentation);
    }
}
