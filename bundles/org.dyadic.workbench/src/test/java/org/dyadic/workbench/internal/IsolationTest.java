package org.dyadic.workbench.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.dyadic.api.data.Dataset;
import org.dyadic.api.data.DatasetReader;
import org.dyadic.api.network.Network;
import org.dyadic.api.network.NetworkReader;
import org.dyadic.api.network.Shape;
import org.dyadic.api.report.Outcome;
import org.dyadic.api.report.PluginTime;
import org.dyadic.api.report.ReportWriter;
import org.dyadic.api.report.Results;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.workbench.PluginHealth;
import org.dyadic.api.workbench.Progress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers and reports are plugins as well; and what plugins do can be seen. A thread apart runs
 * each test, as an unguarded plugin would keep the test's own thread for ever.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IsolationTest {

    private final Bench bench = new Bench();
    private final CountDownLatch end = new CountDownLatch(1);
    @TempDir Path folder;

    @AfterEach
    void letGo() {
        end.countDown();
        System.clearProperty(Guard.TIMEOUT);
    }

    private <T> T never() {
        while (end.getCount() > 0) {
            Thread.onSpinWait();
        }
        return null;
    }

    private Results run() {
        return bench.workbench.run(bench.experiment(), 1, Progress.silent());
    }

    private static void isTold(Results results, String what) {
        assertThat(results.outcomes()).isNotEmpty().allMatch(Outcome.Broken.class::isInstance);
        assertThat(results.diagnostics()).anyMatch(found -> found.message().contains(what));
    }

    // ---- readers of networks

    private void reading(NetworkReader reader) {
        bench.install("reader", "odd", reader, NetworkReader.class);
    }

    @Test
    void aReaderThatLoopsForEverIsLeftBehind() {
        System.setProperty(Guard.TIMEOUT, "0.2");
        reading(
                new NetworkReader() {
                    @Override
                    public boolean reads(Path file) {
                        return true;
                    }

                    @Override
                    public Network read(Path file) {
                        return never();
                    }
                });
        isTold(run(), "did not answer within 0.2 s");
    }

    @Test
    void aReaderThatAnswersNothingOrRunsOutOfMemoryIsTold() {
        reading(
                new NetworkReader() {
                    @Override
                    public boolean reads(Path file) {
                        return true;
                    }

                    @Override
                    public Network read(Path file) {
                        return null;
                    }
                });
        isTold(run(), "it returned nothing");
        reading(
                new NetworkReader() {
                    @Override
                    public boolean reads(Path file) {
                        throw new OutOfMemoryError("all gone");
                    }

                    @Override
                    public Network read(Path file) {
                        return null;
                    }
                });
        isTold(run(), "it ran out of memory");
    }

    // ---- readers of data

    /** Does what is asked at one point, and is all right elsewhere. */
    private class Data implements Dataset {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public Shape shape() {
            return bench.imageShape;
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public void read(int index, byte[] pixels) {}

        @Override
        public String digest() {
            return "00";
        }
    }

    private void data(Dataset data) {
        bench.install(
                "dataset",
                "noise",
                new DatasetReader() {
                    @Override
                    public ParameterSpec parameters() {
                        return ParameterSpec.of("odd");
                    }

                    @Override
                    public Dataset open(Path location, Settings settings) {
                        return data;
                    }
                },
                DatasetReader.class);
    }

    @Test
    void aDataSetThatCannotBeReadWhenItsDigestIsAskedForIsAFinding() {
        data(
                new Data() {
                    @Override
                    public String digest() {
                        throw new UncheckedIOException(new IOException("the disk is gone"));
                    }
                });
        isTold(run(), "the disk is gone");
    }

    @Test
    void anImageThatIsReadForEverIsLeftBehind() {
        System.setProperty(Guard.TIMEOUT, "0.2");
        data(
                new Data() {
                    @Override
                    public void read(int index, byte[] pixels) {
                        never();
                    }
                });
        isTold(run(), "did not answer within 0.2 s");
    }

    @Test
    void aLabelThatCannotBeToldIsAFinding() {
        data(
                new Data() {
                    @Override
                    public int label(int index) {
                        throw new IllegalStateException("no labels today");
                    }
                });
        isTold(run(), "no labels today");
    }

    // ---- reports

    @Test
    void aReportThatIsNeverWrittenLeavesANoteAndTheOthersAreThere() throws IOException {
        System.setProperty(Guard.TIMEOUT, "0.5");
        bench.install(
                "report",
                "slow",
                new ReportWriter() {
                    @Override
                    public String fileName() {
                        return "slow.txt";
                    }

                    @Override
                    public void write(Results results, Path file) throws IOException {
                        Files.writeString(file, "half");
                        never();
                    }
                },
                ReportWriter.class);
        var saved = bench.workbench.save(run(), folder);
        assertThat(saved.resolve("slow.txt")).doesNotExist();
        assertThat(saved.resolve("slow.txt.failed")).content().contains("did not answer within");
        assertThat(saved.resolve("result.json")).exists();
    }

    @Test
    void aRunFolderHoldsItsLog() throws IOException {
        bench.installThrowing("bad", new IllegalStateException("no coffee"));
        bench.policies = List.of(bench.policy("Bad", bench.rule("bad", "bad")));
        var log = Files.readString(bench.workbench.save(run(), folder).resolve("log.jsonl"));
        assertThat(log.lines()).allMatch(line -> line.startsWith("{\"time\":\"20"));
        assertThat(log).contains("load took").contains("no coffee");
        assertThat(log).contains("\"exception\":\"").contains("IsolationTest");
    }

    // ---- what can be seen

    @Test
    void aRunSaysWhichPluginTookTheTime() {
        var times = run().pluginTimes();
        assertThat(times)
                .filteredOn(time -> time.stage().equals("quantize"))
                .extracting(PluginTime::plugin)
                .contains("quantizer uniform");
        assertThat(times)
                .filteredOn(time -> time.stage().equals("load"))
                .extracting(PluginTime::plugin)
                .contains("reader memory", "dataset noise");
        assertThat(times).allMatch(time -> time.calls() > 0 && time.seconds() > 0);
    }

    @Test
    void theCatalogKnowsHowPluginsFare() {
        bench.installThrowing("ill", new IllegalStateException("has a cold"));
        bench.policies = List.of(bench.policy("Ill", bench.rule("ill", "ill")));
        run();
        assertThat(bench.catalog.health())
                .filteredOn(health -> health.plugin().equals("quantizer ill"))
                .singleElement()
                .extracting(PluginHealth::lastFailure)
                .asString()
                .contains("has a cold");
    }

    @Test
    void flightRecorderSeesStagesAndCalls() throws IOException {
        var file = folder.resolve("run.jfr");
        try (var recording = new Recording()) {
            recording.start();
            run();
            recording.stop();
            recording.dump(file);
        }
        var events =
                RecordingFile.readAllEvents(file).stream()
                        .collect(Collectors.groupingBy(event -> event.getEventType().getName()));
        assertThat(events.get("org.dyadic.Stage"))
                .extracting(event -> event.getString("stage"))
                .contains("load", "quantize", "execute", "simulate");
        List<RecordedEvent> calls = events.get("org.dyadic.PluginCall");
        assertThat(calls)
                .anyMatch(
                        call ->
                                call.getString("kind").equals("quantizer")
                                        && call.getString("plugin").equals("uniform")
                                        && call.getDuration().toNanos() > 0);
        assertThat(calls)
                .extracting(call -> call.getString("kind"))
                .contains("backend", "simulator", "reader", "dataset");
    }
}
