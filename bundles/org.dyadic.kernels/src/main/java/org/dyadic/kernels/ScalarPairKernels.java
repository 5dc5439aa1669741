package org.dyadic.kernels;

/** The loops over pairs in plain Java, one integer at a time: what they mean. */
final class ScalarPairKernels implements PairKernels {

    @Override
    public void multiply(
            int[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            int[] weights,
            int channels,
            int[] sums,
            int begin) {
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c++) {
                int low = 0;
                int high = 0;
                for (int k = from; k < to; k++) {
                    int code = codes[offset + pixels[first + p] + taps[k]];
                    int weight = weights[weight(taps.length, k, c, channels)];
                    low += (short) code * (short) weight;
                    high += (code >> 16) * (weight >> 16);
                }
                sums[begin + p * channels + c] = pair(low, high);
            }
        }
    }

    @Override
    public void multiply(
            float[] codes,
            int offset,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int from,
            int to,
            float[] weights,
            int channels,
            int[] sums,
            int begin) {
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                for (int k = from; k < to; k++) {
                    sum +=
                            codes[offset + pixels[first + p] + taps[k]]
                                    * weights[weight(taps.length, k, c, channels)];
                }
                sums[begin + p * channels + c] += (int) sum;
            }
        }
    }

    /** Where in the panels the weight of a tap and a channel is. */
    private static int weight(int depth, int tap, int channel, int channels) {
        int begin = channel / PANEL * PANEL;
        return begin * depth + tap * PairKernels.panel(begin, channels) + channel - begin;
    }

    private static int pair(int low, int high) {
        return (low & 0xffff) | (high << 16);
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] sums) {
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c++) {
                int low = 0;
                int high = 0;
                for (int k = 0; k < taps.length; k++) {
                    int code = codes[pixels[first + p] + taps[k] + c];
                    short weight = (short) weights[k * channels + c];
                    low += (short) code * weight;
                    high += (code >> 16) * weight;
                }
                sums[p * channels + c] = pair(low, high);
            }
        }
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] weights,
            int channels,
            int[] low,
            int[] high) {
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < channels; c++) {
                int lowSum = 0;
                int highSum = 0;
                for (int k = 0; k < taps.length; k++) {
                    int code = codes[pixels[first + p] + taps[k] + c];
                    short weight = (short) weights[k * channels + c];
                    lowSum += (short) code * weight;
                    highSum += (code >> 16) * weight;
                }
                low[p * channels + c] = lowSum;
                high[p * channels + c] = highSum;
            }
        }
    }

    @Override
    public void multiplyEach(
            int[] codes,
            int[] pixels,
            int first,
            int count,
            int[] taps,
            int[] upper,
            int[] lower,
            int shift,
            int channels,
            int[] low,
            int[] high) {
        var uppers = new int[count * channels];
        var lowers = new int[count * channels];
        multiplyEach(codes, pixels, first, count, taps, upper, channels, uppers);
        multiplyEach(codes, pixels, first, count, taps, lower, channels, lowers);
        for (int i = 0; i < uppers.length; i++) {
            low[i] = ((short) uppers[i] << shift) + (short) lowers[i];
            high[i] = (uppers[i] >> 16 << shift) + (lowers[i] >> 16);
        }
    }

    @Override
    public void toTiles(
            int[] codes,
            int[] tiles,
            int first,
            int count,
            int line,
            int channels,
            int[] to,
            int step) {
        var rows = new int[4][4];
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < channels; c++) {
                for (int x = 0; x < 4; x++) {
                    int at = tiles[first + t] + x * channels + c;
                    int d0 = codes[at];
                    int d1 = codes[at + line];
                    int d2 = codes[at + 2 * line];
                    int d3 = codes[at + 3 * line];
                    rows[0][x] = minus(d0, d2);
                    rows[1][x] = plus(d1, d2);
                    rows[2][x] = minus(d2, d1);
                    rows[3][x] = minus(d1, d3);
                }
                for (int y = 0; y < 4; y++) {
                    int[] row = rows[y];
                    int at = 4 * y * step + t * channels + c;
                    to[at] = minus(row[0], row[2]);
                    to[at + step] = plus(row[1], row[2]);
                    to[at + 2 * step] = minus(row[2], row[1]);
                    to[at + 3 * step] = minus(row[1], row[3]);
                }
            }
        }
    }

    @Override
    public void fromTiles(
            int[] products,
            int step,
            int count,
            int channels,
            int[] places,
            int first,
            int origin,
            int[] sums) {
        var m = new int[16];
        var upper = new int[4];
        var lower = new int[4];
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < channels; c++) {
                for (int place = 0; place < 16; place++) {
                    m[place] = products[place * step + t * channels + c];
                }
                for (int x = 0; x < 4; x++) {
                    upper[x] = plus(plus(m[x], m[4 + x]), m[8 + x]);
                    lower[x] = minus(minus(m[4 + x], m[8 + x]), m[12 + x]);
                }
                int at = 4 * (first + t);
                quarter(plus(plus(upper[0], upper[1]), upper[2]), places[at], c - origin, sums);
                quarter(
                        minus(minus(upper[1], upper[2]), upper[3]),
                        places[at + 1],
                        c - origin,
                        sums);
                quarter(plus(plus(lower[0], lower[1]), lower[2]), places[at + 2], c - origin, sums);
                quarter(
                        minus(minus(lower[1], lower[2]), lower[3]),
                        places[at + 3],
                        c - origin,
                        sums);
            }
        }
    }

    private static void quarter(int pair, int place, int channel, int[] sums) {
        if (place >= 0) {
            int quarter = pair((short) pair >> 2, pair >> 18);
            sums[place + channel] = plus(sums[place + channel], quarter);
        }
    }

    private static int plus(int x, int y) {
        return pair(x + y, (x >> 16) + (y >> 16));
    }

    private static int minus(int x, int y) {
        return pair(x - y, (x >> 16) - (y >> 16));
    }

    @Override
    public void spread(int[] halves, int count, int channels, int[] sums, int begin) {
        int half = channels / 2;
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < half; c++) {
                int both = halves[p * half + c];
                int at = begin + p * channels + c;
                sums[at] = pair(both, both);
                sums[at + half] = pair(both >> 16, both >> 16);
            }
        }
    }

    @Override
    public void widen(int[] sums, int length, int[] low, int[] high) {
        for (int i = 0; i < length; i++) {
            low[i] += (short) sums[i];
            high[i] += sums[i] >> 16;
        }
    }

    @Override
    public void requantize(int[] sums, int count, Scaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int i = 0; i < count * channels; i++) {
            int c = i % channels;
            wide[i] =
                    pair(
                            clamp(scale((short) sums[i], by, c), least, most),
                            clamp(scale(sums[i] >> 16, by, c), least, most));
        }
    }

    private static int scale(int sum, Scaling by, int c) {
        int low = (sum * by.low()[c] + by.addendLow()[c]) >> 16;
        return (sum * by.high()[c] + low + by.addendHigh()[c]) >> by.shift()[c];
    }

    @Override
    public void requantize(
            int[] low, int[] high, int count, WideScaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int i = 0; i < count * channels; i++) {
            int c = i % channels;
            wide[i] =
                    pair(
                            clamp(scale(low[i], by, c), least, most),
                            clamp(scale(high[i], by, c), least, most));
        }
    }

    private static int scale(int sum, WideScaling by, int c) {
        int s0 = sum & 0xffff;
        int s1 = sum >> 16;
        int m0 = by.low()[c];
        int m1 = by.high()[c];
        int lowest = (s0 * m0 + by.addendLow()[c]) >>> 16;
        int one = s0 * m1 + lowest;
        int other = s1 * m0;
        int middle = (one & 0xffff) + (other & 0xffff) + by.addendMiddle()[c];
        int top = s1 * m1 + (one >>> 16) + (other >> 16) + (middle >> 16) + by.addendHigh()[c];
        return ((top << by.left()[c]) >> by.right()[c]) | ((middle & 0xffff) >> by.rest()[c]);
    }

    @Override
    public void requantize(
            int[] low, int[] high, int count, DigitScaling by, int least, int most, int[] wide) {
        int channels = by.channels();
        for (int i = 0; i < count * channels; i++) {
            int c = i % channels;
            wide[i] =
                    pair(
                            clamp(scale(low[i], by, c), least, most),
                            clamp(scale(high[i], by, c), least, most));
        }
    }

    private static int scale(int sum, DigitScaling by, int c) {
        int low = (sum * by.low()[c] + by.addendLow()[c]) >> by.digit();
        int middle = (sum * by.middle()[c] + by.addendMiddle()[c] + low) >> by.digit();
        return (sum * by.high()[c] + by.addendHigh()[c] + middle) >> by.shift()[c];
    }

    private static int clamp(int x, int least, int most) {
        return Math.max(least, Math.min(most, x));
    }

    @Override
    public void add(
            int[] a,
            int fromA,
            int factorA,
            int[] b,
            int fromB,
            int factorB,
            int addend,
            int shift,
            int least,
            int most,
            int[] to,
            int fromTo,
            int length) {
        for (int i = 0; i < length; i++) {
            int x = a[fromA + i];
            int y = b[fromB + i];
            int low = ((short) x * factorA + (short) y * factorB + addend) >> shift;
            int high = ((x >> 16) * factorA + (y >> 16) * factorB + addend) >> shift;
            to[fromTo + i] = pair(clamp(low, least, most), clamp(high, least, most));
        }
    }

    @Override
    public void clamp(int[] wide, int from, int length, int least, int most) {
        for (int i = from; i < from + length; i++) {
            wide[i] = pair(clamp((short) wide[i], least, most), clamp(wide[i] >> 16, least, most));
        }
    }

    @Override
    public void max(int[] a, int fromA, int[] b, int fromB, int length) {
        for (int i = 0; i < length; i++) {
            int x = a[fromA + i];
            int y = b[fromB + i];
            a[fromA + i] = pair(Math.max((short) x, (short) y), Math.max(x >> 16, y >> 16));
        }
    }

    @Override
    public void encode(int[] wide, int from, int length, Encoder by, int[] codes, int to) {
        for (int i = 0; i < length; i++) {
            int x = wide[from + i];
            codes[to + i] = pair(by.level((short) x), by.level(x >> 16));
        }
    }

    @Override
    public void split(int[] codes, int from, int length, float[] numbers, int low, int high) {
        for (int i = 0; i < length; i++) {
            numbers[low + i] = (short) codes[from + i];
            numbers[high + i] = codes[from + i] >> 16;
        }
    }
}
