package org.dyadic.api.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

    @Test
    void aShapeKnowsItsExtents() {
        var shape = Shape.of(3, 32, 16);
        assertThat(shape.rank()).isEqualTo(3);
        assertThat(shape.size()).isEqualTo(1536);
        assertThat(shape.extent(1)).isEqualTo(32);
        assertThat(shape.extent(-1)).isEqualTo(16);
        assertThat(shape).hasToString("3 x 32 x 16");
        assertThat(Shape.of()).hasToString("scalar");
        assertThat(Shape.of().size()).isEqualTo(1);
    }

    @Test
    void aShapeRefusesWhatIsEmptyAndCountsNoMoreThanAnInt() {
        assertThatThrownBy(() -> Shape.of(3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("extents must be positive, was [3, 0]");
        assertThat(Shape.of(Integer.MAX_VALUE).size()).isEqualTo(Integer.MAX_VALUE);
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 15).size())
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("65536 x 32768 is more than 2147483647 elements");
        assertThat(Shape.of(1 << 16, 1 << 15).elements()).isEqualTo(1L << 31);
        assertThatThrownBy(() -> Shape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30, 16).size())
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void aShapeKeepsItsExtents() {
        var extents = new ArrayList<>(List.of(1, 2));
        var shape = new Shape(extents);
        extents.clear();
        assertThat(shape).isEqualTo(Shape.of(1, 2));
    }

    @Test
    void keepsACopyAndGivesCopies() {
        float[] data = {1, 2, 3, 4};
        var tensor = Tensor.of(Shape.of(2, 2), data);
        data[0] = 9;
        tensor.toArray()[1] = 9;
        assertThat(tensor.toArray()).containsExactly(1, 2, 3, 4);
        assertThat(tensor.at(2)).isEqualTo(3);
        assertThat(tensor.shape()).isEqualTo(Shape.of(2, 2));
    }

    @Test
    void oneValueIsThereEverywhereAndNowhereElse() {
        var tensor = Tensor.filled(Shape.of(2, 3), 0.5f);
        assertThat(tensor.size()).isEqualTo(6);
        assertThat(tensor.toArray()).containsOnly(0.5f).hasSize(6);
        assertThat(tensor.at(5)).isEqualTo(0.5f);
        assertThatThrownBy(() -> tensor.at(6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tensor.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void takesAnotherShapeOfEqualSizeOnly() {
        var tensor = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThat(tensor.reshaped(Shape.of(6)).at(4)).isEqualTo(5);
        assertThat(Tensor.filled(Shape.of(2, 3), 7).reshaped(Shape.of(3, 2)).at(4)).isEqualTo(7);
        assertThatThrownBy(() -> tensor.reshaped(Shape.of(7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 x 3 cannot become 7");
        assertThatThrownBy(() -> Tensor.of(Shape.of(2), 1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a tensor of 2 needs 2 numbers, had 3");
    }
}
