package org.dyadic.lang.checks;

import java.util.List;
import java.util.Optional;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.IssueCode;
import org.dyadic.api.experiment.AcceleratorUse;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.workbench.PluginInfo;
import org.dyadic.api.workbench.PluginKind;
import org.dyadic.lang.dyadic.Accelerator;
import org.dyadic.lang.dyadic.DyadicPackage.Literals;
import org.dyadic.lang.source.Program;

/** Accelerators: an installed backend, and settings of their own or inherited. */
final class AcceleratorChecks {

    private final Program program;
    private final Findings findings;
    private final SettingsReading reading;
    private final PluginChecks plugins;
    private final Variation variation;
    private final Lineage lineage;
    private final Once<Accelerator, Sound> sound = new Once<>(this::check);

    /** An accelerator without error, and what another that extends it inherits. */
    private record Sound(AcceleratorUse use, PluginInfo backend, List<Setting> settings) {}

    AcceleratorChecks(
            Program program,
            Findings findings,
            SettingsReading reading,
            PluginChecks plugins,
            Variation variation) {
        this.program = program;
        this.findings = findings;
        this.reading = reading;
        this.plugins = plugins;
        this.variation = variation;
        this.lineage = new Lineage(program, findings);
    }

    Optional<AcceleratorUse> use(Accelerator accelerator) {
        return sound.of(accelerator).map(Sound::use);
    }

    private Optional<Sound> check(Accelerator accelerator) {
        var parent =
                lineage.isSound(accelerator) && accelerator.getParent() != null
                        ? sound.of(accelerator.getParent())
                        : Optional.<Sound>empty();
        boolean parentIsBroken = accelerator.getParent() != null && parent.isEmpty();
        var backend = backend(accelerator, parent);
        if (backend.isEmpty()) {
            return Optional.empty();
        }
        var spec = backend.get().parameters();
        var inherited =
                parent.map(from -> Inheritance.known(from.settings(), spec)).orElse(List.of());
        var settings =
                Inheritance.merged(
                        inherited,
                        variation.settings(
                                accelerator, reading.settings(accelerator.getBlock()), spec),
                        spec);
        var at = program.at(accelerator, Literals.DECLARATION__NAME);
        var resolution = spec.resolve("backend " + backend.get().id(), settings, at);
        var positions = Inheritance.positions(inherited);
        for (var diagnostic : resolution.diagnostics()) {
            if (diagnostic.position().filter(positions::contains).isPresent()) {
                if (diagnostic.isError()) {
                    findings.report(at, diagnostic.code(), blamed(diagnostic, accelerator));
                }
            } else if (!parentIsBroken || diagnostic.code() != IssueCode.MISSING_SETTING) {
                findings.addAll(List.of(diagnostic));
            }
        }
        if (parentIsBroken) {
            return Optional.empty();
        }
        return resolution
                .settings()
                .map(
                        it ->
                                new Sound(
                                        new AcceleratorUse(
                                                accelerator.getName(), backend.get().id(), it, at),
                                        backend.get(),
                                        settings));
    }

    private Optional<PluginInfo> backend(Accelerator accelerator, Optional<Sound> parent) {
        if (accelerator.getBackend() != null) {
            return plugins.find(
                    PluginKind.BACKEND,
                    accelerator.getBackend(),
                    program.at(accelerator, Literals.ACCELERATOR__BACKEND));
        }
        if (accelerator.getParent() == null) {
            findings.report(
                    program.at(accelerator, Literals.DECLARATION__NAME),
                    IssueCode.MISSING_PART,
                    "accelerator '"
                            + accelerator.getName()
                            + "' needs a backend; write 'uses' and one of: "
                            + plugins.installed(PluginKind.BACKEND));
        }
        return parent.map(Sound::backend).or(() -> ofBrokenParent(accelerator));
    }

    /** The backend it would inherit if all were well, so that its own settings can be checked. */
    private Optional<PluginInfo> ofBrokenParent(Accelerator accelerator) {
        if (!lineage.isSound(accelerator)) {
            return Optional.empty();
        }
        var stated = accelerator.getParent();
        while (stated != null && stated.getBackend() == null) {
            stated = stated.getParent();
        }
        return stated == null
                ? Optional.empty()
                : plugins.quietly(PluginKind.BACKEND, stated.getBackend());
    }

    /** An inherited setting was right where it stands; the mistake is to inherit it here. */
    private static String blamed(Diagnostic diagnostic, Accelerator accelerator) {
        return diagnostic.message()
                + "; inherited from '"
                + accelerator.getParent().getName()
                + "', so restate it here";
    }
}
