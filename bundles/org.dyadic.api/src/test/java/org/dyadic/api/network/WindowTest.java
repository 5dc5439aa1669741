package org.dyadic.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void countsThePlacesWhereAWholeWindowFits() {
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            int[] r = random.ints(12, 0, 5).toArray();
            int dilationY = 1 + r[0] % 3;
            int dilationX = 1 + r[1] % 3;
            var window =
                    new Window(
                            1 + r[2], 1 + r[3], 1 + r[4], 1 + r[5], r[6], r[7], r[8], r[9],
                            dilationY, dilationX);
            int height = 1 + 2 * r[10];
            int width = 1 + 2 * r[11];
            int rows = 0;
            for (int y = -r[6]; y + dilationY * r[2] < height + r[8]; y += 1 + r[4]) {
                rows++;
            }
            int columns = 0;
            for (int x = -r[7]; x + dilationX * r[3] < width + r[9]; x += 1 + r[5]) {
                columns++;
            }
            assertThat(window.rows(height)).as("%s on %s", window, height).isEqualTo(rows);
            assertThat(window.columns(width)).as("%s on %s", window, width).isEqualTo(columns);
        }
    }

    @Test
    void aWindowLargerThanTheInputHasNoPlace() {
        assertThat(Window.square(3, 2, 0).rows(2)).isZero();
        assertThat(Window.square(7, 1, 0).columns(2)).isZero();
        assertThat(new Window(1 << 30, 1, 1, 1, 0, 0, 0, 0, 1 << 30, 1).rows(5)).isZero();
    }

    @Test
    void aSquareIsTheSameOnAllSides() {
        assertThat(Window.square(3, 2, 1)).isEqualTo(new Window(3, 3, 2, 2, 1, 1, 1, 1, 1, 1));
        assertThat(Window.square(3, 2, 1).rows(32)).isEqualTo(16);
    }

    @Test
    void refusesWhatIsNoWindowAndNamesIt() {
        assertThatThrownBy(() -> Window.square(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("must be at least 1, was [0, 0, 1, 1, 1, 1]");
        assertThatThrownBy(() -> Window.square(1, 0, 0)).hasMessageContaining("[1, 1, 0, 0, 1, 1]");
        assertThatThrownBy(() -> new Window(1, 1, 1, 1, 0, 0, 0, 0, 1, 0))
                .hasMessageContaining("[1, 1, 1, 1, 1, 0]");
        assertThatThrownBy(() -> new Window(1, 1, 1, 1, 0, 0, -2, 0, 1, 1))
                .hasMessage("the padding of a window must not be negative, was [0, 0, -2, 0]");
    }
}
