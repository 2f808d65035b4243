package org.equipoise.pipeline.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/** The threads that check, score and compute: one a processor. */
@Component
class Workers implements DisposableBean {
    private final int count = Runtime.getRuntime().availableProcessors();
    private final AtomicInteger started = new AtomicInteger();
    private final ExecutorService pool = Executors.newFixedThreadPool(count, task -> named(task, "work "));
    private final ExecutorService files = Executors.newFixedThreadPool(count, task -> named(task, "file "));

    private Thread named(Runnable task, String name) {
        Thread thread = new Thread(task, name + started.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    ExecutorService pool() {
        return pool;
    }

    /** Threads that lead the reading of a file each; their work is done by the pool. */
    ExecutorService files() {
        return files;
    }

    /** How many blocks may be under way at once. */
    int ahead() {
        return 2 * count + 2;
    }

    int count() {
        return count;
    }

    @Override
    public void destroy() {
        pool.shutdownNow();
        files.shutdownNow();
    }
}
