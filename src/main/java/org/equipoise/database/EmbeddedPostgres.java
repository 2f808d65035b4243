package org.equipoise.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.util.PasswordUtil;

/**
 * The PostgreSQL that lives in a home. It belongs to the home, not to the JVM that happens to start it: Ctrl-C or a
 * kill of the JVM leaves it running for the next command. Every change of state is made under the home's file lock, so
 * any number of commands may begin at once.
 */
public final class EmbeddedPostgres {
    /** One object a home: Java's file locks are held by the JVM, so its leases must be counted in one place. */
    private static final ConcurrentMap<Path, EmbeddedPostgres> BY_BASE = new ConcurrentHashMap<>();

    private final ServerFiles files;
    private final Path cache;
    private final ServerProcess process;

    /** Leases of this JVM; read and written under the home's lock only. */
    private int leases;

    /** Open while this JVM has leases, and the only channel to that file: closing another would drop the lock. */
    private @Nullable FileChannel inUse;

    private EmbeddedPostgres(Path base, Path cache) {
        this.files = new ServerFiles(base);
        this.cache = cache;
        this.process = new ServerProcess(files);
    }

    /** The home's server, not started; nothing is written yet. */
    public static EmbeddedPostgres at(Path home, Path cache) {
        Path base = real(home.toAbsolutePath().normalize()).resolve("database");
        return BY_BASE.computeIfAbsent(base, path -> new EmbeddedPostgres(path, cache));
    }

    /** Two names of one home must not become two servers. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThereYet) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            return parent == null || name == null ? path : real(parent).resolve(name);
        }
    }

    /** Attaches to the server or starts it, making the database if the home has none. */
    public Lease lease() {
        loadDriverMeanwhile();
        return changing(() -> {
            ServerRecord record = ensureRunning();
            hold();
            return new Held(record);
        });
    }

    /** Starts the server if need be, to stay until {@link #stop}, whatever commands come and go. */
    public DatabaseStatus keepRunning() {
        return changing(() -> {
            ensureRunning();
            try {
                Files.writeString(files.kept(), "", StandardCharsets.UTF_8);
                ServerFiles.ownLikeParent(files.kept());
            } catch (IOException e) {
                throw ServerFiles.unwritable(files.kept(), e);
            }
            return status();
        });
    }

    /**
     * Stops the server and forgets that it was to stay.
     *
     * @param force also while commands use it; their open transactions are rolled back
     * @return whether it was running
     * @throws DatabaseProblem DB-030 if a command uses it and force was not given
     */
    public boolean stop(boolean force) {
        if (!files.initialised()) {
            return false;
        }
        return changing(() -> {
            if (!force && (leases > 0 || usedByOthers()) && process.running().isPresent()) {
                throw new DatabaseProblem(
                        "DB-030",
                        "The database is in use by another command" + connections() + ".",
                        "Wait until it has ended, or stop it all the same with --force: what it has not committed is"
                                + " then rolled back.");
            }
            try {
                Files.deleteIfExists(files.kept());
            } catch (IOException e) {
                throw ServerFiles.unwritable(files.kept(), e);
            }
            return process.stop();
        });
    }

    /** What the server does; changes and locks nothing. */
    public DatabaseStatus status() {
        boolean kept = Files.exists(files.kept());
        if (!files.initialised()) {
            return new DatabaseStatus(DatabaseStatus.State.NOT_INITIALISED, files.data(), kept, null);
        }
        return process.running()
                .map(server -> new DatabaseStatus(
                        server.ready() ? DatabaseStatus.State.RUNNING : DatabaseStatus.State.CHANGING,
                        files.data(),
                        kept,
                        new DatabaseStatus.Server(
                                server.port(), server.pid(), version(server.ready()), server.since())))
                .orElseGet(() -> new DatabaseStatus(DatabaseStatus.State.STOPPED, files.data(), kept, null));
    }

    /** Login for looking, whether or not the server runs. */
    public DatabaseAddress reader() {
        return recorded().reader();
    }

    /** The reader's password in libpq's form, for {@code PGPASSFILE}. */
    public Path readerPasswordFile() {
        return files.readerPasswords();
    }

    private ServerRecord recorded() {
        if (!files.initialised()) {
            throw new DatabaseProblem(
                    "DB-031",
                    "This home has no database yet (" + files.base() + ").",
                    "Make one with \"equipoise database start\".");
        }
        return ServerRecord.read(files);
    }

    private <T> T changing(java.util.function.Supplier<T> action) {
        if (Platform.isWindows()) {
            throw new DatabaseProblem(
                    "DB-032",
                    "The embedded PostgreSQL does not run on Windows yet.",
                    "Use the Windows Subsystem for Linux, or set PGHOST and friends to a PostgreSQL server.");
        }
        files.createBase();
        return FileMutex.holding(files.lock(), action);
    }

    private ServerRecord ensureRunning() {
        Optional<PostmasterFile> running = process.attach();
        if (running.isPresent()) {
            return recorded().onPort(running.get().port());
        }
        removeLeftovers();
        PostgresBinaries binaries = PostgresBinaries.in(cache, files.base().resolve("programs"));
        if (!files.initialised()) {
            new DataDirectory(files, binaries).create();
        }
        ServerRecord record = process.start(binaries, recorded());
        proveItAnswers(record);
        return record;
    }

    /** Of a database whose making was interrupted. Under the home's lock nobody else is making one. */
    private void removeLeftovers() {
        try {
            ServerFiles.deleteLeftovers(files.base(), "init-");
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.base(), e);
        }
    }

    /** The driver's and SCRAM's classes take longer to load than the server to start; a second core does it beside. */
    private static void loadDriverMeanwhile() {
        Thread loading = new Thread(
                () -> {
                    Driver.isRegistered();
                    PasswordUtil.encodeScramSha256(new char[] {'x'}, 1, new byte[16]);
                },
                "equipoise-driver-loading");
        loading.setDaemon(true);
        loading.start();
    }

    private static void proveItAnswers(ServerRecord record) {
        Connection connection = record.owner().connect();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DatabaseProblem(
                    "DB-002",
                    "The database answered and then broke off: " + PlainWords.sentence(e),
                    "Run the command again.",
                    e);
        }
    }

    private void hold() {
        try {
            if (leases == 0) {
                FileChannel channel = FileChannel.open(
                        files.inUse(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                ServerFiles.ownLikeParent(files.inUse());
                inUse = channel;
                if (channel.tryLock(0, Long.MAX_VALUE, true) == null) {
                    throw new IOException("it is locked by another program");
                }
            }
            leases++;
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.inUse(), e);
        }
    }

    private void release() {
        leases--;
        if (leases > 0) {
            return;
        }
        FileChannel channel = inUse;
        inUse = null;
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw ServerFiles.unwritable(files.inUse(), e);
            }
        }
        if (!Files.exists(files.kept()) && !usedByOthers()) {
            process.stop();
        }
    }

    /** Asked only while this JVM holds nothing: whoever can lock the file alone is alone. */
    private boolean usedByOthers() {
        try (FileChannel channel = FileChannel.open(
                        files.inUse(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            ServerFiles.ownLikeParent(files.inUse());
            return alone == null;
        } catch (IOException e) {
            throw ServerFiles.unwritable(files.inUse(), e);
        }
    }

    private String connections() {
        String sql = "select string_agg(name || ' ' || n, ', ' order by name) from (select coalesce(nullif("
                + "application_name, ''), 'unnamed') as name, count(*) as n from pg_stat_activity"
                + " where backend_type = 'client backend' and pid <> pg_backend_pid() group by 1) as used";
        return ask(sql).map(found -> " (connections: " + found + ")").orElse("");
    }

    private String version(boolean ready) {
        try {
            return (ready
                            ? ask("show server_version").map(text -> text.replaceFirst(" .*", ""))
                            : Optional.<String>empty())
                    .orElse(Files.readString(files.data().resolve("PG_VERSION")).strip());
        } catch (IOException e) {
            return "of unknown version";
        }
    }

    /** For texts only: what cannot be asked is left out. */
    private Optional<String> ask(String sql) {
        try (Connection connection = ServerRecord.read(files).superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
        } catch (SQLException | DatabaseProblem e) {
            return Optional.empty();
        }
    }

    private final class Held implements Lease {
        private final ServerRecord record;
        private boolean closed;
        private final Thread hook = new Thread(this::letGo, "equipoise-database-exit");
        private volatile boolean hooked;

        Held(ServerRecord record) {
            this.record = record;
        }

        @Override
        public DatabaseAddress owner() {
            return record.owner();
        }

        @Override
        public DatabaseAddress reader() {
            return record.reader();
        }

        @Override
        public Optional<DatabaseAddress> superuser() {
            return Optional.of(record.superuser());
        }

        @Override
        public Lease closeAtExit() {
            Runtime.getRuntime().addShutdownHook(hook);
            hooked = true;
            return this;
        }

        @Override
        public void close() {
            letGo();
            if (hooked) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException exiting) {
                    // The JVM is ending; the hook finds the lease closed.
                }
            }
        }

        /** Synchronized: the exit hook must wait for a close that is under way, or the JVM would end in its midst. */
        private synchronized void letGo() {
            if (!closed) {
                closed = true;
                changing(() -> {
                    release();
                    return Boolean.TRUE;
                });
            }
        }
    }
}
