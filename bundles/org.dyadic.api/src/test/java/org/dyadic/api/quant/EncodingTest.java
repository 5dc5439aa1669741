package org.dyadic.api.quant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    @Test
    void anUnsignedIntegerDecodesToItself() {
        assertThat(decoded(new Encoding.Uniform(3, false, 0)))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aSignedIntegerIsTwosComplement() {
        assertThat(decoded(new Encoding.Uniform(3, true, 0)))
                .containsExactly(0, 1, 2, 3, -4, -3, -2, -1);
        assertThat(decoded(new Encoding.Uniform(1, true, 0))).containsExactly(0, -1);
    }

    @Test
    void aZeroPointIsSubtracted() {
        assertThat(decoded(new Encoding.Uniform(2, false, 1))).containsExactly(-1, 0, 1, 2);
        assertThat(decoded(new Encoding.Uniform(2, true, -2))).containsExactly(2, 3, 0, 1);
    }

    @Test
    void sixteenBitsReachFromEndToEnd() {
        var signed = new Encoding.Uniform(16, true, 0);
        assertThat(signed.decode(0x7fff)).isEqualTo(32767);
        assertThat(signed.decode(0x8000)).isEqualTo(-32768);
        assertThat(signed.decode(0xffff)).isEqualTo(-1);
        assertThat(new Encoding.Uniform(16, false, 0).decode(0xffff)).isEqualTo(65535);
    }

    /** From the definition: the sign bit on top, then the index into each subset in turn. */
    @Test
    void aPowerSumAddsOneEntryOfEachSubset() {
        var first = List.of(0, 4, 1, 16);
        var second = List.of(0, 2);
        var sum = new Encoding.PowerSum(true, List.of(first, second));
        assertThat(sum.bits()).isEqualTo(4);
        assertThat(sum.terms()).isEqualTo(2);
        for (int sign = 0; sign < 2; sign++) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 2; j++) {
                    int magnitude = first.get(i) + second.get(j);
                    assertThat(sum.decode(sign << 3 | i << 1 | j))
                            .isEqualTo(sign == 1 ? -magnitude : magnitude);
                }
            }
        }
    }

    @Test
    void aPowerSumWithoutSignBitMayHaveNegativeEntries() {
        assertThat(decoded(new Encoding.PowerSum(false, List.of(List.of(-8, 1, 0, 4)))))
                .containsExactly(-8, 1, 0, 4);
    }

    @Test
    void aTableDecodesByPosition() {
        assertThat(decoded(new Encoding.Table(2, List.of(7, -3, 0, 7))))
                .containsExactly(7, -3, 0, 7);
    }

    @Test
    void floatsAreNoIntegers() {
        assertThat(new Encoding.Float32().bits()).isEqualTo(32);
        assertThat(new Encoding.Float32()).isNotInstanceOf(Encoding.Integral.class);
    }

    @Test
    void describesItself() {
        assertThat(new Encoding.Float32().describe()).isEqualTo("float32");
        assertThat(new Encoding.Uniform(8, true, 0).describe()).isEqualTo("8-bit signed integer");
        assertThat(new Encoding.Uniform(8, false, 3).describe())
                .isEqualTo("8-bit unsigned integer with zero point 3");
        assertThat(new Encoding.PowerSum(true, List.of(List.of(0, 1), List.of(2, 4))).describe())
                .isEqualTo("3-bit power sum ± {0, 1} + {2, 4}");
        assertThat(new Encoding.Table(1, List.of(0, 1)).describe()).isEqualTo("1-bit table");
    }

    static List<Encoding.Integral> each() {
        return List.of(
                new Encoding.Uniform(4, true, 2),
                new Encoding.PowerSum(true, List.of(List.of(0, 1, 2, 4), List.of(0, 8))),
                new Encoding.Table(4, Collections.nCopies(16, 5)));
    }

    @ParameterizedTest
    @MethodSource("each")
    void refusesACodeThatIsNone(Encoding.Integral encoding) {
        assertThat(encoding.codes()).isEqualTo(16);
        for (int code : new int[] {-1, 16, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> encoding.decode(code))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a code of 4 bits lies between 0 and 15, was " + code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aWidthIsOneToSixteen(int bits) {
        String message = "an encoding has 1 to 16 bits, was " + bits;
        refused(() -> new Encoding.Uniform(bits, false, 0), message);
        refused(() -> new Encoding.Table(bits, List.of()), message);
    }

    @Test
    void aPowerSumOfTooManyBitsIsRefused() {
        refused(
                () -> new Encoding.PowerSum(true, Collections.nCopies(16, List.of(0, 1))),
                "an encoding has 1 to 16 bits, was 17");
        assertThat(new Encoding.PowerSum(false, Collections.nCopies(16, List.of(0, 1))).bits())
                .isEqualTo(16);
    }

    @Test
    void aSubsetHasAPowerOfTwoOfPowersOfTwo() {
        refused(() -> new Encoding.PowerSum(true, List.of()), "needs at least one subset");
        refused(() -> sum(List.of(1)), "at least 2, was 1");
        refused(() -> sum(List.of(0, 1, 2)), "must be a power of two and at least 2, was 3");
        refused(() -> sum(List.of(0, 3)), "zero or plus or minus a power of two, was 3");
        refused(() -> sum(List.of(0, -6)), "zero or plus or minus a power of two, was -6");
    }

    @Test
    void aTableHasAnEntryForEachCode() {
        refused(
                () -> new Encoding.Table(2, List.of(1, 2, 3)),
                "a 2-bit table needs 4 entries, had 3");
    }

    @Test
    void noLevelLeavesTheIntegers() {
        int top = 1 << 30;
        assertThat(sum(List.of(0, -top)).decode(1)).isEqualTo(-top);
        refused(() -> sum(List.of(0, Integer.MIN_VALUE)), "a level lies between");
        refused(
                () -> new Encoding.PowerSum(false, List.of(List.of(0, top), List.of(0, top))),
                "was 2147483648");
        refused(() -> new Encoding.Table(1, List.of(0, Integer.MIN_VALUE)), "was -2147483648");
        refused(() -> new Encoding.Uniform(4, false, Integer.MIN_VALUE), "was 2147483648");
        refused(() -> new Encoding.Uniform(4, false, -Integer.MAX_VALUE), "was 2147483662");
        refused(() -> new Encoding.Uniform(4, true, Integer.MAX_VALUE), "was -2147483655");
        assertThat(new Encoding.Uniform(1, false, Integer.MAX_VALUE).decode(0))
                .isEqualTo(-Integer.MAX_VALUE);
        assertThat(new Encoding.Uniform(1, false, 1 - Integer.MAX_VALUE).decode(1))
                .isEqualTo(Integer.MAX_VALUE);
        refused(() -> new Encoding.Uniform(1, false, -Integer.MAX_VALUE), "was 2147483648");
    }

    @Test
    void aTableOfFewerLevelsRepeatsTheLast() {
        assertThat(Encoding.Table.of(2, -5, 0, 9))
                .isEqualTo(new Encoding.Table(2, List.of(-5, 0, 9, 9)));
        assertThat(Encoding.Table.of(1, 3, 4)).isEqualTo(new Encoding.Table(1, List.of(3, 4)));
        assertThatThrownBy(() -> Encoding.Table.of(2))
                .hasMessage("a table needs at least one level");
        assertThatThrownBy(() -> Encoding.Table.of(1, 1, 2, 3))
                .hasMessage("a 1-bit table needs 2 entries, had 3");
    }

    @Test
    void keepsItsListsWhateverBecomesOfTheirs() {
        var subset = new ArrayList<>(List.of(0, 1));
        var sum = new Encoding.PowerSum(false, List.of(subset));
        var entries = new ArrayList<>(List.of(0, 1));
        var table = new Encoding.Table(1, entries);
        subset.set(1, 8);
        entries.set(1, 8);
        assertThat(decoded(sum)).containsExactly(0, 1);
        assertThat(decoded(table)).containsExactly(0, 1);
    }

    private static Encoding.PowerSum sum(List<Integer> subset) {
        return new Encoding.PowerSum(false, List.of(subset));
    }

    private static int[] decoded(Encoding.Integral encoding) {
        return IntStream.range(0, encoding.codes()).map(encoding::decode).toArray();
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
