package org.dyadic.api.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.dyadic.api.network.Window;
import org.junit.jupiter.api.Test;

class SlidingTest {

    private static final Sliding IMAGE = new Sliding(8, 6, 3, Window.square(3, 1, 1));

    @Test
    void aWindowHasAPlaceForEachOutputPixel() {
        assertThat(IMAGE.rows()).isEqualTo(8);
        assertThat(IMAGE.columns()).isEqualTo(6);
        assertThat(workload(48, 27).sliding()).contains(IMAGE);
    }

    @Test
    void aMatrixHasItsRowsAndColumns() {
        assertThatThrownBy(() -> workload(47, 27))
                .hasMessage(
                        "a window that covers 27 elements at 48 places is no matrix of 47 x 27");
        assertThatThrownBy(() -> workload(48, 9)).hasMessageContaining("no matrix of 48 x 9");
    }

    @Test
    void anImageIsNotEmpty() {
        assertThatThrownBy(() -> new Sliding(8, 6, 0, Window.square(3, 1, 1)))
                .hasMessageContaining("was 8 x 6 x 0");
    }

    @Test
    void aFileOfASimulatorStaysInItsFolder() {
        assertThat(new Attachment("COMPUTE_REPORT.csv", "").file()).isEqualTo("COMPUTE_REPORT.csv");
        for (var name : new String[] {"", "..", ".hidden", "a/b", "a\\b", "a b", "a:b"}) {
            assertThatThrownBy(() -> new Attachment(name, ""))
                    .hasMessageContaining("was '" + name + "'");
        }
    }

    private static Workload workload(int m, int k) {
        return new Workload("conv", m, 4, k, 1, 8, 8, 8, 144, 192, 1).sliding(IMAGE);
    }
}
