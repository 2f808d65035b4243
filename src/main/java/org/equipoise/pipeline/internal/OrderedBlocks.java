package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads blocks on one thread and works on them on others, and hands the results out in the order they
 * were read. Only a few blocks are under way at any time, so memory stays bounded. Results, which are small, may wait in
 * greater number than blocks: while what was handed out is written, the work goes on.
 */
final class OrderedBlocks<I, O> implements AutoCloseable {
    /** Where blocks come from; read by one thread and then closed by it. */
    interface Source<I> extends AutoCloseable {
        Optional<I> next() throws Exception;

        @Override
        void close() throws IOException;
    }

    private final BlockingQueue<Future<Optional<O>>> underWay;
    private final Semaphore room;
    private final Thread reader;
    private volatile boolean closed;

    /**
     * @param ahead how many blocks may wait for work or be worked on
     * @param waiting how many blocks and results may wait
     */
    OrderedBlocks(String name, Source<I> source, Function<I, O> work, Executor workers, int ahead, int waiting) {
        underWay = new ArrayBlockingQueue<>(waiting);
        room = new Semaphore(ahead);
        reader = new Thread(() -> read(source, work, workers), "read " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Source<I> source, Function<I, O> work, Executor workers) {
        try (source) {
            Optional<I> block = source.next();
            while (block.isPresent() && !closed) {
                I input = block.get();
                room.acquire();
                underWay.put(CompletableFuture.supplyAsync(() -> work(input, work), workers));
                block = source.next();
            }
            underWay.put(CompletableFuture.completedFuture(Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            fail(e);
        }
    }

    private Optional<O> work(I input, Function<I, O> work) {
        try {
            return Optional.of(work.apply(input));
        } finally {
            room.release();
        }
    }

    private void fail(Exception e) {
        try {
            underWay.put(CompletableFuture.failedFuture(e));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The next result, or null at the end.
     *
     * @throws Exception what reading or working met
     */
    @Nullable
    O next() throws Exception {
        try {
            return underWay.take().get().orElse(null);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.interrupt();
        underWay.clear();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
