package org.dyadic.api.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnitTest {

    // The definitions: SI prefixes (BIPM 2019), binary prefixes (IEC 80000-13), a byte of 8 bits.
    @ParameterizedTest
    @CsvSource({
        "%, 0.01",
        "m, 1",
        "mm, 1e-3",
        "um, 1e-6",
        "nm, 1e-9",
        "mm2, 1e-6",
        "um2, 1e-12",
        "s, 1",
        "ms, 1e-3",
        "us, 1e-6",
        "ns, 1e-9",
        "Hz, 1",
        "kHz, 1e3",
        "MHz, 1e6",
        "GHz, 1e9",
        "V, 1",
        "mV, 1e-3",
        "W, 1",
        "mW, 1e-3",
        "J, 1",
        "mJ, 1e-3",
        "uJ, 1e-6",
        "nJ, 1e-9",
        "pJ, 1e-12",
        "fJ, 1e-15",
        "bit, 0.125",
        "B, 1",
        "kB, 1000",
        "MB, 1000000",
        "GB, 1000000000",
        "KiB, 1024",
        "MiB, 1048576",
        "GiB, 1073741824",
        "B/s, 1",
        "MB/s, 1e6",
        "GB/s, 1e9",
        "GiB/s, 1073741824",
        "J/bit, 1",
        "nJ/bit, 1e-9",
        "pJ/bit, 1e-12",
        "fJ/bit, 1e-15"
    })
    void oneOfAUnitIsThisMuchOfTheBaseUnit(String symbol, double base) {
        assertThat(Quantity.of(1, Unit.of(symbol).orElseThrow()).base()).isEqualTo(base);
    }

    @Test
    void theListAboveHasEveryUnitWithASymbol() throws NoSuchMethodException {
        var listed =
                UnitTest.class
                        .getDeclaredMethod(
                                "oneOfAUnitIsThisMuchOfTheBaseUnit", String.class, double.class)
                        .getAnnotation(CsvSource.class)
                        .value();
        assertThat(Arrays.stream(listed).map(line -> line.split(",")[0]))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Unit.values())
                                .map(Unit::symbol)
                                .filter(symbol -> !symbol.isEmpty())
                                .toList());
    }

    @ParameterizedTest
    @EnumSource
    void everyUnitIsFoundByItsSymbolAlone(Unit unit) {
        assertThat(Unit.of(unit.symbol())).contains(unit);
        assertThat(Unit.of(unit.symbol() + "x")).isEmpty();
    }

    @Test
    void noTwoUnitsShareASymbol() {
        var symbols = Arrays.stream(Unit.values()).map(Unit::symbol).toList();
        assertThat(new HashSet<>(symbols)).hasSameSizeAs(symbols);
    }

    @Test
    void letterCaseMatters() {
        assertThat(Unit.of("mW")).isPresent();
        assertThat(Unit.of("MW")).isEmpty();
        assertThat(Unit.of("mhz")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyDimensionHasAUnitToWriteAndAPhraseWithArticle(Dimension dimension) {
        assertThat(Unit.symbols(dimension)).isNotEmpty().doesNotContain("");
        assertThat(dimension.phrase()).matches("an? [a-z ]+");
    }

    @Test
    void symbolsOfADimensionAreListedInOrder() {
        assertThat(Unit.symbols(Dimension.FREQUENCY)).isEqualTo(List.of("Hz", "kHz", "MHz", "GHz"));
    }
}
