package org.equipoise.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One at a time, across threads and processes. The operating system frees the file's lock when its holder is killed.
 * Within the JVM a plain lock comes first, because Java refuses a second lock on a file instead of waiting for it.
 */
final class FileMutex {
    private static final ConcurrentMap<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

    /** Long enough for crash recovery by another command, short enough to say so within a night. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private FileMutex() {}

    static <T> T holding(Path file, Supplier<T> action) {
        ReentrantLock local = IN_THIS_JVM.computeIfAbsent(file, path -> new ReentrantLock());
        local.lock();
        // An interrupted thread could not lock a file; letting go of the database must still work then.
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ServerFiles.ownLikeParent(file);
            await(channel, file);
            return action.get();
        } catch (IOException e) {
            throw ServerFiles.unwritable(file, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            local.unlock();
        }
    }

    /** Closing the channel frees the lock. */
    private static FileLock await(FileChannel channel, Path file) throws IOException {
        Deadline deadline = Deadline.in(PATIENCE);
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (!deadline.waitFor(Duration.ofMillis(5))) {
                throw new DatabaseProblem(
                        "DB-011",
                        "Another command has been starting or stopping the database for ten minutes (it holds " + file
                                + ").",
                        "End that command, then run this one again.");
            }
        }
    }
}
