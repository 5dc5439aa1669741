package org.dyadic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dyadic.api.command.Verb;
import org.junit.jupiter.api.Test;

/** A verb of another bundle is a verb like any other, and is made only when it is used. */
class BundleVerbTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> made = new ArrayList<>();

    private final Verb echo =
            new Verb() {
                @Override
                public int run(List<String> arguments, Streams streams) {
                    streams.out().println(arguments);
                    return arguments.size();
                }

                @Override
                public String help() {
                    return "WORD...";
                }
            };

    private int execute(String... arguments) {
        return execute(List.of(), arguments);
    }

    private int execute(List<BundleVerb.Offer> more, String... arguments) {
        var terminal =
                new Terminal(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false,
                        80,
                        () -> "");
        var offer =
                new BundleVerb.Offer(
                        "echo",
                        "Say it again.",
                        false,
                        () -> {
                            made.add("echo");
                            return echo;
                        });
        return new Session(
                        terminal,
                        new Services(() -> null, () -> null, () -> null, () -> null),
                        Stream.concat(Stream.of(offer), more.stream()).toList())
                .execute(arguments);
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void readsItsArgumentsItselfAndDecidesTheExitCode() {
        assertThat(execute("echo", "a", "--b=c", "-d")).isEqualTo(3);
        assertThat(printed()).isEqualTo("[a, --b=c, -d]\n");
    }

    @Test
    void isInTheListOfVerbsWithoutBeingMade() {
        assertThat(execute("--help")).isZero();
        assertThat(printed()).containsPattern("echo +Say it again\\.");
        assertThat(made).isEmpty();
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(execute("echo", "--help")).isZero();
        assertThat(printed()).isEqualTo("Usage: dyadic echo WORD...\n");
    }

    @Test
    void oneWhoseNameIsTakenOrNoneIsLeftOutAndHindersNobody() {
        var taken = new BundleVerb.Offer("run", "Mine.", false, () -> echo);
        var nameless = new BundleVerb.Offer("null", "Mine.", false, () -> echo);
        var words = new BundleVerb.Offer("two words", "Mine.", false, () -> echo);
        var lost = List.of(taken, nameless, nameless, words);
        assertThat(execute(lost, "echo", "a")).isEqualTo(1);
        assertThat(printed())
                .contains("[a]")
                .contains("the verb 'run', which there is already; it is left out")
                .contains("the verb 'two words', which is no word of lowercase letters");
    }

    @Test
    void isGuessedWhenMistyped() {
        assertThat(execute("ecko")).isEqualTo(ExitCode.USAGE);
        assertThat(printed()).contains("Did you mean echo?");
    }
}
