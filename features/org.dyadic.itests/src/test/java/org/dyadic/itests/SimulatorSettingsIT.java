package org.dyadic.itests;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file says of its simulator reaches the simulator. */
@Timeout(value = 3, unit = MINUTES)
class SimulatorSettingsIT {
    private static final Path ROOT = path("dyadic.root");
    private static final Path HOME = path("dyadic.distribution");

    /** Buffers so small that the least energy and the least time need other tiles. */
    private static final String PROGRAM =
            """
            network Net from "%s" { mean 72.93  deviation 90.015 }
            policy Four { default weights uniform { bits 4 } activations uniform { bits 4 } }
            accelerator Array uses systolic {
                array   16 x 16
                buffers { weights 2 KiB  activations 2 KiB  outputs 1 KiB }
                dram    { bandwidth 0.5 GB/s }
            }
            experiment Main {
                network Net
                policies Four
                accelerators Array
                simulator analytic %s
            }
            """;

    @TempDir Path folder;

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }

    private JsonObject run(String program) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(
                                path("java.home").resolve("bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-cp",
                                HOME + "/lib/*",
                                "org.dyadic.launcher.Main",
                                "run",
                                Files.writeString(folder.resolve("a.dyadic"), program).toString(),
                                "--json",
                                "--no-save")
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return JsonParser.parseString(Files.readString(out)).getAsJsonObject();
    }

    private JsonObject with(String settings) throws IOException, InterruptedException {
        Path model = ROOT.resolve("examples/01-first-run/models/resnet8-fashion.onnx");
        return run(PROGRAM.formatted(model, settings));
    }

    private static JsonObject outcome(JsonObject result) {
        return result.getAsJsonArray("outcomes").get(0).getAsJsonObject();
    }

    private static double joules(JsonObject result) {
        return outcome(result).getAsJsonObject("energy").get("value").getAsDouble();
    }

    @Test
    void whatTilesAreChosenForChangesTheResultAndStandsInIt() throws Exception {
        var fast = with("{ least latency }");
        var frugal = with("{ least energy  batch 4 }");
        assertThat(joules(frugal)).isLessThan(joules(fast));
        String said = frugal.get("specification").getAsString();
        assertThat(said).contains("simulator analytic { least energy  batch 4 }");
        // What a run keeps of its specification is the same experiment again.
        assertThat(outcome(run(said))).isEqualTo(outcome(frugal));
    }
}
