package org.dyadic.plugins;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dyadic.api.diagnostic.Guess;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.PluginFinding;
import org.dyadic.api.workbench.Plugins;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Keeps the framework as the index and the folder say. Every change is tried in the framework
 * first, then written, and only then does the old give way.
 */
final class Manager implements Plugins {

    private final BundleContext context;
    private final Home home;
    private final Sources sources;
    private final Bundles bundles;
    private final Retirement retirement;
    // By name; guarded by this, like all that changes.
    private final Map<String, Bundles.Started> plugins = new TreeMap<>();
    // What is wrong with files that are not even entries.
    private final Map<String, String> unusable = new TreeMap<>();

    Manager(BundleContext context, Home home) {
        this.context = context;
        this.home = home;
        this.sources = new Sources(home);
        this.bundles = new Bundles(context);
        this.retirement = new Retirement(context);
    }

    // ---- what is there

    @Override
    public synchronized List<PluginBundle> installed() {
        var all = new TreeMap<String, PluginBundle>();
        bundles.fromFolders().forEach(bundle -> all.put(title(bundle), describe(bundle)));
        plugins.values().forEach(plugin -> all.put(plugin.entry().title(), describe(plugin)));
        return List.copyOf(all.values());
    }

    private static PluginBundle describe(Bundles.Started plugin) {
        var entry = plugin.entry();
        var state =
                !entry.enabled()
                        ? PluginBundle.State.DISABLED
                        : plugin.runs() ? PluginBundle.State.RUNNING : PluginBundle.State.FAILED;
        var reason =
                entry.enabled() && !plugin.runs()
                        ? Optional.of(plugin.problem().reason())
                        : Optional.<String>empty();
        // What it offers may change while it runs; of one that does not, the index knows.
        var provides = plugin.bundle() != null ? Bundles.provides(plugin.bundle()) : null;
        return entry.describe(state, reason, provides != null ? provides : entry.provides());
    }

    private static String title(Bundle bundle) {
        return bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    private static PluginBundle describe(Bundle bundle) {
        String file = bundle.getLocation().replaceFirst("^reference:", "");
        String path = Path.of(java.net.URI.create(file)).toString();
        boolean runs =
                bundle.getState() == Bundle.ACTIVE
                        || bundle.getState() == Bundle.STARTING
                        || bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
        return new PluginBundle(
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                runs ? PluginBundle.State.RUNNING : PluginBundle.State.FAILED,
                runs ? Optional.empty() : Optional.of("it did not start; see the warning above"),
                path,
                path,
                Optional.empty(),
                Optional.empty(),
                Bundles.provides(bundle));
    }

    // ---- changes

    @Override
    public synchronized List<PluginBundle> install(String source, Consumer<String> told)
            throws PluginChangeException {
        try (FileChannel lock = home.lock()) {
            var candidates = sources.candidates(source, told);
            refresh(told);
            for (var candidate : candidates) {
                checkNew(candidate);
            }
            return take(candidates, Set.of(), told);
        } catch (IOException e) {
            throw Failure.of("install " + source, e);
        }
    }

    private void checkNew(Candidate candidate) throws PluginChangeException {
        var there = plugins.get(candidate.name());
        if (there != null && there.entry().recorded()) {
            boolean same = there.entry().version().equals(candidate.version());
            throw new PluginChangeException(
                    true,
                    candidate.name()
                            + " is installed already, in "
                            + (same ? "the same version " : "version ")
                            + there.entry().version()
                            + (same ? "" : ", and this is " + candidate.version())
                            + ". To replace it: dyadic plugins update "
                            + candidate.name()
                            + " "
                            + candidate.source());
        }
        if (there != null) {
            throw new PluginChangeException(
                    true,
                    candidate.name()
                            + " is in "
                            + there.entry().file()
                            + " already; replace that file, or delete it first");
        }
        var own = bundles.ownBundle(candidate.name(), running());
        if (own != null) {
            throw new PluginChangeException(
                    true,
                    candidate.name()
                            + " is the name of a bundle that is there already ("
                            + own.getLocation().replaceFirst("^reference:", "")
                            + "); give yours a name of its own");
        }
    }

    private Set<Bundle> running() {
        var running = new HashSet<Bundle>();
        plugins.values().stream()
                .map(Bundles.Started::bundle)
                .filter(bundle -> bundle != null)
                .forEach(running::add);
        return running;
    }

    /**
     * Tries candidates in the framework; writes the index; lets what they replace go.
     *
     * @param old the names of what they replace
     */
    private List<PluginBundle> take(
            List<Candidate> candidates, Set<String> old, Consumer<String> told)
            throws PluginChangeException, IOException {
        for (var candidate : candidates) {
            home.trust().check(candidate.jar(), candidate.title(), told);
        }
        var entries = new ArrayList<Entry>();
        for (var candidate : candidates) {
            entries.add(store(candidate));
        }
        var started = bundles.start(entries);
        try {
            for (int i = 0; i < candidates.size(); i++) {
                checkUseful(candidates.get(i), started.get(i));
            }
            var index = recorded();
            index.removeIf(entry -> old.contains(entry.name()));
            started.forEach(plugin -> index.add(plugin.entry()));
            Index.write(home, index);
        } catch (IOException | PluginChangeException e) {
            var before = running(); // one that is in both the old and the new feature stays
            started.stream()
                    .filter(plugin -> plugin.runs() && !before.contains(plugin.bundle()))
                    .forEach(plugin -> Bundles.uninstall(plugin.bundle()));
            sweep();
            throw e;
        }
        for (var candidate : candidates) {
            for (var call : candidate.calls()) {
                told.accept(
                        "warning: "
                                + candidate.title()
                                + " calls "
                                + call
                                + ", which would end Dyadic itself and cannot be prevented; ask its"
                                + " author why");
            }
        }
        var described = new ArrayList<PluginBundle>();
        for (var plugin : started) {
            replace(plugin);
            described.add(describe(plugin));
        }
        refresh(told); // lets those go that have no successor
        sweep();
        return described;
    }

    private static void checkUseful(Candidate candidate, Bundles.Started started)
            throws PluginChangeException {
        if (!started.runs()) {
            throw new PluginChangeException(
                    true,
                    candidate.title()
                            + " cannot be used: "
                            + started.problem().reason()
                            + "; "
                            + started.problem().advice());
        }
        if (started.entry().provides().isEmpty() && !candidate.exports()) {
            throw new PluginChangeException(
                    true,
                    candidate.title()
                            + " is a bundle, but it offers no plugin: no service with an id such as"
                            + " @QuantizerService(id = \"...\") on a @Component, and no package for"
                            + " others. Was it built with the bnd-maven-plugin?");
        }
    }

    /** Copies the jar to where it will stay; what no index names there is nobody's. */
    private Entry store(Candidate candidate) throws IOException {
        String sha256 = Checksum.sha256(candidate.jar());
        Path file =
                home.store()
                        .resolve(
                                candidate.name()
                                        + "-"
                                        + candidate.version()
                                        + "-"
                                        + sha256.substring(0, 12)
                                        + ".jar");
        if (!Files.isRegularFile(file) || !Checksum.sha256(file).equals(sha256)) {
            Home.write(file, out -> Files.copy(candidate.jar(), out));
        }
        return Entry.installed(
                file,
                candidate.name(),
                candidate.version(),
                sha256,
                true,
                candidate.source(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                candidate.feature(),
                List.of());
    }

    /** Deletes the jars in the store that no index names. */
    private void sweep() {
        try {
            var named = Index.read(home).stream().map(Entry::file).toList();
            try (Stream<Path> files = Files.list(home.store())) {
                for (Path file : files.filter(file -> !named.contains(file)).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            // They are deleted another time.
        }
    }

    private void replace(Bundles.Started plugin) {
        var old = plugins.put(plugin.entry().name(), plugin);
        if (plugin.bundle() != null) {
            retirement.reclaim(plugin.bundle());
        }
        if (old != null && old.bundle() != null && old.bundle() != plugin.bundle()) {
            retirement.retire(old.bundle());
        }
    }

    @Override
    public synchronized List<PluginBundle> update(String name, String source, Consumer<String> told)
            throws PluginChangeException {
        try (FileChannel lock = home.lock()) {
            refresh(told);
            var members = membersOf(name);
            return members.isEmpty()
                    ? updateBundle(find(name), source, told)
                    : updateFeature(members, source, told);
        } catch (IOException e) {
            throw Failure.of("update " + name, e);
        }
    }

    /** The bundles of the feature that is called so. */
    private List<Bundles.Started> membersOf(String name) {
        return plugins.values().stream()
                .filter(plugin -> !plugin.entry().name().equals(name))
                .filter(
                        plugin ->
                                plugin.entry().feature().isPresent()
                                        && describe(plugin).isCalled(name))
                .toList();
    }

    private List<PluginBundle> updateBundle(
            Bundles.Started old, String source, Consumer<String> told)
            throws PluginChangeException, IOException {
        String name = old.entry().name();
        if (old.entry().feature().isPresent()) {
            String feature = old.entry().feature().get();
            throw new PluginChangeException(
                    true,
                    name
                            + " is part of the feature "
                            + feature
                            + ", which is replaced as a whole: "
                            + advice(feature));
        }
        String from = source.isEmpty() ? old.entry().source() : source;
        var candidates = sources.candidates(from, told);
        if (candidates.size() != 1 || !candidates.get(0).name().equals(name)) {
            throw new PluginChangeException(
                    true,
                    from
                            + " is "
                            + (candidates.size() == 1
                                    ? "the bundle " + candidates.get(0).name()
                                    : "a folder of several bundles")
                            + ", not "
                            + name);
        }
        if (areThere(candidates)) {
            told.accept(old.entry().title() + " is what " + from + " holds already");
            return List.of(describe(old));
        }
        checkReplaceable(old, candidates);
        return take(candidates, Set.of(name), told);
    }

    private List<PluginBundle> updateFeature(
            List<Bundles.Started> members, String source, Consumer<String> told)
            throws PluginChangeException, IOException {
        String feature = members.get(0).entry().feature().orElseThrow();
        if (source.isEmpty()) {
            throw new PluginChangeException(
                    true,
                    "name the file that " + feature + " is to be replaced by: " + advice(feature));
        }
        var candidates = sources.candidates(source, told);
        String other = candidates.get(0).feature().orElse("no feature");
        if (!withoutVersion(other).equals(withoutVersion(feature))) {
            throw new PluginChangeException(
                    true, source + " is " + other + ", not a version of " + feature);
        }
        var names = members.stream().map(member -> member.entry().name()).collect(toSet());
        for (var candidate : candidates) {
            if (!names.contains(candidate.name())) {
                checkNew(candidate);
            }
        }
        if (other.equals(feature) && candidates.size() == members.size() && areThere(candidates)) {
            told.accept(feature + " is what " + source + " holds already");
            return members.stream().map(Manager::describe).toList();
        }
        for (var member : members) {
            checkReplaceable(member, candidates);
        }
        return take(candidates, names, told);
    }

    private static String advice(String feature) {
        return "dyadic plugins update " + feature.split(":")[1] + " FEATURE.json";
    }

    private static String withoutVersion(String feature) {
        return feature.substring(0, Math.max(0, feature.lastIndexOf(':')));
    }

    /** Whether the very jars run already. */
    private boolean areThere(List<Candidate> candidates) throws IOException {
        for (var candidate : candidates) {
            var there = plugins.get(candidate.name());
            if (there == null
                    || !there.runs()
                    || !there.entry().mark().equals(Checksum.sha256(candidate.jar()))) {
                return false;
            }
        }
        return true;
    }

    private static void checkReplaceable(Bundles.Started old, List<Candidate> candidates)
            throws PluginChangeException {
        String name = old.entry().name();
        boolean singleton =
                candidates.stream().anyMatch(each -> each.name().equals(name) && each.singleton());
        if (singleton && old.bundle() != null) {
            throw new PluginChangeException(
                    true,
                    name
                            + " is a singleton bundle (singleton:=true), which cannot be replaced"
                            + " while it runs; remove it, then install the new one");
        }
    }

    @Override
    public synchronized PluginBundle enable(String name) throws PluginChangeException {
        return turn(name, true);
    }

    @Override
    public synchronized PluginBundle disable(String name) throws PluginChangeException {
        return turn(name, false);
    }

    private PluginBundle turn(String name, boolean on) throws PluginChangeException {
        try (FileChannel lock = home.lock()) {
            refresh(ignored -> {});
            var plugin = find(name);
            if (plugin.entry().enabled() != on) {
                change(name, plugin.entry().enabled(on));
            }
            var now = plugins.get(name);
            if (on && !now.runs()) {
                throw new PluginChangeException(
                        true,
                        now.entry().title()
                                + " is enabled, but cannot be used: "
                                + now.problem().reason()
                                + "; "
                                + now.problem().advice());
            }
            return describe(now);
        } catch (IOException e) {
            throw Failure.of((on ? "enable " : "disable ") + name, e);
        }
    }

    @Override
    public synchronized PluginBundle remove(String name) throws PluginChangeException {
        try (FileChannel lock = home.lock()) {
            refresh(ignored -> {});
            var plugin = describe(find(name));
            change(name, null);
            sweep();
            return plugin;
        } catch (IOException e) {
            throw Failure.of("remove " + name, e);
        }
    }

    /** Writes the index with another entry of this name, or none, and follows it. */
    private void change(String name, Entry entry) throws IOException {
        var index = recorded();
        index.removeIf(old -> old.name().equals(name));
        if (entry != null) {
            index.add(entry);
        }
        Index.write(home, index);
        refresh(ignored -> {});
    }

    private List<Entry> recorded() throws IOException {
        return Index.read(home);
    }

    /** An installed plugin that can be changed. */
    private Bundles.Started find(String name) throws PluginChangeException {
        var plugin = plugins.get(name);
        if (plugin != null && plugin.entry().recorded()) {
            return plugin;
        }
        if (plugin != null) {
            throw byHand(name, plugin.entry().file());
        }
        for (var bundle : bundles.fromFolders()) {
            if (bundle.getSymbolicName().equals(name)) {
                throw byHand(name, Path.of(describe(bundle).file()));
            }
        }
        var names =
                plugins.values().stream()
                        .filter(each -> each.entry().recorded())
                        .map(each -> each.entry().name())
                        .toList();
        throw new PluginChangeException(
                true,
                "no plugin '"
                        + name
                        + "' is installed; "
                        + (names.isEmpty() ? "none is" : "there are " + String.join(", ", names))
                        + "."
                        + Guess.suggestion(name, names)
                        + offering(name));
    }

    /** That a bundle offers what was named, if it did not name a bundle. */
    private String offering(String id) {
        return plugins.values().stream()
                .filter(
                        plugin ->
                                plugin.entry().provides().stream()
                                        .anyMatch(each -> each.endsWith(" " + id)))
                .findFirst()
                .map(plugin -> " '" + id + "' is offered by the bundle " + plugin.entry().name())
                .orElse("");
    }

    private static PluginChangeException byHand(String name, Path file) {
        return new PluginChangeException(
                true,
                name
                        + " was put into "
                        + file.getParent()
                        + " by hand; replace or delete "
                        + file
                        + " the same way");
    }

    // ---- following the files

    /** Makes the framework what the files say. */
    synchronized void refresh(Consumer<String> told) {
        Collection<Entry> wanted;
        try {
            wanted = wanted();
        } catch (IOException e) {
            unusable.put(home.index().toString(), Failure.why(e));
            told.accept("warning: " + Failure.why(e) + "; plugins stay as they are");
            return;
        }
        var names = wanted.stream().map(Entry::name).toList();
        var starting = new ArrayList<Entry>();
        for (var entry : wanted) {
            var old = plugins.get(entry.name());
            boolean same =
                    old != null
                            && old.entry().mark().equals(entry.mark())
                            && old.entry().file().equals(entry.file())
                            && old.entry().enabled() == entry.enabled();
            if (same) {
                continue;
            }
            if (entry.enabled()) {
                starting.add(entry);
            } else {
                replace(new Bundles.Started(entry, null, null));
            }
        }
        for (var started : bundles.start(starting)) {
            boolean updated = plugins.containsKey(started.entry().name());
            replace(started);
            told.accept(
                    started.runs()
                            ? "plugin " + started.entry().title() + (updated ? " updated" : " runs")
                            : "warning: plugin "
                                    + started.entry().title()
                                    + " is left out: "
                                    + started.problem().reason()
                                    + "; "
                                    + started.problem().advice());
        }
        for (var gone : new ArrayList<>(plugins.values())) {
            if (!names.contains(gone.entry().name())) {
                plugins.remove(gone.entry().name());
                if (gone.bundle() != null) {
                    retirement.retire(gone.bundle());
                }
                told.accept("plugin " + gone.entry().title() + " is gone");
            }
        }
    }

    private Collection<Entry> wanted() throws IOException {
        var wanted = new LinkedHashMap<String, Entry>();
        unusable.clear();
        recorded().forEach(entry -> wanted.put(entry.name(), entry));
        for (Path jar : home.droppedJars()) {
            try {
                var entry = dropped(jar);
                var other = wanted.putIfAbsent(entry.name(), entry);
                if (other != null) {
                    unusable.put(
                            jar.toString(),
                            "it is the bundle "
                                    + entry.name()
                                    + ", which runs already from "
                                    + other.source()
                                    + "; delete one of them");
                }
            } catch (PluginChangeException e) {
                unusable.put(jar.toString(), e.getMessage());
            }
        }
        return wanted.values();
    }

    private Entry dropped(Path jar) throws IOException, PluginChangeException {
        var attributes = Files.readAttributes(jar, BasicFileAttributes.class);
        var candidate = Candidate.of(jar, jar.toString());
        if (home.trust().required()) {
            home.trust().check(jar, candidate.title(), ignored -> {});
        }
        return new Entry(
                candidate.name(),
                candidate.version(),
                jar,
                attributes.lastModifiedTime().toMillis() + "-" + attributes.size(),
                Optional.empty(),
                true,
                jar.toString(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** What is wrong with files in the folder that no bundle came of, by path. */
    synchronized Map<String, String> unusable() {
        return Map.copyOf(unusable);
    }

    synchronized List<Bundles.Started> plugins() {
        return List.copyOf(plugins.values());
    }

    Home home() {
        return home;
    }

    Bundles bundles() {
        return bundles;
    }

    // ---- the rest of the service

    @Override
    public List<PluginFinding> examine() {
        return new Examination(context, this).findings();
    }

    @Override
    public Lease lease() {
        return retirement.lease();
    }

    @Override
    public Lease follow(Consumer<String> told) {
        return Follower.start(this, told);
    }
}
