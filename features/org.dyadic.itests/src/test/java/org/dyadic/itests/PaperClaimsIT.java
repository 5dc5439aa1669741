package org.dyadic.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page on the paper's claims shows what its commands print. */
@Timeout(400)
class PaperClaimsIT {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("dyadic.root"), "examples/05-paper-claims").normalize();

    @TempDir private Path folder;

    private String dyadic(Object... arguments) throws Exception {
        return Ended.of(folder, 360, List.of(), arguments).fine();
    }

    @Test
    void theRatiosOfThePageAreThoseOfTheRun() throws Exception {
        String page = Files.readString(EXAMPLE.resolve("README.md"));
        String command =
                page.lines()
                        .filter(line -> line.startsWith("./dyadic compare latest "))
                        .findFirst()
                        .orElseThrow();
        dyadic("run", EXAMPLE.resolve("claims.dyadic"), "ResNet18");
        var printed = dyadic((Object[]) command.substring("./dyadic ".length()).split(" "));
        assertThat(page).contains("```\n" + printed + "```\n");
    }
}
