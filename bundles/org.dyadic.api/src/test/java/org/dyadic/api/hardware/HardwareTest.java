package org.dyadic.api.hardware;

import static java.math.RoundingMode.FLOOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Setting;
import org.dyadic.api.spec.Value;
import org.dyadic.api.unit.Quantity;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareTest {

    private static final ParameterSpec SPEC =
            Chassis.parameters(
                    "an array",
                    Dataflow.WEIGHT_STATIONARY,
                    Requantizer.parameter("shifts-2"),
                    Parameter.whole("lanes", 1, 4).defaultsTo(1));

    private static final Chassis CHASSIS = Chassis.of(SPEC.defaults());

    private static final Component.Requantize REQUANTIZE =
            new Component.Requantize(new Requantizer.Multiplier(32), 24, 8);

    @Test
    void theSettingsOfAnArrayMakeItsChassis() {
        assertThat(CHASSIS.rows()).isEqualTo(16);
        assertThat(CHASSIS.columns()).isEqualTo(16);
        assertThat(CHASSIS.dataflow()).isEqualTo(Dataflow.WEIGHT_STATIONARY);
        assertThat(CHASSIS.clock().in(Unit.MEGAHERTZ)).isEqualTo(500);
        assertThat(CHASSIS.technology().node().in(Unit.NANOMETRE)).isEqualTo(45);
        assertThat(CHASSIS.technology().voltage().in(Unit.VOLT)).isEqualTo(0.9);
        assertThat(CHASSIS.buffers()).isEqualTo(new Buffers(65536, 65536, 32768));
        assertThat(CHASSIS.offChip().memory()).isEqualTo(new Component.Dram(DramType.LPDDR4));
        assertThat(CHASSIS.technology().transistors()).isEqualTo(Transistors.LOW_POWER);
    }

    @Test
    void offChipMemoryIsOfATypeOrOfAGivenEnergy() {
        var type = Setting.of("type", new Value.Word("hbm2"));
        var energy = Setting.of("energy", number(3, Unit.PICOJOULE_PER_BIT));
        var byType = Setting.of("dram", new Value.Block(List.of(type)));
        var given = Setting.of("dram", new Value.Block(List.of(type, energy)));
        assertThat(OffChip.of(SPEC.with(byType)).memory())
                .isEqualTo(new Component.Dram(DramType.HBM2));
        assertThat(OffChip.of(SPEC.with(given)).memory()).isEqualTo(new Component.Dram(3));
        assertThat(new Component.Dram(DramType.HBM2).describe()).isEqualTo("HBM2 DRAM");
    }

    @Test
    void nodesAndVoltagesOutsideTheTablesAreRefusedWithTheRange() {
        for (double node : new double[] {5, 180}) {
            refused(
                    () -> Technology.NODE.defaultsTo(Quantity.of(node, Unit.NANOMETRE)),
                    (int) node + " nm is out of range; allowed: a length from 7 nm to 130 nm");
        }
        refused(
                () -> Technology.VOLTAGE.defaultsTo(Quantity.of(0.5, Unit.VOLT)),
                "0.5 V is out of range; allowed: a voltage from 0.6 V to 1.3 V");
    }

    @Test
    void transistorsAreASetting() {
        var fast = Setting.of("transistors", new Value.Word("high-performance"));
        assertThat(Technology.of(SPEC.with(fast)).transistors())
                .isEqualTo(Transistors.HIGH_PERFORMANCE);
    }

    /** What a model that says no more than prices answers for a path. */
    @Test
    void delaysAddUpAlongAPath() {
        var nothing = Quantity.of(0, Unit.WATT);
        var constant = new Constant("carry", 0.3, "ns", "180 nm", "1.8 V", "typical", "measured");
        CostModel model =
                new CostModel() {
                    @Override
                    public String documentation() {
                        return "adders";
                    }

                    @Override
                    public Optional<Price> price(Component part, Technology technology) {
                        return part instanceof Component.Adder adder
                                ? Optional.of(
                                        new Price(
                                                Quantity.of(1, Unit.SQUARE_MICROMETRE),
                                                Quantity.of(1, Unit.PICOJOULE),
                                                nothing,
                                                Quantity.of(adder.bits() * 0.3, Unit.NANOSECOND),
                                                Kind.MODELLED,
                                                "x",
                                                List.of(constant)))
                                : Optional.empty();
                    }
                };
        var technology = CHASSIS.technology();
        var path = model.path(List.of(new Component.Adder(8), new Component.Adder(2)), technology);
        assertThat(path.orElseThrow().delay().in(Unit.NANOSECOND)).isEqualTo(3);
        assertThat(path.orElseThrow().constants()).containsExactly(constant);
        assertThat(model.path(List.of(new Component.Register(8)), technology)).isEmpty();
        assertThat(model.path(List.of(), technology)).isEmpty();
    }

    @Test
    void aConstantHasANameAndASource() {
        refused(
                () -> new Constant("carry", 1, "ns", "", "", "", " "),
                "a constant has a name and a source, was 'carry' from ' '");
        refused(
                () -> new Constant("carry", Double.NaN, "ns", "", "", "", "x"),
                "constant carry is a finite number, was NaN");
    }

    @Test
    void aBufferMayBeGivenInAnyUnitOfSize() {
        var half = Setting.of("weights", number(0.5, Unit.KIBIBYTE));
        var bits = Setting.of("outputs", number(64, Unit.BIT));
        var given = Setting.of("buffers", new Value.Block(List.of(half, bits)));
        assertThat(Buffers.of(SPEC.with(given))).isEqualTo(new Buffers(512, 65536, 8));
        assertThat(Buffers.of(SPEC.with(given)).outputMemory())
                .isEqualTo(new Component.Sram(8, Buffers.WORD_BITS));
    }

    @Test
    void aMachineHasEveryElementAndWhatIsAroundThem() {
        var multiplier = new Component.Multiplier(4, 8);
        var element = List.of(new BillItem("multipliers", multiplier, 3));
        var edge = List.of(new BillItem("decoders", new Component.Decoder(4, 8), 16));
        var machine = CHASSIS.machine(Datapath.wide(), element, REQUANTIZE, edge);
        assertThat(machine.elements()).isEqualTo(256);
        assertThat(machine.bill())
                .containsExactly(
                        new BillItem("multipliers", multiplier, 768),
                        edge.get(0),
                        new BillItem("requantizers", REQUANTIZE, 16),
                        new BillItem("weight buffer", new Component.Sram(65536, 32), 1),
                        new BillItem("activation buffer", new Component.Sram(65536, 32), 1),
                        new BillItem("output buffer", new Component.Sram(32768, 32), 1));
        assertThat(machine.element()).isEqualTo(element);
    }

    @Test
    void partsWithoutNumberAreRefusedNotMiscounted() {
        var crowd = new BillItem("adders", new Component.Adder(8), Long.MAX_VALUE / 2);
        assertThatThrownBy(
                        () ->
                                CHASSIS.machine(
                                        Datapath.wide(), List.of(crowd), REQUANTIZE, List.of()))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void sumsOnTheirWayAreAsWideAsTheAddersAndNoNarrowerThanTheAccumulator() {
        for (int bits : new int[] {8, 40}) {
            var adder = List.of(new BillItem("adders", new Component.Adder(bits), 1));
            var machine = CHASSIS.machine(Datapath.wide(), adder, REQUANTIZE, List.of());
            assertThat(machine.sumBits()).isEqualTo(Math.max(32, bits));
        }
    }

    @Test
    void aMachineKeepsItsListsToItself() {
        var element = new ArrayList<>(List.of(new BillItem("adders", new Component.Adder(8), 1)));
        var machine = CHASSIS.machine(Datapath.wide(), element, REQUANTIZE, List.of());
        element.clear();
        assertThat(machine.element()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = "ROW_STATIONARY", mode = EnumSource.Mode.EXCLUDE)
    void everySystolicDataflowIsAWordOfTheLanguage(Dataflow dataflow) {
        var spec = ParameterSpec.of("x", Dataflow.parameter(dataflow));
        assertThat(Dataflow.of(spec.defaults())).isEqualTo(dataflow);
        var word = new Value.Word(dataflow.id());
        assertThat(Dataflow.of(SPEC.with(Setting.of("dataflow", word)))).isEqualTo(dataflow);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aRequantizerIsASumOfShifts(int terms) {
        assertThat(requantizer("shifts-" + terms)).isEqualTo(new Requantizer.Shifts(terms));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 12, 16, 24})
    void orAMultiplierOfSoManyBits(int bits) {
        assertThat(requantizer("multiplier-" + bits)).isEqualTo(new Requantizer.Multiplier(bits));
    }

    @Test
    void orAMultiplierAsInGemmlowpOrThresholds() {
        assertThat(requantizer("multiplier")).isEqualTo(new Requantizer.Multiplier(32));
        assertThat(requantizer("thresholds")).isEqualTo(new Requantizer.Thresholds());
        assertThat(Requantizer.of(SPEC.defaults())).isEqualTo(new Requantizer.Shifts(2));
    }

    private static Requantizer requantizer(String word) {
        return Requantizer.of(SPEC.with(Setting.of("requantizer", new Value.Word(word))));
    }

    @Test
    void theArithmeticIsChosenWordByWord() {
        var spec = new ParameterSpec("x", Datapath.parameters("as wide as it takes", "multiplier"));
        assertThat(Datapath.of(spec.defaults(), 20))
                .isEqualTo(
                        new Datapath(
                                20,
                                Overflow.WRAP,
                                new Requantizer.Multiplier(32),
                                Rounding.HALF_UP,
                                Padding.ZERO));
        for (var rounding : Rounding.values()) {
            assertThat(
                            Datapath.of(
                                    spec.with(
                                            Setting.of("accumulator", number(17, Unit.ONE)),
                                            word("overflow", "saturate"),
                                            word("requantizer", "shifts-3"),
                                            word("rounding", rounding.id()),
                                            word("padding", "nearest-level")),
                                    20))
                    .isEqualTo(
                            new Datapath(
                                    17,
                                    Overflow.SATURATE,
                                    new Requantizer.Shifts(3),
                                    rounding,
                                    Padding.NEAREST_LEVEL));
        }
    }

    private static Setting word(String name, String word) {
        return Setting.of(name, new Value.Word(word));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 24, 63, 64})
    void anAccumulatorHoldsTwosComplement(int bits) {
        var datapath =
                new Datapath(bits, Overflow.WRAP, new Requantizer.Thresholds(), Padding.ZERO);
        assertThat(BigInteger.valueOf(datapath.max()))
                .isEqualTo(BigInteger.TWO.pow(bits - 1).subtract(BigInteger.ONE));
        assertThat(BigInteger.valueOf(datapath.min()))
                .isEqualTo(BigInteger.TWO.pow(bits - 1).negate());
    }

    @Test
    void aDatapathSaysWhatItComputes() {
        assertThat(Datapath.wide().describe())
                .isEqualTo("32-bit accumulator that saturates, requantized by 32-bit multiplier");
        assertThat(
                        new Datapath(
                                        16,
                                        Overflow.WRAP,
                                        new Requantizer.Shifts(2),
                                        Rounding.HALF_EVEN,
                                        Padding.ZERO)
                                .describe())
                .isEqualTo("16-bit accumulator, requantized by 2-term shift, rounded half-even");
    }

    /** Each mode against exact decimals, at ties, beside them, and at both ends. */
    @ParameterizedTest
    @EnumSource
    void everyRoundingEqualsExactArithmetic(Rounding rounding) {
        var random = new SplittableRandom(5);
        for (int places = 1; places <= 61; places++) {
            long one = 1L << places;
            long tie = one >> 1;
            for (int i = 0; i < 2000; i++) {
                long whole = random.nextLong(-(1L << 62), 1L << 62) >> places << places;
                for (long x : new long[] {whole, whole + tie, whole + tie - 1, whole + tie + 1}) {
                    check(rounding, x, places);
                }
                check(rounding, random.nextLong(-(1L << 62), 1L << 62), places);
            }
            check(rounding, 1L << 62, places);
            check(rounding, -(1L << 62), places);
        }
    }

    private static void check(Rounding rounding, long x, int places) {
        if (Math.abs(x) > 1L << 62) {
            return;
        }
        var quotient = new BigDecimal(x).divide(new BigDecimal(BigInteger.TWO.pow(places)));
        var expected =
                switch (rounding) {
                    case HALF_UP -> quotient.add(new BigDecimal("0.5")).setScale(0, FLOOR);
                    case HALF_EVEN -> quotient.setScale(0, RoundingMode.HALF_EVEN);
                    case HALF_AWAY -> quotient.setScale(0, RoundingMode.HALF_UP); // its name there
                    case FLOOR -> quotient.setScale(0, FLOOR);
                };
        assertThat(BigDecimal.valueOf(rounding.shift(x, places)))
                .as("%d / 2^%d", x, places)
                .isEqualTo(expected);
    }

    @Test
    void wordsInFilesAndReportsArePermanent() {
        assertThat(Arrays.stream(Dataflow.values()).map(Dataflow::id))
                .containsExactly(
                        "output-stationary",
                        "weight-stationary",
                        "input-stationary",
                        "row-stationary");
        assertThat(Arrays.stream(Overflow.values()).map(Overflow::id))
                .containsExactly("wrap", "saturate");
        assertThat(Arrays.stream(Rounding.values()).map(Rounding::id))
                .containsExactly("half-up", "half-even", "half-away", "floor");
        assertThat(Arrays.stream(Padding.values()).map(Padding::id))
                .containsExactly("zero", "nearest-level");
        assertThat(Arrays.stream(Kind.values()).map(Kind::id))
                .containsExactly("measured", "simulated", "modelled", "synthesised", "published");
    }

    @Test
    void refusesPartsOfNoSizeAndNamesIt() {
        refused(() -> new Component.Multiplier(0, 8), "was [0, 8]");
        refused(() -> new Component.Multiplier(8, -1), "was [8, -1]");
        refused(() -> new Component.ShiftMultiplier(0, 1, 1), "was [0, 1, 1]");
        refused(() -> new Component.Adder(0), "was [0]");
        refused(() -> new Component.Register(0), "was [0]");
        refused(() -> new Component.Decoder(4, 0), "was [4, 0]");
        refused(() -> new Component.Sram(0, 32), "was [0, 32]");
        refused(() -> new Component.Special("mesh", 0), "was [0]");
        refused(() -> new Component.Dram(-1), "not negative, was -1.0");
        refused(() -> new Component.Dram(Double.NaN), "was NaN");
        var by = new Requantizer.Shifts(2);
        refused(() -> new Component.Requantize(by, 0, 8), "was [0, 8]");
        refused(() -> new Component.Requantize(by, 24, 8, -1), "must not be negative, was -1");
        assertThatThrownBy(() -> new Component.Requantize((Requantizer) null, 24, 8))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void partsSayWhatTheyAre() {
        assertThat(new Component.Multiplier(4, 8).describe()).isEqualTo("4 x 8 bit multiplier");
        assertThat(new Component.ShiftMultiplier(2, 4, 8).describe())
                .isEqualTo("2-term shift multiplier, 4 shifts, 8 bit");
        assertThat(new Component.Adder(8).describe()).isEqualTo("8 bit adder");
        assertThat(new Component.Register(8).describe()).isEqualTo("8 bit register");
        assertThat(new Component.Decoder(4, 8).describe()).isEqualTo("4 to 8 bit decoder");
        assertThat(REQUANTIZE.describe())
                .isEqualTo("requantizer by 32-bit multiplier, 24 to 8 bit");
        assertThat(new Component.Requantize(new Requantizer.Shifts(2), 24, 8, 4).describe())
                .isEqualTo("requantizer by 2-term shift, 24 to 8 bit, any 4 bit grid");
        assertThat(
                        new Component.Requantize(
                                        new Requantizer.Thresholds(), Rounding.FLOOR, 24, 8, 4)
                                .describe())
                .isEqualTo("requantizer by thresholds, 24 to 8 bit, rounds floor, any 4 bit grid");
        assertThat(new Component.Saturator(24, 16).describe()).isEqualTo("24 to 16 bit saturator");
        assertThat(new Component.Sram(1024, 32).describe()).isEqualTo("1024 B SRAM, 32 bit words");
        assertThat(new Component.Dram(8).describe()).isEqualTo("DRAM at 8.0 pJ/bit");
        assertThat(new Component.Special("mesh", 3).describe()).isEqualTo("mesh of size 3");
    }

    @Test
    void refusesMachinesThatCannotBe() {
        var hertz = Quantity.of(1, Unit.HERTZ);
        refused(() -> chassis(0, 4, hertz), "rows and columns, was 0 x 4");
        refused(() -> chassis(4, 0, hertz), "rows and columns, was 4 x 0");
        refused(() -> chassis(4, 4, Quantity.of(0, Unit.HERTZ)), "positive, was 0 Hz");
        refused(() -> chassis(4, 4, Quantity.of(-5, Unit.MEGAHERTZ)), "positive, was -5 MHz");
        refused(() -> chassis(4, 4, Quantity.of(1, Unit.SECOND)), "1 s is a time, not a frequency");
        var good = CHASSIS.machine(Datapath.wide(), List.of(), REQUANTIZE, List.of());
        refused(() -> machine(good, 0, hertz), "an array needs rows and columns, was 0 x 16");
        refused(() -> machine(good, 4, Quantity.of(0, Unit.HERTZ)), "positive, was 0 Hz");
        refused(() -> new Buffers(1, 0, 1), "a buffer holds at least one byte, was [1, 0, 1]");
    }

    @Test
    void refusesQuantitiesThatMeasureSomethingElseOrNothing() {
        var node = Quantity.of(45, Unit.NANOMETRE);
        var volt = Quantity.of(0.9, Unit.VOLT);
        refused(() -> new Technology(volt, node), "0.9 V is a voltage, not a length");
        refused(() -> new Technology(node, node), "45 nm is a length, not a voltage");
        refused(() -> new Technology(Quantity.of(0, Unit.NANOMETRE), volt), "was 0 nm");
        refused(() -> new Technology(node, Quantity.of(-1, Unit.VOLT)), "was -1 V");
        var bandwidth = Quantity.of(1, Unit.GIGABYTE_PER_SECOND);
        var energy = Quantity.of(8, Unit.PICOJOULE_PER_BIT);
        refused(() -> new OffChip(energy, bandwidth), "not a bandwidth");
        refused(() -> new OffChip(Quantity.of(0, Unit.BYTE_PER_SECOND), energy), "was 0 B/s");
        refused(
                () -> new OffChip(bandwidth, Quantity.of(-8, Unit.PICOJOULE_PER_BIT)),
                "was -8 pJ/bit");
        assertThat(new OffChip(bandwidth, Quantity.of(0, Unit.PICOJOULE_PER_BIT)).memory())
                .isEqualTo(new Component.Dram(0));
    }

    @Test
    void anAccumulatorHasEightToSixtyFourBits() {
        var by = new Requantizer.Multiplier(32);
        for (int bits : new int[] {7, 65}) {
            refused(
                    () -> new Datapath(bits, Overflow.WRAP, by, Padding.ZERO),
                    "an accumulator has 8 to 64 bits, was " + bits);
        }
        assertThat(new Datapath(64, Overflow.WRAP, by, Padding.ZERO).accumulatorBits())
                .isEqualTo(64);
        refused(() -> new Requantizer.Multiplier(1), "2 to 32 bits, was 1");
        refused(() -> new Requantizer.Multiplier(33), "2 to 32 bits, was 33");
        refused(() -> new Requantizer.Shifts(0), "1 to 4 terms, was 0");
        refused(() -> new Requantizer.Shifts(5), "1 to 4 terms, was 5");
    }

    @Test
    void aBillListsWhatIsThereAndAPriceNamesItsSource() {
        refused(
                () -> new BillItem("adders", new Component.Adder(8), 0),
                "a bill lists parts that are there, count was 0");
        var area = Quantity.of(10, Unit.SQUARE_MICROMETRE);
        var energy = Quantity.of(1, Unit.PICOJOULE);
        var free = Quantity.of(0, Unit.SQUARE_MILLIMETRE);
        assertThat(new Price(free, Quantity.of(0, Unit.JOULE), Kind.MODELLED, "x").area())
                .isEqualTo(free);
        refused(() -> new Price(area, energy, Kind.MODELLED, ""), "a price names its source");
        refused(
                () ->
                        new Price(
                                Quantity.of(-1, Unit.SQUARE_MILLIMETRE),
                                energy,
                                Kind.MODELLED,
                                "x"),
                "a price is not negative, was -1 mm2, 1 pJ, 0 W, 0 ns");
        refused(
                () -> new Price(area, Quantity.of(-1, Unit.PICOJOULE), Kind.MODELLED, "x"),
                "a price is not negative, was 10 um2, -1 pJ, 0 W, 0 ns");
        refused(
                () -> new Price(energy, area, Kind.MODELLED, "x"),
                "1 pJ is an energy, not an area");
        var price = new Price(area, energy, Kind.MODELLED, "x");
        assertThat(price.toggles()).isEmpty();
        assertThat(price.atToggles(0.5).toggles()).hasValue(0.5);
        refused(
                () -> price.atToggles(0),
                "the share of bits that toggle lies between 0 and 1, was 0.0");
    }

    @Test
    void aVerdictIsARateOrAReason() {
        assertThat(new Verdict.Acceptance(0.25).macsPerCycle()).isEqualTo(0.25);
        for (double rate : new double[] {0, -1, Double.NaN}) {
            refused(
                    () -> new Verdict.Acceptance(rate),
                    "macsPerCycle must be positive, was " + rate);
        }
        refused(() -> new Verdict.Refusal(" "), "a refusal needs a reason");
    }

    private static Chassis chassis(int rows, int columns, Quantity clock) {
        return new Chassis(
                rows,
                columns,
                Dataflow.OUTPUT_STATIONARY,
                clock,
                CHASSIS.technology(),
                CHASSIS.buffers(),
                CHASSIS.offChip());
    }

    private static Machine machine(Machine like, int rows, Quantity clock) {
        return new Machine(
                rows,
                like.columns(),
                like.dataflow(),
                clock,
                like.technology(),
                like.buffers(),
                like.offChip(),
                like.datapath(),
                like.element(),
                like.requantizer(),
                like.bill());
    }

    private static Value number(double value, Unit unit) {
        return new Value.Number(Quantity.of(value, unit));
    }

    private static void refused(ThrowingCallable construction, String message) {
        assertThatThrownBy(construction)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
