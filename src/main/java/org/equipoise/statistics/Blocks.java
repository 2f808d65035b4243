package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sums over many things by blocks of a fixed size, put together in the blocks' order: the same bits on any number of
 * threads. Few things are left to the calling thread, since a night answers many small questions side by side.
 */
final class Blocks {

    private static final int SIZE = 1024;

    /** So many things before threads bring more than they cost. */
    private static final int MANY = 8 * SIZE;

    private Blocks() {}

    /** Positions from the first up to, but without, the last. */
    record Block(int from, int to) {}

    /** The blocks of a range. */
    static List<Block> of(int from, int to) {
        List<Block> blocks = new ArrayList<>();
        for (int start = from; start < to; start += SIZE) {
            blocks.add(new Block(start, Math.min(to, start + SIZE)));
        }
        return blocks;
    }

    /**
     * What each task comes to, in their order.
     *
     * @param things how many things all tasks are about
     */
    static <S, T> List<T> inOrder(List<S> tasks, int things, Function<S, T> work) {
        Stream<S> stream = things < MANY ? tasks.stream() : tasks.parallelStream();
        return stream.map(work).toList();
    }
}
