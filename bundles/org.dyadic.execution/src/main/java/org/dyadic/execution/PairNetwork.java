package org.dyadic.execution;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.dyadic.api.network.Network;
import org.dyadic.kernels.PairKernels;

/**
 * An integer network, computed for two images at once in the same vector lanes, and equal to its
 * definition to the bit. What follows a layer element by element is done while its results are in
 * the cache, and they are encoded at once for the layers that read them. A step that has no form
 * here runs as it is defined. Thread-safe.
 */
public final class PairNetwork implements Executable {

    /** Ints of a batch's largest tensor: so that a batch stays near the cache. */
    private static final int BATCH_ELEMENTS = 1 << 17;

    private static final int MOST_PAIRS = 16;

    /** The same where weights are more than tensors, and better read for several pairs. */
    private static final int HEAVY_ELEMENTS = 1 << 20;

    private static final int MOST_HEAVY_PAIRS = 8;

    /** A single image is worked on by several threads where a layer has as many chunks. */
    private static final int SHARED_CHUNKS = 8;

    private final IntegerNetwork definition;
    private final PairKernels kernels;
    private final Network network;
    private final PairLayout[] layouts;
    private final int heavy; // from this node on weights are more than tensors
    private final int few; // pairs at once before it
    private final int pairs; // and from there on
    private final PairLayer[] layers;
    private final PairStep[] steps;
    private final int[][] constants;
    private final List<Task> tasks = new ArrayList<>();
    private final int widest;
    private final Queue<Scratch> scratches = new ConcurrentLinkedQueue<>();

    public PairNetwork(IntegerNetwork definition, PairKernels kernels) {
        this(
                definition,
                kernels,
                pairs(definition.network(), 0, BATCH_ELEMENTS, MOST_PAIRS),
                pairs(definition.network(), heavy(definition), HEAVY_ELEMENTS, MOST_HEAVY_PAIRS));
    }

    /**
     * @param few the most pairs that are worked on at once as long as tensors are large
     * @param most the most there are in a batch, if that is more
     */
    PairNetwork(IntegerNetwork definition, PairKernels kernels, int few, int most) {
        this.definition = definition;
        this.kernels = kernels;
        this.network = definition.network();
        this.heavy = heavy(definition);
        this.few = few;
        this.pairs = Math.max(few, most);
        int nodes = network.nodes().size();
        this.layouts = new PairLayout[nodes];
        for (int i = 0; i < nodes; i++) {
            var shape = network.node(i).shape();
            layouts[i] = i == 0 ? PairLayout.dense(shape) : PairLayout.of(shape);
        }
        this.layers = new PairLayer[nodes];
        this.steps = new PairStep[nodes];
        this.constants = new int[nodes][];
        IntStream.range(1, nodes).parallel().forEach(this::prepare);
        this.widest =
                IntStream.range(0, nodes)
                        .map(i -> layouts[i].stride() * least(layers[i]))
                        .max()
                        .orElse(1);
        plan();
    }

    /** What a node is computed with; of each on its own, so in any order. */
    private void prepare(int node) {
        var step = definition.step(node);
        layers[node] = layer(node).orElse(null);
        steps[node] = PairStep.of(step, inputs(node), layouts[node]).orElse(null);
        if (step instanceof Steps.Constant constant) {
            constants[node] = new int[layouts[node].size()];
            layouts[node].pack(constant.values(), constant.values(), constants[node], 0);
        }
    }

    /** The pixels of a node that are worked on at once, at the least. */
    private static int least(PairLayer layer) {
        return layer == null ? 1 : Math.max(Scratch.TILE, layer.sums().least());
    }

    /** How many pairs of the tensors from a node on are so many elements. */
    private static int pairs(Network network, int from, int elements, int most) {
        int largest =
                network.nodes().stream()
                        .skip(from)
                        .mapToInt(node -> node.shape().size())
                        .max()
                        .orElse(elements);
        return Math.max(1, Math.min(most, elements / largest));
    }

    /**
     * The first layer from which on every layer has more weights than elements it reads or writes;
     * layers of each channel on its own are passed over.
     */
    private static int heavy(IntegerNetwork definition) {
        int heavy = definition.network().nodes().size();
        for (int node = heavy - 1; node > 0; node--) {
            if (definition.step(node) instanceof Multiplication layer && layer.groups() == 1) {
                if (layer.weights().length
                        < Math.max(layer.input().size(), layer.output().size())) {
                    break;
                }
                heavy = node;
            }
        }
        return heavy;
    }

    private List<PairLayout> inputs(int node) {
        return network.node(node).inputs().stream().map(input -> layouts[input]).toList();
    }

    private Optional<PairLayer> layer(int node) {
        if (!(definition.step(node) instanceof Multiplication layer)) {
            return Optional.empty();
        }
        var from = layouts[network.node(node).inputs().get(0)];
        var to = layouts[node];
        boolean asImages =
                from.channels() == layer.input().extent(0)
                        && from.pixels() == layer.input().size() / from.channels()
                        && to.channels() == layer.output().extent(0)
                        && to.pixels() == layer.output().size() / to.channels();
        return asImages ? PairLayer.of(layer, from, pairs, kernels) : Optional.empty();
    }

    // ---- Planning

    /**
     * A node, what is done to its results at once, and where they go.
     *
     * @param result the last node that is computed with it
     * @param kept true if the wide integers are read by others
     * @param readers the layers they are encoded for
     * @param done tensors that nobody reads any more
     */
    private record Task(
            int node,
            PairStage.Limit limit,
            List<PairStage> stages,
            int result,
            boolean kept,
            List<Integer> readers,
            List<Integer> done) {}

    private void plan() {
        int nodes = network.nodes().size();
        var users = network.users();
        var absorbed = new boolean[nodes];
        for (int node = 0; node < nodes; node++) {
            if (!absorbed[node] && constants[node] == null) {
                tasks.add(task(node, users, absorbed));
            }
        }
        release();
    }

    private Task task(int node, List<List<Integer>> users, boolean[] absorbed) {
        var stages = new ArrayList<PairStage>();
        int result = node;
        while (users.get(result).size() == 1 && result != network.output() && node > 0) {
            int user = users.get(result).get(0);
            var stage = stage(user, result, node);
            if (stage.isEmpty()) {
                break;
            }
            append(stages, stage.get());
            absorbed[user] = true;
            result = user;
        }
        var limit = PairStage.Limit.NONE;
        if (layers[node] != null
                && !stages.isEmpty()
                && stages.get(0) instanceof PairStage.Limit first) {
            limit = first;
            stages.remove(0);
        }
        var readers = users.get(result).stream().filter(user -> layers[user] != null).toList();
        boolean kept = result == network.output() || readers.size() < users.get(result).size();
        return new Task(node, limit, List.copyOf(stages), result, kept, readers, new ArrayList<>());
    }

    /** What a node does to the results at hand, if it can be done at once. */
    private Optional<PairStage> stage(int node, int input, int head) {
        var step = definition.step(node);
        if (step instanceof Steps.Clamp clamp) {
            return Optional.of(PairStage.Limit.of(clamp));
        } else if (step instanceof Steps.Lookup lookup) {
            return Optional.of(new PairStage.Function(lookup));
        } else if (step instanceof Steps.Sum sum) {
            var inputs = network.node(node).inputs();
            int own = inputs.indexOf(input);
            int other = inputs.get(inputs.size() - 1 - own);
            boolean ready =
                    inputs.size() == 2 && other < head && other > 0 && constants[other] == null;
            return ready ? PairStage.Plus.of(sum, own, other).map(plus -> plus) : Optional.empty();
        }
        return Optional.empty();
    }

    /** Limits that follow a sum are its own. */
    private static void append(List<PairStage> stages, PairStage stage) {
        int last = stages.size() - 1;
        if (stage instanceof PairStage.Limit limit
                && last >= 0
                && stages.get(last) instanceof PairStage.Plus plus
                && plus.limit().equals(PairStage.Limit.NONE)) {
            stages.set(last, plus.within(limit));
        } else {
            stages.add(stage);
        }
    }

    /** Tells each task which tensors it is the last to read. */
    private void release() {
        var last = new LinkedHashMap<Integer, Task>();
        for (var task : tasks) {
            for (int read : reads(task)) {
                last.put(read, task);
            }
        }
        last.forEach((tensor, task) -> task.done().add(tensor));
    }

    /** The nodes whose wide integers a task reads. */
    private List<Integer> reads(Task task) {
        var reads = new ArrayList<Integer>();
        if (layers[task.node()] == null) {
            reads.addAll(network.node(task.node()).inputs());
        }
        for (var stage : task.stages()) {
            if (stage instanceof PairStage.Plus plus) {
                reads.add(plus.node());
            }
        }
        return reads;
    }

    // ---- Running

    @Override
    public String arithmetic() {
        return definition.arithmetic();
    }

    @Override
    public Map<String, String> kernels() {
        var names = new LinkedHashMap<String, String>();
        for (int node = 1; node < layers.length; node++) {
            if (definition.step(node) instanceof Multiplication) {
                names.put(
                        network.node(node).name(),
                        layers[node] == null ? "scalar" : layers[node].describe());
            }
        }
        return names;
    }

    @Override
    public int batch() {
        return 2 * pairs;
    }

    @Override
    public double[][] run(byte[][] images, LongAdder overflows) {
        var results = new double[images.length][];
        for (int from = 0; from < images.length; from += batch()) {
            var part = Arrays.copyOfRange(images, from, Math.min(images.length, from + batch()));
            System.arraycopy(runBatch(part, overflows), 0, results, from, part.length);
        }
        return results;
    }

    private double[][] runBatch(byte[][] images, LongAdder overflows) {
        var scratch = scratch();
        var batch = new Batch(images, scratch, overflows);
        boolean whole = images.length <= 2 * few;
        if (!whole) {
            for (int from = 0; from < images.length; from += 2 * few) {
                int to = Math.min(images.length, from + 2 * few);
                var part = new Batch(Arrays.copyOfRange(images, from, to), scratch, overflows);
                tasks.stream().filter(task -> task.node() < heavy).forEach(part::run);
                batch.take(part, from / 2);
            }
        }
        tasks.stream().filter(task -> whole || task.node() >= heavy).forEach(batch::run);
        var results = batch.results();
        scratches.add(scratch);
        return results;
    }

    private Scratch scratch() {
        var free = scratches.poll();
        return free == null ? Scratch.of(widest) : free;
    }

    /** The images on their way through the network. */
    private final class Batch {

        private final byte[][] images;
        private final int count;
        private final Scratch scratch;
        private final LongAdder overflows;
        private final int[][] tensors = new int[layers.length][];
        private final Object[] codes = new Object[layers.length];

        Batch(byte[][] images, Scratch scratch, LongAdder overflows) {
            this.images = images;
            this.count = (images.length + 1) / 2;
            this.scratch = scratch;
            this.overflows = overflows;
        }

        /** What is left of pairs that came so far on their own. */
        void take(Batch part, int from) {
            var arena = scratch.arena();
            for (int node = 0; node < tensors.length; node++) {
                if (part.codes[node] != null) {
                    var form = layers[node].codes();
                    if (codes[node] == null) {
                        codes[node] = form.acquire(arena, count);
                    }
                    form.copy(part.codes[node], part.count, codes[node], from, count);
                    part.release(node);
                }
                if (part.tensors[node] != null) {
                    int size = layouts[node].size();
                    if (tensors[node] == null) {
                        tensors[node] = arena.ints(count * size);
                    }
                    System.arraycopy(
                            part.tensors[node], 0, tensors[node], from * size, part.count * size);
                    arena.release(part.tensors[node]);
                }
            }
        }

        void run(Task task) {
            for (int reader : task.readers()) {
                codes[reader] = layers[reader].codes().acquire(scratch.arena(), count);
            }
            if (layers[task.node()] == null) {
                runStep(task);
            } else {
                runLayer(task);
            }
            for (int done : task.done()) {
                if (tensors[done] != null) {
                    scratch.arena().release(tensors[done]);
                    tensors[done] = null;
                }
            }
        }

        /** A layer, chunk by chunk; those of a single image may be worked on at the same time. */
        private void runLayer(Task task) {
            var sums = layers[task.node()].sums();
            var layout = layouts[task.node()];
            int total = count * layout.pixels();
            int most = scratch.chunk(layout.stride());
            int[] kept = task.kept() ? scratch.arena().ints(count * layout.size()) : null;
            var chunks = new ArrayList<Chunk>();
            int pixels;
            for (int first = 0; first < total; first += pixels) {
                pixels = sums.chunk(first, total, most);
                chunks.add(new Chunk(first, pixels));
            }
            if (images.length == 1 && chunks.size() >= SHARED_CHUNKS) {
                chunks.parallelStream()
                        .forEach(
                                chunk -> {
                                    var own = scratch();
                                    runChunk(task, chunk, kept, own);
                                    scratches.add(own);
                                });
            } else {
                chunks.forEach(chunk -> runChunk(task, chunk, kept, scratch));
            }
            tensors[task.result()] = kept;
            release(task.node());
        }

        /** Some pixels, counted through all pairs. */
        private record Chunk(int first, int pixels) {}

        private void runChunk(Task task, Chunk chunk, int[] kept, Scratch own) {
            int stride = layouts[task.node()].stride();
            layers[task.node()].run(
                    codes[task.node()],
                    count,
                    chunk.first(),
                    chunk.pixels(),
                    images.length == 1,
                    task.limit().least(),
                    task.limit().most(),
                    own);
            finish(task, own.wide(), 0, chunk.first(), chunk.pixels(), stride, own);
            if (kept != null) {
                System.arraycopy(
                        own.wide(), 0, kept, chunk.first() * stride, chunk.pixels() * stride);
            }
        }

        /** What is done to a chunk at once. */
        private void finish(
                Task task, int[] wide, int at, int first, int pixels, int stride, Scratch own) {
            for (var stage : task.stages()) {
                stage.apply(kernels, wide, at, tensors, first * stride, pixels * stride);
            }
            for (int reader : task.readers()) {
                layers[reader]
                        .codes()
                        .encode(wide, at, first, pixels, count, codes[reader], own.codes());
            }
        }

        private void release(int node) {
            if (codes[node] instanceof int[] ints) {
                scratch.arena().release(ints);
            } else {
                scratch.arena().release((float[]) codes[node]);
            }
            codes[node] = null;
        }

        /** Anything else: the whole tensor, then chunk by chunk what is done to it. */
        private void runStep(Task task) {
            var layout = layouts[task.node()];
            int[] wide = scratch.arena().ints(count * layout.size());
            if (task.node() == 0) {
                input(wide, layout);
            } else {
                compute(task.node(), wide, layout);
            }
            int total = count * layout.pixels();
            int chunk = scratch.chunk(layout.stride());
            for (int first = 0; first < total; first += chunk) {
                int pixels = Math.min(chunk, total - first);
                finish(
                        task,
                        wide,
                        first * layout.stride(),
                        first,
                        pixels,
                        layout.stride(),
                        scratch);
            }
            if (task.kept()) {
                tensors[task.result()] = wide;
            } else {
                scratch.arena().release(wide);
            }
        }

        private byte[] image(int index) {
            return images[Math.min(index, images.length - 1)];
        }

        private void input(int[] wide, PairLayout layout) {
            for (int channel = 0; channel < layout.channels(); channel++) {
                var table = new int[256];
                for (int sample = 0; sample < table.length; sample++) {
                    table[sample] = definition.pixel(channel, sample);
                }
                for (int pair = 0; pair < count; pair++) {
                    byte[] low = image(2 * pair);
                    byte[] high = image(2 * pair + 1);
                    int from = channel * layout.pixels();
                    int to = pair * layout.size() + channel;
                    for (int pixel = 0; pixel < layout.pixels(); pixel++) {
                        wide[to + pixel * layout.stride()] =
                                PairLayout.pair(
                                        table[low[from + pixel] & 0xff],
                                        table[high[from + pixel] & 0xff]);
                    }
                }
            }
        }

        private void compute(int node, int[] wide, PairLayout layout) {
            var step = definition.step(node);
            if (step instanceof Steps.Sum sum && sum(node, sum, wide)) {
                return;
            }
            if (step instanceof Steps.Largest largest) {
                maximum(node, largest, wide, layout);
            } else if (steps[node] != null) {
                eachPair(node, wide, layout);
            } else {
                asDefined(node, wide, layout);
            }
        }

        private void eachPair(int node, int[] wide, PairLayout layout) {
            var inputs = network.node(node).inputs();
            var given = new int[inputs.size()][];
            var from = new int[given.length];
            for (int pair = 0; pair < count; pair++) {
                for (int i = 0; i < given.length; i++) {
                    int input = inputs.get(i);
                    boolean constant = constants[input] != null;
                    given[i] = constant ? constants[input] : tensors[input];
                    from[i] = constant ? 0 : pair * layouts[input].size();
                }
                steps[node].run(given, from, wide, pair * layout.size());
            }
        }

        /** False if it must be done as defined. */
        private boolean sum(int node, Steps.Sum sum, int[] wide) {
            var inputs = network.node(node).inputs();
            if (inputs.size() != 2 || inputs.stream().anyMatch(input -> tensors[input] == null)) {
                return false;
            }
            var plus = PairStage.Plus.of(sum, 0, inputs.get(1));
            int length = count * layouts[node].size();
            plus.ifPresent(
                    by -> {
                        System.arraycopy(tensors[inputs.get(0)], 0, wide, 0, length);
                        by.apply(kernels, wide, 0, tensors, 0, length);
                    });
            return plus.isPresent();
        }

        private void maximum(int node, Steps.Largest largest, int[] wide, PairLayout layout) {
            int input = network.node(node).inputs().get(0);
            int[] from = tensors[input];
            int stride = layout.stride();
            int size = layouts[input].size();
            int lowest = PairLayout.pair(Wide.MIN, Wide.MIN);
            Arrays.fill(wide, 0, count * layout.size(), lowest);
            for (int pair = 0; pair < count; pair++) {
                int own = pair;
                largest.places(
                        (to, place) ->
                                kernels.max(
                                        wide,
                                        own * layout.size() + to * stride,
                                        from,
                                        own * size + place * stride,
                                        stride));
            }
        }

        /** On the images of a pair, taken apart and put together again. */
        private void asDefined(int node, int[] wide, PairLayout layout) {
            var inputs = network.node(node).inputs();
            for (int pair = 0; pair < count; pair++) {
                boolean single = 2 * pair + 1 == images.length;
                var given = new int[inputs.size()][][];
                for (int i = 0; i < given.length; i++) {
                    int input = inputs.get(i);
                    var own = layouts[input];
                    given[i] =
                            constants[input] != null
                                    ? own.unpack(constants[input], 0)
                                    : own.unpack(tensors[input], pair * own.size());
                    if (single) {
                        given[i] = new int[][] {given[i][0]};
                    }
                }
                int[][] results = definition.step(node).run(given, overflows);
                layout.pack(results[0], results[single ? 0 : 1], wide, pair * layout.size());
            }
        }

        double[][] results() {
            var layout = layouts[network.output()];
            var results = new double[images.length][];
            for (int pair = 0; pair < count; pair++) {
                int[][] two = layout.unpack(tensors[network.output()], pair * layout.size());
                for (int i = 0; i < 2 && 2 * pair + i < images.length; i++) {
                    results[2 * pair + i] = Arrays.stream(two[i]).asDoubleStream().toArray();
                }
            }
            scratch.arena().release(tensors[network.output()]);
            return results;
        }
    }
}
