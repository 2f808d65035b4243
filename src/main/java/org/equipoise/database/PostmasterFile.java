package org.equipoise.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code postmaster.pid}, which the server writes into its data directory: pid, directory, start, port … status.
 *
 * @param data the data directory it was read from
 * @param text the whole file, to tell one start from another
 */
record PostmasterFile(Path data, long pid, Instant since, int port, String status, String text) {

    /** Empty when there is none, or one still being written. */
    static Optional<PostmasterFile> read(Path data) {
        try {
            String text = Files.readString(data.resolve("postmaster.pid"), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            if (lines.size() < 4) {
                return Optional.empty();
            }
            return Optional.of(new PostmasterFile(
                    data,
                    Long.parseLong(lines.get(0).strip()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip())),
                    Integer.parseInt(lines.get(3).strip()),
                    lines.size() > 7 ? lines.get(7).strip() : "starting",
                    text));
        } catch (IOException | NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    boolean stopping() {
        return status.equals("stopping");
    }

    /** Whether some process has that pid, ours or not. */
    boolean pidInUse() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /**
     * Whether that process is this directory's server and not a later process with the same number. Its command line
     * names the directory; unlike its executable and working directory it is readable whoever we are.
     */
    boolean serverAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(this::isServer)
                .orElse(false);
    }

    private boolean isServer(ProcessHandle process) {
        return process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(data.toString()))
                .orElse(false);
    }
}
