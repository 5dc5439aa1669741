package org.dyadic.api.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserHomeTest {

    @Test
    void theFirstThatIsNamedCounts() {
        var own = Path.of("own").toAbsolutePath();
        assertThat(UserHome.folder("own", "other", "home")).isEqualTo(own);
        assertThat(UserHome.folder(null, "own", "home")).isEqualTo(own);
        assertThat(UserHome.folder(null, null, "own")).isEqualTo(own.resolve(".dyadic"));
    }

    @Test
    void aBlankNameIsNone() {
        assertThat(UserHome.folder(" ", "", "home"))
                .isEqualTo(Path.of("home", ".dyadic").toAbsolutePath());
    }

    @Test
    void detoursAreTakenOut() {
        assertThat(UserHome.folder("a/../b", null, "home"))
                .isEqualTo(Path.of("b").toAbsolutePath());
    }
}
