package org.dyadic.benchmarks;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the vector units of a core can multiply and add, by loops that touch nothing but registers.
 */
final class Peak {

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int STEPS = 100_000;
    private static final int CHAINS = 12; // more than latency x units of any processor

    private Peak() {}

    private interface Loop {
        long run();
    }

    /** Products of 16 bits, added: thousands of millions a second. */
    static double shorts() {
        return rate(Peak::shortLoop, SHORTS.length());
    }

    /** Products in single precision, added. */
    static double floats() {
        return rate(Peak::floatLoop, FLOATS.length());
    }

    private static double rate(Loop loop, int lanes) {
        double best = 0;
        long end = System.nanoTime() + 1_500_000_000L;
        long used = 0;
        while (System.nanoTime() < end) {
            long begin = System.nanoTime();
            used += loop.run();
            double seconds = (System.nanoTime() - begin) * 1e-9;
            best = Math.max(best, (double) STEPS * CHAINS * lanes / seconds * 1e-9);
        }
        return used == Long.MIN_VALUE ? 0 : best; // so that the loops are not left out
    }

    private static long shortLoop() {
        var a = ShortVector.broadcast(SHORTS, 3);
        var b = a;
        var c = a;
        var d = a;
        var e = a;
        var f = a;
        var g = a;
        var h = a;
        var i = a;
        var j = a;
        var k = a;
        var l = a;
        var w = ShortVector.broadcast(SHORTS, 5);
        for (int step = 0; step < STEPS; step++) {
            a = a.add(a.mul(w));
            b = b.add(b.mul(w));
            c = c.add(c.mul(w));
            d = d.add(d.mul(w));
            e = e.add(e.mul(w));
            f = f.add(f.mul(w));
            g = g.add(g.mul(w));
            h = h.add(h.mul(w));
            i = i.add(i.mul(w));
            j = j.add(j.mul(w));
            k = k.add(k.mul(w));
            l = l.add(l.mul(w));
        }
        // Of all: what nothing depends on, C2 leaves out.
        var sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
        return sum.lane(0);
    }

    private static long floatLoop() {
        var x = FloatVector.broadcast(FLOATS, 1e-9f);
        var a = FloatVector.zero(FLOATS);
        var b = a;
        var c = a;
        var d = a;
        var e = a;
        var f = a;
        var g = a;
        var h = a;
        var i = a;
        var j = a;
        var k = a;
        var l = a;
        for (int step = 0; step < STEPS; step++) {
            a = x.fma(x, a);
            b = x.fma(x, b);
            c = x.fma(x, c);
            d = x.fma(x, d);
            e = x.fma(x, e);
            f = x.fma(x, f);
            g = x.fma(x, g);
            h = x.fma(x, h);
            i = x.fma(x, i);
            j = x.fma(x, j);
            k = x.fma(x, k);
            l = x.fma(x, l);
        }
        var sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j).add(k).add(l);
        return (long) sum.lane(0);
    }
}
