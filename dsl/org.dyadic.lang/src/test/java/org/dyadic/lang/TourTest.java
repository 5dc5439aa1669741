package org.dyadic.lang;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TourTest {
    @Test
    void x() {
        var r =
                new DyadicReader(new TestCatalog())
                        .read(Path.of("src/test/programs/good/tour.dyadic"));
        r.diagnostics().forEach(System.out::println);
        r.experiments().forEach(System.out::println);
    }
}
