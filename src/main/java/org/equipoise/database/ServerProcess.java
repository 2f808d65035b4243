package org.equipoise.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts and stops the server of one home. The caller holds the home's lock. */
final class ServerProcess {
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Crash recovery replays at most {@code max_wal_size}, a minute's work on a slow disk. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(10);

    private static final Duration STOP_PATIENCE = Duration.ofMinutes(10);
    private static final Duration ORPHAN_PATIENCE = Duration.ofSeconds(60);
    private static final long LOG_LIMIT_BYTES = 8L * 1024 * 1024;
    private static final int PORTS_TRIED = 20;

    private final ServerFiles files;

    ServerProcess(ServerFiles files) {
        this.files = files;
    }

    Optional<PostmasterFile> running() {
        return PostmasterFile.read(files.data()).filter(PostmasterFile::serverAlive);
    }

    /** The running server if there is one, waiting while it starts; not one that is stopping. */
    Optional<PostmasterFile> attach() {
        Deadline deadline = Deadline.in(START_PATIENCE);
        Optional<PostmasterFile> server = running();
        while (server.isPresent() && !server.get().ready()) {
            if (!deadline.waitFor(MOMENT)) {
                throw slow();
            }
            server = running();
        }
        return server;
    }

    /** Starts the server; gives the record back, with another port if the recorded one was taken. */
    ServerRecord start(PostgresBinaries binaries, ServerRecord recorded) {
        ServerRecord record = recorded;
        Deadline orphans = Deadline.in(ORPHAN_PATIENCE);
        int attempts = 0;
        try {
            checkVersion(binaries);
            closeToOthers(recorded);
            RunAs runAs = RunAs.forOwnerOf(files.data());
            forgetForeignPid();
            while (true) {
                if (!ServerPort.isFree(record.port())) {
                    record = record.onPort(ServerPort.nextAfter(record.port()));
                    record.write(files);
                }
                Optional<String> failure = tryStart(binaries, runAs, record);
                attempts++;
                if (failure.isEmpty()) {
                    return record;
                }
                String said = failure.get();
                if (said.contains("could not create any TCP/IP sockets") && attempts < PORTS_TRIED) {
                    record = record.onPort(ServerPort.nextAfter(record.port()));
                    record.write(files);
                } else if (said.contains("still in use") || said.contains("lock file \"postmaster.pid\"")) {
                    awaitOrphans(runAs, attempts, orphans);
                } else {
                    runAs.check(files.data(), binaries.postgres());
                    throw failed(said);
                }
            }
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.base(), e);
        }
    }

    /** A home that was copied may have lost its modes; PostgreSQL refuses data that others may read, rightly. */
    private void closeToOthers(ServerRecord recorded) throws IOException {
        if (!Files.exists(files.readerPasswords())) {
            recorded.write(files);
        }
        ServerFiles.permit(files.data(), "rwx------");
        ServerFiles.permit(files.record(), "rw-------");
        ServerFiles.permit(files.readerPasswords(), "rw-------");
    }

    private void checkVersion(PostgresBinaries binaries) throws IOException {
        String data = Files.readString(files.data().resolve("PG_VERSION")).strip();
        String program = binaries.majorVersion();
        if (!data.equals(program)) {
            throw new DatabaseProblem(
                    "DB-022",
                    "The data in " + files.data() + " are PostgreSQL " + data + "'s; this program carries PostgreSQL "
                            + program + ".",
                    "Make a backup with the program that wrote them (equipoise backup FILE), then restore it into a"
                            + " new home with this one (equipoise restore FILE).");
        }
    }

    /**
     * A crash leaves {@code postmaster.pid}. If its number now belongs to another program, PostgreSQL could take that
     * for a running server and refuse; the check for a data directory still in use by old backends is made on shared
     * memory and does not need this file.
     */
    private void forgetForeignPid() throws IOException {
        Optional<PostmasterFile> left = PostmasterFile.read(files.data());
        if (left.isPresent() && left.get().pidInUse() && !left.get().serverAlive()) {
            Files.deleteIfExists(files.data().resolve("postmaster.pid"));
        }
    }

    /** Empty when the server is ready, else what it said before it ended. */
    private Optional<String> tryStart(PostgresBinaries binaries, RunAs runAs, ServerRecord record) throws IOException {
        ServerConfiguration.write(files.data(), record.port());
        runAs.own(files.data().resolve("equipoise.conf"));
        long logBefore = prepareLog();
        String stale =
                PostmasterFile.read(files.data()).map(PostmasterFile::text).orElse("");
        List<String> command = new ArrayList<>(detached());
        command.addAll(runAs.command(binaries.postgres(), "-D", files.data().toString()));
        Process launcher = Programs.builder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(files.log().toFile()))
                .start();
        Deadline deadline = Deadline.in(START_PATIENCE);
        while (true) {
            boolean ended = !launcher.isAlive();
            Optional<PostmasterFile> file = PostmasterFile.read(files.data())
                    .filter(found -> !found.text().equals(stale));
            if (file.isPresent() && file.get().ready()) {
                return Optional.empty();
            }
            if (ended) {
                return Optional.of(logSince(logBefore));
            }
            if (!deadline.waitFor(MOMENT)) {
                throw slow();
            }
        }
    }

    /**
     * A session of its own, so that Ctrl-C at the command does not reach the server. Where there is no setsid (macOS),
     * a shell with job control gives it a process group of its own, which serves as well.
     */
    private static List<String> detached() {
        return Platform.program("setsid")
                .map(setsid -> List.of(setsid.toString()))
                .orElse(List.of("/bin/sh", "-c", "set -m; \"$@\" & wait", "sh"));
    }

    private long prepareLog() throws IOException {
        Path log = files.log();
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log)) {
            ServerFiles.writeSecret(log, "");
        }
        return Files.size(log);
    }

    private String logSince(long position) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(files.log().toFile(), "r")) {
            log.seek(Math.min(position, log.length()));
            byte[] bytes = new byte[(int) Math.min(64 * 1024, log.length() - log.getFilePointer())];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /**
     * After the postmaster was killed its children end by themselves, busy ones at their next pause. Those that do not
     * are told to; their work is lost already, and recovery undoes it.
     */
    private void awaitOrphans(RunAs runAs, int attempts, Deadline deadline) throws IOException {
        if (attempts > 20) {
            signalOrphans(runAs, attempts > 60 ? "KILL" : "QUIT");
        }
        if (!deadline.waitFor(Duration.ofMillis(50))) {
            throw new DatabaseProblem(
                    "DB-023",
                    "Processes of an earlier PostgreSQL still use " + files.data() + " and do not end.",
                    "End them (they are called postgres), then run the command again.");
        }
    }

    /** Run under the server's own uid: even root may be forbidden to see another uid's working directory. */
    private void signalOrphans(RunAs runAs, String signal) throws IOException {
        String script = "for p in /proc/[0-9]*; do [ \"$(readlink \"$p/cwd\" 2>/dev/null)\" = \"$1\" ]" + " && kill -"
                + signal + " \"${p#/proc/}\"; done; true";
        RunAs allowed = runAs.uid() == 0 ? new RunAs(List.of(), -1, -1) : runAs;
        Programs.run(
                allowed.command(
                        Path.of("/bin/sh"), "-c", script, "sh", files.data().toString()),
                "");
    }

    /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
    boolean stop() {
        Optional<PostmasterFile> server = running();
        if (server.isEmpty()) {
            return false;
        }
        PostmasterFile before = server.get();
        interrupt(before);
        Deadline deadline = Deadline.in(STOP_PATIENCE);
        while (stillThere(before)) {
            if (!deadline.waitFor(MOMENT)) {
                throw new DatabaseProblem(
                        "DB-024",
                        "The database (pid " + before.pid() + ") did not stop within ten minutes.",
                        "Look into " + files.log() + "; once it has ended, the next command recovers by itself.");
            }
        }
        return true;
    }

    private boolean stillThere(PostmasterFile before) {
        return before.serverAlive()
                && PostmasterFile.read(files.data())
                        .map(now -> now.pid() == before.pid() && now.since().equals(before.since()))
                        .orElse(Files.exists(files.data().resolve("postmaster.pid")));
    }

    private void interrupt(PostmasterFile server) {
        try {
            // Java's own destroy() sends SIGTERM, at which PostgreSQL waits for its clients to leave.
            Programs.Result result =
                    Programs.run(List.of("/bin/sh", "-c", "kill -INT \"$1\"", "sh", Long.toString(server.pid())), "");
            if (!result.ok() && server.serverAlive()) {
                throw new DatabaseProblem(
                        "DB-025",
                        "No permission to stop the database (pid " + server.pid() + ").",
                        "Use the account that started it, or root.");
            }
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.base(), e);
        }
    }

    private DatabaseProblem slow() {
        return new DatabaseProblem(
                "DB-026",
                "The database is still recovering after ten minutes.",
                "Wait and run the command again; " + files.log() + " tells how far it is.");
    }

    private DatabaseProblem failed(String said) {
        return new DatabaseProblem(
                "DB-027",
                "The database did not start: " + Programs.complaint(said),
                "Mend the cause and run the command again; the whole story is in " + files.log() + ".");
    }
}
