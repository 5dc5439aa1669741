package org.dyadic.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.dyadic.api.hardware.Kind;
import org.dyadic.api.hardware.Machine;
import org.dyadic.api.sim.Activity;
import org.dyadic.api.sim.Estimate;
import org.dyadic.api.sim.Fidelity;
import org.dyadic.api.sim.Simulator;
import org.dyadic.api.sim.Workload;
import org.dyadic.api.spec.Parameter;
import org.dyadic.api.spec.ParameterSpec;
import org.dyadic.api.spec.Settings;
import org.dyadic.api.unit.Unit;
import org.junit.jupiter.api.Test;

/** A small simulator keeps the contract, and each fault breaks the claim it should. */
class SimulatorContractTest implements SimulatorContract {

    /** Computes at the peak of the array, and waits for its weights before that. */
    private static class Small implements Simulator {

        @Override
        public ParameterSpec parameters() {
            return ParameterSpec.of(
                    "a lower bound", Parameter.whole("n", 1, 2).defaultsTo(1).documented("n"));
        }

        @Override
        public Fidelity bid(Machine machine) {
            return new Fidelity.Supported(1);
        }

        long cycles(Machine machine, Workload layer) {
            return (long) Math.ceil(layer.macs() / (machine.elements() * layer.macsPerCycle()));
        }

        long stalls(Machine machine, Workload layer) {
            return (long) Math.ceil(1e9 / machine.offChip().bandwidth().in(Unit.BYTE_PER_SECOND));
        }

        long macs(Workload layer) {
            return layer.macs();
        }

        long readBits(Workload layer) {
            return layer.weightElements() * layer.weightBits();
        }

        @Override
        public Estimate estimate(Machine machine, Workload layer) {
            long stalls = stalls(machine, layer);
            long cycles = cycles(machine, layer) + stalls;
            long results = (long) layer.m() * layer.n() * layer.groups();
            return new Estimate(
                    cycles,
                    stalls,
                    layer.macs() / (machine.elements() * layer.macsPerCycle() * cycles),
                    new Activity(macs(layer), results, 0, 0, 0, readBits(layer), 0),
                    Kind.MODELLED);
        }
    }

    @Override
    public Simulator simulator() {
        return new Small();
    }

    private interface Claim {
        void check() throws Exception;
    }

    private static void breaks(Claim claim) {
        assertThatThrownBy(claim::check).isInstanceOf(AssertionError.class);
    }

    private static SimulatorContract contract(Simulator simulator) {
        return () -> simulator;
    }

    @Test
    void aSimulatorThatRemembersIsFound() {
        var calls = new AtomicLong();
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    long stalls(Machine machine, Workload layer) {
                                        return calls.incrementAndGet();
                                    }
                                })
                        ::equalQuestionsGetEqualAnswersFromAnyThread);
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fidelity bid(Machine machine) {
                                        return new Fidelity.Supported(calls.incrementAndGet());
                                    }
                                })
                        ::itBidsTheSameForEqualMachinesAndSaysWhyItDoesNot);
    }

    @Test
    void settingsThatChangeTheOriginalAreFound() {
        breaks(
                contract(
                                new Small() {
                                    private long more;

                                    @Override
                                    public Simulator with(Settings settings) {
                                        more += settings.whole("n");
                                        return this;
                                    }

                                    @Override
                                    long stalls(Machine machine, Workload layer) {
                                        return more;
                                    }
                                })
                        ::everySettingIsTakenAndLeavesTheOriginalAsItWas);
    }

    @Test
    void aRefusalThatIsNoEndOfASentenceIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fidelity bid(Machine machine) {
                                        return new Fidelity.Unsupported("It is too wide.\n");
                                    }
                                })
                        ::itBidsTheSameForEqualMachinesAndSaysWhyItDoesNot);
    }

    @Test
    void aSimulatorThatEstimatesNothingIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Fidelity bid(Machine machine) {
                                        return new Fidelity.Unsupported("never");
                                    }
                                })
                        ::itCountsEveryProductAndEveryResult);
    }

    @Test
    void wrongCountsAreFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    long macs(Workload layer) {
                                        return layer.macs() + 1;
                                    }
                                })
                        ::itCountsEveryProductAndEveryResult);
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    long readBits(Workload layer) {
                                        return super.readBits(layer) / Byte.SIZE;
                                    }
                                })
                        ::everyWeightIsReadFromMemoryAndTrafficIsInBits);
    }

    @Test
    void aLayerThatIsTooFastIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public Estimate estimate(Machine machine, Workload layer) {
                                        var whole = super.estimate(machine, layer);
                                        return new Estimate(
                                                1, 0, 1, whole.activity(), whole.kind());
                                    }
                                })
                        ::noLayerIsFasterThanTheArray);
    }

    @Test
    void aMemoryThatSlowsDownAsItGetsFasterIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    long stalls(Machine machine, Workload layer) {
                                        return Math.round(
                                                machine.offChip()
                                                        .bandwidth()
                                                        .in(Unit.GIGABYTE_PER_SECOND));
                                    }
                                })
                        ::aFasterMemoryNeverMakesALayerSlower);
    }

    @Test
    void aParameterWithoutAWordOfDocumentationIsFound() {
        breaks(
                contract(
                                new Small() {
                                    @Override
                                    public ParameterSpec parameters() {
                                        return ParameterSpec.of(
                                                "a bound",
                                                Parameter.whole("n", 1, 2).defaultsTo(1));
                                    }
                                })
                        ::everyParameterHasADefaultAndALineOfDocumentation);
    }
}
