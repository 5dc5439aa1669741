package org.dyadic.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Arrays that are used again and again, so that a batch allocates nothing. Of one thread. */
final class Arena {

    private final Map<Integer, Deque<int[]>> ints = new HashMap<>();
    private final Map<Integer, Deque<float[]>> floats = new HashMap<>();

    /** An array of this length, holding anything. */
    int[] ints(int length) {
        var free = ints.get(length);
        return free == null || free.isEmpty() ? new int[length] : free.pop();
    }

    float[] floats(int length) {
        var free = floats.get(length);
        return free == null || free.isEmpty() ? new float[length] : free.pop();
    }

    void release(int[] array) {
        ints.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }

    void release(float[] array) {
        floats.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }
}
