package org.dyadic.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.dyadic.api.experiment.Calibration;
import org.dyadic.api.hardware.Datapath;
import org.dyadic.api.network.Network;
import org.dyadic.api.quant.Quantizer;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.dyadic.api.workbench.Progress;
import org.dyadic.execution.Executable;
import org.dyadic.execution.IntegerNetwork;
import org.dyadic.execution.LayerPolicy;
import org.dyadic.execution.Layers;
import org.dyadic.execution.Normalisation;
import org.dyadic.execution.PairNetwork;
import org.dyadic.execution.Quantization;
import org.dyadic.execution.Recipe;
import org.dyadic.kernels.Kernels;
import org.dyadic.kernels.vector.VectorKernels;
import org.dyadic.network.Folding;
import org.dyadic.network.OnnxWriter;
import org.dyadic.network.internal.onnx.OnnxReader;
import org.dyadic.quantizers.ApotQuantizer;
import org.dyadic.quantizers.UniformQuantizer;
import org.dyadic.quantizers.UpotQuantizer;

/**
 * A whole network in integers beside ONNX Runtime in single precision: the same images, the same
 * threads, in turns, after both are warm. Prints images a second of each and their ratio, and how
 * much of what the machine's vector units can do that is.
 *
 * <p>{@code Inference MODEL.onnx [quantizer=upot] [bits=4] [exponents=8] [depthwise=BITS] [ends=8]
 * [threads=2] [rounds=5] [seconds=2] [images=512] [calibrate=8] [peer=int8|none]
 * [data=CIFAR-10.bin]}; with {@code peer=int8} ONNX Runtime runs the network in QLinearConv, whose
 * results mean nothing; with {@code peer=none} each image is executed once, and the memory that
 * took is told. What quantizing left of the heap counts unless Java gives it back: {@code
 * -Djvm="-XX:+UseSerialGC -XX:-ShrinkHeapInSteps -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30"}.
 */
public final class Inference {

    private final Map<String, String> options;
    private final Network network;
    private final boolean trained;
    private final int threads;
    private final Kernels kernels;

    private Inference(Map<String, String> options, Path model) throws Exception {
        this.options = options;
        this.kernels = kernels();
        var read = new OnnxReader().read(model);
        this.trained = read.trained();
        this.network = Folding.fold(trained ? read : RandomNetwork.of(read, 7));
        this.threads = option("threads", 2);
    }

    /** As they are in the product: compiled in the background while a network is read. */
    private static Kernels kernels() {
        var kernels = new VectorKernels();
        kernels.warmUp();
        return kernels;
    }

    public static void main(String[] arguments) throws Exception {
        var options = new HashMap<String, String>();
        Arrays.stream(arguments)
                .skip(1)
                .map(argument -> argument.split("=", 2))
                .forEach(pair -> options.put(pair[0], pair[1]));
        var model = Path.of(arguments[0]);
        new Inference(options, model).run(model);
        System.exit(0);
    }

    private int option(String name, int fallback) {
        return Integer.parseInt(options.getOrDefault(name, Integer.toString(fallback)));
    }

    private void run(Path model) throws Exception {
        System.out.printf("network read %.2f s after the start of Java%n", sinceStart());
        var normalisation =
                new Normalisation(List.of(123.675, 116.28, 103.53), List.of(58.395, 57.12, 57.375));
        byte[][] images = images(option("images", 512));
        long begin = System.nanoTime();
        var definition = definition(images, normalisation);
        double quantizing = (System.nanoTime() - begin) * 1e-9;
        System.out.printf("quantized in %.1f s%n", quantizing);
        begin = System.nanoTime();
        var own = new PairNetwork(definition, kernels.pairs().orElseThrow());
        System.out.printf("planned in %.2f s%n", (System.nanoTime() - begin) * 1e-9);
        var layers = new TreeMap<String, Integer>();
        own.kernels().values().forEach(kernel -> layers.merge(kernel, 1, Integer::sum));
        System.out.println("layers: " + layers);
        begin = System.nanoTime();
        var one = Arrays.copyOf(images, 1);
        var first = own.run(one, new LongAdder());
        System.out.printf(
                "first image in %.3f s, cold; its logits %.2f s after the start of Java, quantizing"
                        + " aside%n",
                (System.nanoTime() - begin) * 1e-9, sinceStart() - quantizing);
        if (options.getOrDefault("peer", "").equals("none")) {
            forgetPeak();
            alone(own, images);
            return;
        }
        var some = Arrays.copyOf(images, 5);
        boolean equal =
                Arrays.deepEquals(
                        own.run(some, new LongAdder()), definition.run(some, new LongAdder()));
        System.out.println("equal to the definition: " + equal);
        if (!equal || first.length != 1) {
            System.exit(1);
        }
        byte[] peer =
                options.getOrDefault("peer", "").equals("int8")
                        ? Int8Peer.write(network)
                        : trained ? Files.readAllBytes(model) : OnnxWriter.write(network);
        compare(own, images, normalisation, peer);
    }

    private static double sinceStart() {
        return 1e-3
                * (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /** So that the most resident memory is not that of quantizing. */
    private static void forgetPeak() throws IOException {
        System.gc();
        var references = Path.of("/proc/self/clear_refs"); // of Linux
        if (Files.isWritable(references)) {
            Files.writeString(references, "5");
        }
    }

    /** Each image once, and nothing else in this process that would need memory. */
    private void alone(PairNetwork own, byte[][] images) throws Exception {
        var next = new AtomicInteger();
        long begin = System.nanoTime();
        try (var pool = new Pool(threads)) {
            pool.each(
                    () -> {
                        int from;
                        while ((from = next.getAndAdd(own.batch())) < images.length) {
                            int to = Math.min(images.length, from + own.batch());
                            own.run(Arrays.copyOfRange(images, from, to), new LongAdder());
                        }
                        return null;
                    });
        }
        System.out.printf(
                "%d images on %d threads in %.2f s%n",
                images.length, threads, (System.nanoTime() - begin) * 1e-9);
        System.gc();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        System.out.printf("heap held: %d MiB of %d%n", heap.getUsed() >> 20, heap.getMax() >> 20);
        var status = Path.of("/proc/self/status"); // of Linux
        if (Files.exists(status)) {
            Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM"))
                    .forEach(line -> System.out.println("most resident memory: " + line));
        }
    }

    private IntegerNetwork definition(byte[][] images, Normalisation normalisation) {
        var calibration =
                Arrays.stream(images)
                        .limit(option("calibrate", 8))
                        .map(image -> normalisation.apply(image, 3))
                        .toList();
        var quantized =
                new Quantization(network, policies(), quick(), 1, kernels, Progress.silent())
                        .run(calibration);
        return new IntegerNetwork(quantized, Datapath.wide(), normalisation, kernels);
    }

    /** No more of calibration than gives the layers real levels. */
    private static Recipe quick() {
        var off = new ArrayList<Setting>();
        for (var part :
                List.of("rescale", "refit", "compensate", "correct", "blocks", "propagate")) {
            off.add(Setting.of(part, new Value.Word("off")));
        }
        off.add(Setting.of("objective", new Value.Word("mse")));
        return Recipe.of(Calibration.PARAMETERS.with(off.toArray(Setting[]::new)));
    }

    private Map<Integer, LayerPolicy> policies() {
        var policies = new HashMap<Integer, LayerPolicy>();
        var layers = Layers.of(network);
        int bits = option("bits", 4);
        for (int i = 0; i < layers.size(); i++) {
            int node = layers.get(i);
            boolean end = i == 0 || i == layers.size() - 1;
            boolean depthwise = Layers.kind(network.node(node)).equals("depthwise");
            int own = end ? option("ends", 8) : depthwise ? option("depthwise", bits) : bits;
            var choice =
                    choice(own > 4 ? "uniform" : options.getOrDefault("quantizer", "upot"), own);
            policies.put(node, new LayerPolicy(choice, choice));
        }
        return policies;
    }

    private LayerPolicy.Choice choice(String id, int bits) {
        Quantizer quantizer =
                switch (id) {
                    case "upot" -> new UpotQuantizer();
                    case "apot" -> new ApotQuantizer();
                    default -> new UniformQuantizer();
                };
        ParameterSpec parameters = quantizer.parameters();
        var settings = new ArrayList<Setting>();
        settings.add(Setting.of("bits", number(bits)));
        if (id.equals("upot")) {
            settings.add(Setting.of("exponents", number(option("exponents", 8))));
        }
        return new LayerPolicy.Choice(
                id, quantizer, parameters.with(settings.toArray(Setting[]::new)));
    }

    private static Value number(int number) {
        return new Value.Number(Quantity.of(number, Unit.ONE));
    }

    private byte[][] images(int count) throws Exception {
        int size = network.inputShape().size();
        var images = new byte[count][size];
        var random = new SplittableRandom(3);
        byte[] data =
                options.containsKey("data")
                        ? Files.readAllBytes(Path.of(options.get("data")))
                        : null;
        for (int i = 0; i < count; i++) {
            if (data != null) {
                int from = i * (size + 1) % (data.length - size - 1) / (size + 1) * (size + 1);
                images[i] = Arrays.copyOfRange(data, from + 1, from + 1 + size);
            } else {
                random.nextBytes(images[i]);
            }
        }
        return images;
    }

    private void compare(PairNetwork own, byte[][] images, Normalisation normalisation, byte[] peer)
            throws Exception {
        var environment = OrtEnvironment.getEnvironment();
        var settings = new OrtSession.SessionOptions();
        settings.setIntraOpNumThreads(threads);
        try (var session = environment.createSession(peer, settings);
                var pool = new Pool(threads)) {
            double seconds = option("seconds", 2);
            int[] batches = trained ? new int[] {1, 32, 128} : new int[] {1};
            int best = batches[0];
            double rate = 0;
            for (int batch : batches) {
                double measured =
                        theirs(environment, session, images, normalisation, batch, seconds);
                System.out.printf("ONNX Runtime, batches of %d: %.0f images/s%n", batch, measured);
                if (measured > rate) {
                    rate = measured;
                    best = batch;
                }
            }
            ours(pool, own, images, 2 * seconds);
            var ratios = new ArrayList<Double>();
            double last = 0;
            for (int round = 0; round < option("rounds", 5); round++) {
                double mine = ours(pool, own, images, seconds);
                double other = theirs(environment, session, images, normalisation, best, seconds);
                ratios.add(mine / other);
                last = mine;
                System.out.printf(
                        "%d threads: %.0f images/s beside %.0f: %.2f times; %.1f GMAC/s%n",
                        threads, mine, other, mine / other, mine * network.macs() * 1e-9);
            }
            latency(own, environment, session, images, normalisation);
            double shorts = Peak.shorts();
            double floats = Peak.floats();
            System.out.printf(
                    "a core's vector units: %.0f GMAC/s in 16 bits, %.0f in single precision; the"
                            + " network reaches %.0f %% of the former%n",
                    shorts, floats, 100 * last * network.macs() * 1e-9 / threads / shorts);
            ratios.sort(null);
            System.out.printf(
                    "ratio: %.2f (%.2f to %.2f)%n",
                    ratios.get(ratios.size() / 2), ratios.get(0), ratios.get(ratios.size() - 1));
        }
    }

    /** One image at a time, on all processors. */
    private void latency(
            PairNetwork own,
            OrtEnvironment environment,
            OrtSession session,
            byte[][] images,
            Normalisation normalisation)
            throws Exception {
        double seconds = option("seconds", 2);
        var one = Arrays.copyOf(images, 1);
        double rate = 0;
        for (int round = 0; round < 2; round++) { // the first to warm up
            long begin = System.nanoTime();
            int done = 0;
            while (System.nanoTime() - begin < seconds * 1e9) {
                own.run(one, new LongAdder());
                done++;
            }
            rate = done / ((System.nanoTime() - begin) * 1e-9);
        }
        double other = theirs(environment, session, images, normalisation, 1, seconds);
        System.out.printf(
                "one image alone: %.2f ms beside %.2f: %.2f times as fast%n",
                1e3 / rate, 1e3 / other, rate / other);
    }

    /** Threads of ours. */
    private static final class Pool implements AutoCloseable {
        final ExecutorService service;
        final int threads;

        Pool(int threads) {
            this.threads = threads;
            this.service = Executors.newFixedThreadPool(threads);
        }

        void each(Callable<Void> body) throws Exception {
            for (var future : service.invokeAll(Collections.nCopies(threads, body))) {
                future.get();
            }
        }

        @Override
        public void close() {
            service.shutdown();
        }
    }

    private static double ours(Pool pool, Executable own, byte[][] images, double seconds)
            throws Exception {
        int batch = own.batch();
        int batches = Math.max(1, images.length / batch);
        var next = new AtomicInteger();
        var done = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + (long) (seconds * 1e9);
        pool.each(
                () -> {
                    while (System.nanoTime() < end) {
                        int from = next.getAndIncrement() % batches * batch;
                        int to = Math.min(images.length, from + batch);
                        own.run(Arrays.copyOfRange(images, from, to), new LongAdder());
                        done.add(to - from);
                    }
                    return null;
                });
        return done.sum() / ((System.nanoTime() - begin) * 1e-9);
    }

    private double theirs(
            OrtEnvironment environment,
            OrtSession session,
            byte[][] images,
            Normalisation normalisation,
            int batch,
            double seconds)
            throws Exception {
        var shape = network.inputShape();
        int size = shape.size();
        int used = Math.min(images.length, batch);
        var pixels = FloatBuffer.allocate(used * size);
        for (int i = 0; i < used; i++) {
            pixels.put(normalisation.apply(images[i], shape.extent(0)));
        }
        pixels.rewind();
        long[] dims = {used, shape.extent(0), shape.extent(1), shape.extent(2)};
        String input = session.getInputNames().iterator().next();
        long done = 0;
        try (var tensor = OnnxTensor.createTensor(environment, pixels, dims)) {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < seconds * 1e9) {
                session.run(Map.of(input, tensor)).close();
                done += used;
            }
            return done / ((System.nanoTime() - begin) * 1e-9);
        }
    }
}
