package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.dyadic.api.diagnostic.Severity;
import org.dyadic.api.workbench.PluginBundle;
import org.dyadic.api.workbench.PluginChangeException;
import org.dyadic.api.workbench.PluginFinding;
import org.dyadic.api.workbench.Plugins;
import org.junit.jupiter.api.Test;

/** The verbs say what the manager of plugins did, or why it did not. */
class PluginChangesTest {

    private static final PluginBundle POT =
            new PluginBundle(
                    "com.acme.pot",
                    "1.2.0",
                    PluginBundle.State.RUNNING,
                    Optional.empty(),
                    "/tmp/pot.jar",
                    "/home/.dyadic/store/pot.jar",
                    Optional.of("3fa9"),
                    Optional.of(Instant.parse("2026-11-22T10:00:00Z")),
                    List.of("quantizer acme-pot"));

    private final Fixture fixture = new Fixture();
    private final Stub manager = new Stub();

    PluginChangesTest() {
        fixture.manager = manager;
    }

    @Test
    void whatIsInstalledIsNamedWithWhatItProvides() {
        assertThat(fixture.execute("plugins", "install", "pot.jar")).isZero();
        assertThat(fixture.out()).isEqualTo("installed com.acme.pot 1.2.0: quantizer acme-pot\n");
        assertThat(manager.asked).containsExactly("install pot.jar");
    }

    @Test
    void aDownloadIsToldOnStandardError() {
        manager.telling = "downloading https://example.org/pot.jar (12.0 kB)";
        fixture.execute("plugins", "install", "com.acme:pot:1.2.0");
        assertThat(fixture.err()).isEqualTo("dyadic: " + manager.telling + "\n");
    }

    @Test
    void aRefusalIsOneSentenceAndExitCode1() {
        manager.refusal = new PluginChangeException(true, "pot.jar is a plain jar.");
        assertThat(fixture.execute("plugins", "install", "pot.jar")).isEqualTo(1);
        assertThat(fixture.err()).isEqualTo("dyadic: pot.jar is a plain jar.\n");
    }

    @Test
    void aFullDiskIsExitCode4() {
        manager.refusal = new PluginChangeException(false, "cannot install: no space left.");
        assertThat(fixture.execute("plugins", "remove", "com.acme.pot")).isEqualTo(4);
    }

    @Test
    void updateWithoutANameTakesAllThatWereInstalled() {
        assertThat(fixture.execute("plugins", "update")).isZero();
        assertThat(manager.asked).containsExactly("update com.acme.pot ");
        assertThat(fixture.out()).startsWith("now com.acme.pot 1.2.0");
    }

    @Test
    void severalBundlesAreSwitchedAtOnce() {
        assertThat(fixture.execute("plugins", "disable", "a", "b")).isZero();
        assertThat(manager.asked).containsExactly("disable a", "disable b");
        assertThat(fixture.execute("plugins", "enable", "a")).isZero();
        assertThat(manager.asked).contains("enable a");
    }

    @Test
    void addedBundlesFollowTheListOfPlugins() {
        assertThat(fixture.execute("plugins", "list")).isZero();
        assertThat(fixture.out())
                .contains("added bundle", "com.acme.pot", "running", "quantizer acme-pot");
    }

    @Test
    void theListIsJsonToo() {
        assertThat(fixture.execute("plugins", "list", "--json")).isZero();
        var bundle =
                JsonParser.parseString(fixture.out())
                        .getAsJsonObject()
                        .getAsJsonArray("bundles")
                        .get(0)
                        .getAsJsonObject();
        assertThat(bundle.get("name").getAsString()).isEqualTo("com.acme.pot");
        assertThat(bundle.get("state").getAsString()).isEqualTo("running");
        assertThat(bundle.get("sha256").getAsString()).isEqualTo("3fa9");
    }

    @Test
    void infoTellsAllOfABundle() {
        assertThat(fixture.execute("plugins", "info", "com.acme.pot")).isZero();
        assertThat(fixture.out())
                .contains(
                        "bundle com.acme.pot 1.2.0: running", "from /tmp/pot.jar", "SHA-256 3fa9");
    }

    @Test
    void theDoctorSaysWhatToDoAndFailsIfSomethingCannotRun() {
        manager.findings =
                List.of(
                        new PluginFinding(
                                Severity.ERROR, "com.acme.pot 1.2.0", "it needs x", "install x"));
        assertThat(fixture.execute("plugins", "doctor")).isEqualTo(1);
        assertThat(fixture.out())
                .isEqualTo("error: com.acme.pot 1.2.0: it needs x\n    install x\n");
    }

    @Test
    void aWarningOfTheDoctorIsNoFailure() {
        manager.findings =
                List.of(new PluginFinding(Severity.WARNING, "quantizer pot", "twice", "choose"));
        assertThat(fixture.execute("plugins", "doctor")).isZero();
        manager.findings = List.of();
        assertThat(fixture.execute("plugins", "doctor")).isZero();
        assertThat(fixture.out()).endsWith("every plugin is well\n");
    }

    @Test
    void withoutTheManagerTheVerbsSaySo() {
        fixture.manager = null;
        assertThat(fixture.execute("plugins", "install", "pot.jar")).isEqualTo(3);
        assertThat(fixture.err()).contains("org.dyadic.plugins");
        assertThat(fixture.execute("plugins", "list")).isZero();
    }

    /** Writes down what it is asked, and does what the test says. */
    private static final class Stub implements Plugins {
        private final List<String> asked = new ArrayList<>();
        private String telling;
        private PluginChangeException refusal;
        private List<PluginFinding> findings = List.of();

        private PluginBundle answer(String question) throws PluginChangeException {
            asked.add(question);
            if (refusal != null) {
                throw refusal;
            }
            return POT;
        }

        @Override
        public List<PluginBundle> installed() {
            return List.of(POT);
        }

        @Override
        public List<PluginBundle> install(String source, Consumer<String> told)
                throws PluginChangeException {
            if (telling != null) {
                told.accept(telling);
            }
            return List.of(answer("install " + source));
        }

        @Override
        public List<PluginBundle> update(String name, String source, Consumer<String> told)
                throws PluginChangeException {
            return List.of(answer("update " + name + " " + source));
        }

        @Override
        public PluginBundle enable(String name) throws PluginChangeException {
            return answer("enable " + name);
        }

        @Override
        public PluginBundle disable(String name) throws PluginChangeException {
            return answer("disable " + name);
        }

        @Override
        public PluginBundle remove(String name) throws PluginChangeException {
            return answer("remove " + name);
        }

        @Override
        public List<PluginFinding> examine() {
            return findings;
        }

        @Override
        public Lease lease() {
            return () -> {};
        }

        @Override
        public Lease follow(Consumer<String> told) {
            return () -> {};
        }
    }
}
