package org.dyadic.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.dyadic.api.diagnostic.UnreadableFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dyadic import scale-sim}. */
@Command(
        name = "import",
        description = "Write a .dyadic file of what another program runs.",
        synopsisSubcommandLabel = "scale-sim")
final class Import implements Callable<Integer> {

    @Spec private CommandSpec spec;
    @Mixin private HelpOption help;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /** {@code dyadic import scale-sim CONFIG.cfg TOPOLOGY.csv [-o OUT.dyadic]}. */
    @Command(
            name = "scale-sim",
            description = "Write a .dyadic file of a SCALE-Sim configuration and topology.")
    static final class ScaleSim implements Callable<Integer> {

        private final Session session;

        @Parameters(index = "0", paramLabel = "CONFIG.cfg", description = "The configuration.")
        private Path config;

        @Parameters(index = "1", paramLabel = "TOPOLOGY.csv", description = "The layers.")
        private Path topology;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "OUT.dyadic",
                description = "The file to write; if left out, the name of the topology.")
        private Path output;

        @Option(names = "--force", description = "Replace the file if it is there.")
        private boolean force;

        @Mixin private HelpOption help;

        ScaleSim(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            for (var file : List.of(config, topology)) {
                var missing = Session.missing(file);
                if (missing.isPresent()) {
                    session.print(List.of(missing.get()), false);
                    return ExitCode.SPECIFICATION;
                }
            }
            var read = new ScaleSimConfig(config.toString(), lines(config));
            var name = base(topology);
            var out = output != null ? output : Path.of(name + ".dyadic");
            var text = text(read, name, out);
            try {
                session.services().workbench().inspect(topology);
            } catch (UnreadableFileException e) {
                // It says the place in the file by itself.
                session.terminal().err().println(Terminal.plain(e.getMessage()));
                return ExitCode.SPECIFICATION;
            }
            write(out, text);
            session.print(read.leftOut(), false);
            session.terminal()
                    .out()
                    .println(Terminal.plain("wrote " + out + "; run it: dyadic run " + out));
            return ExitCode.OK;
        }

        private String text(ScaleSimConfig config, String name, Path out) {
            String network = word(name);
            String accelerator = word(config.runName().orElse("ScaleSim"));
            if (accelerator.equals(network)) {
                accelerator += "Array";
            }
            var text = new StringBuilder();
            text.append("// From SCALE-Sim: ").append(comment(this.config)).append(" and ");
            text.append(comment(topology)).append(".\n\n");
            text.append("network ").append(network).append(" from ");
            text.append(quoted(relative(out))).append("\n\n");
            text.append("accelerator ").append(accelerator).append(" uses systolic {\n");
            text.append("    clock      1 GHz\n");
            text.append("    array      ").append(config.rows());
            text.append(" x ").append(config.columns()).append("\n");
            text.append("    dataflow   ").append(config.dataflow()).append("\n");
            text.append("    multiplier int8\n");
            text.append("    buffers    { weights ").append(config.filterKibibytes());
            text.append(" KiB  activations ").append(config.ifmapKibibytes());
            text.append(" KiB  outputs ").append(config.ofmapKibibytes()).append(" KiB }\n");
            config.bandwidth()
                    .ifPresent(
                            // an element is a byte, and a cycle a nanosecond
                            elements ->
                                    text.append("    dram       { bandwidth ")
                                            .append(elements)
                                            .append(" GB/s }\n"));
            text.append("}\n\n/** An element is a byte. */\npolicy Bytes {\n");
            text.append(
                    "    default weights uniform { bits 8 }  activations uniform { bits 8 }\n}\n\n");
            text.append("experiment Main {\n    network      ").append(network);
            text.append("\n    policies     Bytes\n    accelerators ").append(accelerator);
            text.append("\n    simulator    ");
            text.append(config.bandwidth().isPresent() ? "scale-sim-v3-compat" : "scale-sim");
            text.append("\n}\n");
            return text.toString();
        }

        /** The topology as the written file must name it. */
        private String relative(Path out) {
            var folder = out.toAbsolutePath().normalize().getParent();
            var absolute = topology.toAbsolutePath().normalize();
            try {
                return folder.relativize(absolute).toString().replace('\\', '/');
            } catch (IllegalArgumentException otherDrive) {
                return absolute.toString();
            }
        }

        private void write(Path out, String text) {
            if (Files.exists(out) && !force) {
                throw new Refusal(
                        ExitCode.USAGE,
                        out + " is there already; name another file with -o, or say --force");
            }
            try {
                Files.writeString(out, text);
            } catch (IOException e) {
                throw new Refusal(
                        ExitCode.INTERNAL,
                        "cannot write " + out + ": " + Session.why(e) + "; name another with -o");
            }
        }

        private static List<String> lines(Path file) {
            try {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                return text.lines().toList();
            } catch (IOException e) {
                throw new Refusal(
                        ExitCode.SPECIFICATION, "cannot read " + file + ": " + Session.why(e));
            }
        }

        private static String base(Path file) {
            return file.getFileName().toString().replaceFirst("(?i)\\.csv$", "");
        }

        /** A name in the language; its first letter is large, so that it is no keyword. */
        static String word(String name) {
            String plain = name.strip().replaceAll("[^A-Za-z0-9_-]+", "_");
            if (!plain.matches("[A-Za-z].*")) {
                plain = "N" + plain;
            }
            return plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
        }

        private static String quoted(String path) {
            return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }

        private static String comment(Path file) {
            return Terminal.plain(file.getFileName().toString()).replace('\n', '?');
        }
    }
}
