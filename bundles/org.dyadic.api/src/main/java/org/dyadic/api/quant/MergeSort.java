package org.dyadic.api.quant;

import java.util.Arrays;

/**
 * Orders samples by merging the runs that ascend already, so that joining sorted parts costs one
 * pass for each doubling of their number.
 */
final class MergeSort {

    private MergeSort() {}

    /** The indices of the samples, of ascending values; of equal ones, the earlier first. */
    static int[] ascending(double[] samples) {
        int n = samples.length;
        var from = new int[n];
        Arrays.setAll(from, i -> i);
        var into = new int[n];
        int[] ends = runs(samples);
        while (ends.length > 1) {
            var joined = new int[(ends.length + 1) / 2];
            int start = 0;
            for (int i = 0; i < ends.length; i += 2) {
                int end = ends[Math.min(i + 1, ends.length - 1)];
                merge(samples, from, start, ends[i], end, into);
                joined[i / 2] = end;
                start = end;
            }
            ends = joined;
            var swapped = from;
            from = into;
            into = swapped;
        }
        return from;
    }

    /** Where each ascending run ends. */
    private static int[] runs(double[] samples) {
        var ends = new int[samples.length];
        int runs = 0;
        for (int i = 1; i <= samples.length; i++) {
            if (i == samples.length || samples[i] < samples[i - 1]) {
                ends[runs++] = i;
            }
        }
        return Arrays.copyOf(ends, runs);
    }

    private static void merge(
            double[] samples, int[] from, int start, int middle, int end, int[] into) {
        int left = start;
        int right = middle;
        for (int at = start; at < end; at++) {
            boolean takeLeft =
                    right == end || left < middle && samples[from[left]] <= samples[from[right]];
            into[at] = takeLeft ? from[left++] : from[right++];
        }
    }
}
