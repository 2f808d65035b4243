package org.equipoise.pipeline.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.pipeline.internal.BackupManifest.HomeFile;
import org.equipoise.pipeline.internal.BackupManifest.Table;
import org.springframework.util.StreamUtils;
import tools.jackson.databind.json.JsonMapper;

/** Writes a home into one file, a stream from beginning to end: no table and no original is held in memory. */
public final class BackupWriter {
    private static final int FAILED = 1;

    /** What is not the home's: the database lies in the tables, and these are its own. */
    private static final Set<String> LEFT_OUT = Set.of("database", "backups", "log");

    static final String SECRET = "secret.key";

    private final Home home;
    private final DatabaseAddress database;
    private final String programVersion;
    private final Clock clock;

    public BackupWriter(Home home, DatabaseAddress database, String programVersion, Clock clock) {
        this.home = home;
        this.database = database;
        this.programVersion = programVersion;
        this.clock = clock;
    }

    /** Under the lock of runs; see {@link org.equipoise.pipeline.Backups#make}. */
    public Backup write(Path jobs, Path file, boolean withSecret) {
        try (RunLock lock = RunLock.take(database)) {
            return write(lock, jobs, file, withSecret);
        }
    }

    /** With the lock that the caller holds. */
    Backup write(RunLock held, Path jobs, Path file, boolean withSecret) {
        Objects.requireNonNull(held);
        Path target = file.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            throw new RunRefused(FAILED, target + " is there already. Name a file that is not.");
        }
        Path half = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.getParent());
            Files.deleteIfExists(half);
            Files.createFile(half, ownerOnly());
            MessageDigest digest = Digests.sha256();
            BackupManifest manifest;
            try (OutputStream out = new DigestOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(half, StandardOpenOption.WRITE), 1 << 17), digest)) {
                manifest = write(out, jobs, withSecret);
            }
            try (FileChannel written = FileChannel.open(half, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            return manifest.summary(target, Files.size(target), HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw new RunRefused(
                    FAILED,
                    "The backup cannot be written to " + target + ": " + reason(e)
                            + ". Make room there, or name another place; nothing of it was left.");
        } finally {
            deleteQuietly(half);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : e instanceof AccessDeniedException ? "no permission" : String.valueOf(e.getMessage());
    }

    private static void deleteQuietly(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            throw new UncheckedIOException("What was begun of the backup cannot be deleted", e);
        }
    }

    static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private BackupManifest write(OutputStream out, Path jobs, boolean withSecret) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(Deflater.BEST_SPEED);
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            StoredTables stored = new StoredTables(connection);
            if (stored.migrations().isEmpty()) {
                throw new RunRefused(FAILED, home.folder() + " holds no data yet. Run nightly first.");
            }
            List<Table> tables = new ArrayList<>();
            for (String name : stored.names()) {
                tables.add(write(zip, stored, name));
            }
            List<String> folders = new ArrayList<>();
            List<HomeFile> files = new ArrayList<>();
            for (Path path : contents(withSecret)) {
                String name = home.folder().relativize(path).toString().replace('\\', '/');
                if (Files.isDirectory(path)) {
                    folders.add(name);
                } else {
                    write(zip, path, name, files);
                }
            }
            if (!Files.exists(home.folder().resolve("jobs"))) {
                for (Path path : definitions(jobs)) {
                    write(zip, path, "jobs/" + jobs.relativize(path).toString().replace('\\', '/'), files);
                }
            }
            BackupManifest manifest = new BackupManifest(
                    BackupManifest.FORMAT,
                    programVersion,
                    clock.instant().toString(),
                    stored.serverVersion(),
                    stored.migrations(),
                    files.stream().anyMatch(file -> file.path().equals(SECRET)),
                    stored.latest(),
                    tables,
                    stored.sequences(),
                    folders,
                    files);
            zip.putNextEntry(new ZipEntry(BackupManifest.MEMBER));
            zip.write(JsonMapper.shared().writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
            return manifest;
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be read for the backup", e);
        }
    }

    private static Table write(ZipOutputStream zip, StoredTables stored, String name) throws SQLException, IOException {
        List<String> columns = stored.columns(name);
        MessageDigest digest = Digests.sha256();
        zip.putNextEntry(new ZipEntry(new Table(name, columns, 0, "").member()));
        long rows = stored.copyOut(name, columns, new DigestOutputStream(StreamUtils.nonClosing(zip), digest));
        zip.closeEntry();
        return new Table(name, columns, rows, HexFormat.of().formatHex(digest.digest()));
    }

    /** A file that somebody takes away meanwhile is left out. */
    private static void write(ZipOutputStream zip, Path path, String name, List<HomeFile> files) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = Files.newInputStream(path)) {
            String modified = Files.getLastModifiedTime(path).toInstant().toString();
            zip.putNextEntry(new ZipEntry(new HomeFile(name, modified, "").member()));
            in.transferTo(new DigestOutputStream(StreamUtils.nonClosing(zip), digest));
            zip.closeEntry();
            files.add(new HomeFile(name, modified, HexFormat.of().formatHex(digest.digest())));
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private List<Path> contents(boolean withSecret) throws IOException {
        try (Stream<Path> all = Files.walk(home.folder())) {
            return all.filter(path -> !path.equals(home.folder()))
                    .filter(path -> !LEFT_OUT.contains(
                            home.folder().relativize(path).getName(0).toString()))
                    .filter(path -> withSecret || !path.equals(home.folder().resolve(SECRET)))
                    .filter(path -> Files.isDirectory(path) || Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }

    /** Definitions that lie elsewhere, without exports that lie beside them. */
    private static List<Path> definitions(Path jobs) throws IOException {
        if (!Files.isDirectory(jobs)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(jobs)) {
            return all.filter(Files::isRegularFile)
                    .filter(path -> !String.valueOf(path.getParent()).endsWith("inbox"))
                    .sorted()
                    .toList();
        }
    }
}
