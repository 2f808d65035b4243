package org.equipoise.pipeline.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrderedBlocksTest {
    private static final int BLOCKS = 10;

    /** The numbers from 1. */
    private static final class Numbers implements OrderedBlocks.Source<Integer> {
        private final AtomicInteger read = new AtomicInteger();

        @Override
        public Optional<Integer> next() {
            return read.get() == BLOCKS ? Optional.empty() : Optional.of(read.incrementAndGet());
        }

        @Override
        public void close() {}
    }

    @Test
    void workGoesOnWhileNobodyTakesResults() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(2);
        CountDownLatch done = new CountDownLatch(8);
        try (OrderedBlocks<Integer, Integer> blocks = new OrderedBlocks<>(
                "numbers",
                new Numbers(),
                number -> {
                    done.countDown();
                    return 2 * number;
                },
                workers,
                2,
                8)) {
            assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
            List<Integer> taken = new ArrayList<>();
            for (Integer next = blocks.next(); next != null; next = blocks.next()) {
                taken.add(next);
            }
            assertThat(taken).containsExactly(2, 4, 6, 8, 10, 12, 14, 16, 18, 20);
        } finally {
            workers.shutdown();
        }
    }

    @Test
    void onlyAFewBlocksWaitForWork() throws Exception {
        LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        Numbers numbers = new Numbers();
        try (OrderedBlocks<Integer, Integer> blocks =
                new OrderedBlocks<>("numbers", numbers, number -> number, waiting::add, 2, 8)) {
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < BLOCKS; i++) {
                Runnable work = waiting.take();
                assertThat(numbers.read).hasValueLessThanOrEqualTo(i + 3);
                work.run();
                taken.add(blocks.next());
            }
            assertThat(taken).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }
    }
}
