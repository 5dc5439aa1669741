package org.dyadic.lang.ide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dyadic.api.command.Verb;
import org.dyadic.api.command.VerbService;
import org.dyadic.api.diagnostic.Diagnostic;
import org.dyadic.api.diagnostic.Position;
import org.dyadic.api.diagnostic.UnreadableFileException;
import org.dyadic.lang.syntax.Language;
import org.dyadic.lang.syntax.Repair;
import org.dyadic.lang.syntax.SourceFile;
import org.osgi.service.component.annotations.Component;

/** {@code dyadic format FILE...}. */
@Component
@VerbService(
        name = "format",
        description = "Lay out files: columns, four spaces, one setting a line.")
public final class FormatVerb implements Verb {

    @Override
    public String help() {
        return "FILE... [--check]\n\n"
                + "Rewrites the files in place and names those that changed; with --check, only\n"
                + "names those that would, and ends with exit code 1 if there is one.";
    }

    @Override
    public int run(List<String> arguments, Streams streams) {
        boolean check = arguments.contains("--check");
        var files = arguments.stream().filter(word -> !word.equals("--check")).toList();
        var option = files.stream().filter(word -> word.startsWith("-")).findFirst();
        if (files.isEmpty() || option.isPresent()) {
            streams.err()
                    .println(
                            option.map(word -> "dyadic: format knows no option " + word)
                                    .orElse("dyadic: format needs a FILE"));
            return MISUSED;
        }
        var language = new Language();
        int code = OK;
        for (var file : files) {
            code = Math.max(code, format(Path.of(file), check, language, streams));
        }
        return code;
    }

    private static int format(Path file, boolean check, Language language, Streams streams) {
        try {
            var source = SourceFile.read(file);
            var errors = Repair.of(source, language).diagnostics();
            if (!errors.isEmpty()) {
                errors.forEach(streams.err()::println);
                return WRONG;
            }
            String formatted = Formatter.format(source, language);
            if (formatted.equals(source.text())) {
                return OK;
            }
            streams.out().println(file);
            if (!check) {
                Files.writeString(file, formatted);
            }
            return check ? WRONG : OK;
        } catch (UnreadableFileException e) {
            var start = Position.startOf(file.toString());
            streams.err().println(Diagnostic.at(start, e.code(), e.getMessage()));
            return WRONG;
        } catch (IOException e) {
            streams.err().println("dyadic: '" + file + "' cannot be written: " + e.getMessage());
            return WRONG;
        }
    }
}
