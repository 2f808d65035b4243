package org.equipoise.pipeline.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.Lease;
import org.equipoise.pipeline.Backup;
import org.equipoise.pipeline.Home;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.pipeline.internal.BackupManifest.HomeFile;
import org.equipoise.pipeline.internal.BackupManifest.Sequence;
import org.equipoise.pipeline.internal.BackupManifest.Table;
import org.springframework.util.FileSystemUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a home out of a backup: beside its place, then by one rename. The database is filled in one transaction, so that a
 * restore that is killed leaves no half of it; one that somebody else runs may keep empty tables.
 */
public final class HomeRestore {
    private static final int FAILED = 1;
    private static final int BUSY = 5;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Home home;
    private final Map<String, String> environment;

    public HomeRestore(Home home, Map<String, String> environment) {
        this.home = home;
        this.environment = environment;
    }

    /** Checks the whole file, then fills; see {@link org.equipoise.pipeline.Backups#restore}. */
    public Backup restore(Path file) {
        try (ZipFile zip = open(file)) {
            BackupManifest manifest = manifest(zip, file);
            requireSound(zip, manifest, file);
            requireEmpty(home.folder());
            restore(zip, manifest);
            return manifest.summary(file, Files.size(file), Digests.sha256(file));
        } catch (IOException e) {
            throw new RunRefused(
                    FAILED,
                    "The home " + home.folder() + " cannot be made: " + e.getMessage()
                            + ". Mend that and restore again; nothing of it was left.");
        }
    }

    private static ZipFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new RunRefused(FAILED, file + " is not a file. Name one that backup has written.");
        }
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw damaged(file, "its end is missing or it is no backup");
        }
    }

    private static RunRefused damaged(Path file, String what) {
        return new RunRefused(
                FAILED, file + " is damaged: " + what + ". Take another copy of it; nothing was changed.");
    }

    private static BackupManifest manifest(ZipFile zip, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(BackupManifest.MEMBER);
        if (entry == null) {
            throw damaged(file, "it has no " + BackupManifest.MEMBER);
        }
        BackupManifest manifest;
        try (InputStream in = zip.getInputStream(entry)) {
            manifest = JSON.readValue(in, BackupManifest.class);
        } catch (JacksonException | ZipException e) {
            throw damaged(file, BackupManifest.MEMBER + " cannot be read");
        }
        if (manifest.format() > BackupManifest.FORMAT) {
            throw later(file, manifest);
        }
        return manifest;
    }

    private static RunRefused later(Path file, BackupManifest manifest) {
        return new RunRefused(
                FAILED,
                file + " was made by version " + manifest.programVersion()
                        + ", which knows tables that this version does not. Restore it with that version or a later one;"
                        + " nothing was changed.");
    }

    /** Every member, before anything is written. */
    private static void requireSound(ZipFile zip, BackupManifest manifest, Path file) throws IOException {
        for (Table table : manifest.tables()) {
            requireSound(zip, table.member(), table.sha256(), file);
        }
        for (HomeFile one : manifest.files()) {
            requireSound(zip, one.member(), one.sha256(), file);
        }
    }

    private static void requireSound(ZipFile zip, String member, String sha256, Path file) throws IOException {
        ZipEntry entry = zip.getEntry(member);
        if (entry == null) {
            throw damaged(file, member + " is missing");
        }
        MessageDigest digest = Digests.sha256();
        try (InputStream in = new DigestInputStream(zip.getInputStream(entry), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException | EOFException e) {
            throw damaged(file, member + " cannot be read");
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
            throw damaged(file, member + " is not as it was written");
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> contents = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
            if (contents.findAny().isPresent()) {
                throw new RunRefused(
                        FAILED,
                        folder + " is not empty. Name a home that is not there yet with --home; nothing was changed.");
            }
        }
    }

    private void restore(ZipFile zip, BackupManifest manifest) throws IOException {
        Path parent = home.folder().getParent();
        String name = "." + home.folder().getFileName() + ".restoring";
        Files.createDirectories(parent);
        Path lockFile = parent.resolve(name + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new RunRefused(
                        BUSY, "Another restore into " + home.folder() + " is at work. Wait for it to end.");
            }
            Path half = parent.resolve(name);
            removeLeftover(half);
            try {
                Files.createDirectory(half);
                fillFolder(zip, manifest, half);
                fillDatabase(zip, manifest, half);
                Files.move(half, home.folder(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                removeLeftover(half);
                Files.deleteIfExists(lockFile);
            }
        }
    }

    /** Of a restore that was killed a server may still run. */
    private static void removeLeftover(Path half) throws IOException {
        if (Files.exists(half)) {
            if (DatabaseSettings.resolve(half, Map.of()) instanceof DatabaseSettings.Embedded embedded) {
                embedded.server().stop(true);
            }
            FileSystemUtils.deleteRecursively(half);
        }
    }

    private static void fillFolder(ZipFile zip, BackupManifest manifest, Path half) throws IOException {
        for (String folder : manifest.folders()) {
            Files.createDirectories(inside(half, folder));
        }
        for (HomeFile one : manifest.files()) {
            Path file = inside(half, one.path());
            Files.createDirectories(file.getParent());
            if (one.path().equals(BackupWriter.SECRET)) {
                Files.createFile(file, BackupWriter.ownerOnly());
            }
            try (InputStream in = zip.getInputStream(zip.getEntry(one.member()));
                    OutputStream out = Files.newOutputStream(file)) {
                in.transferTo(out);
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse(one.modified())));
        }
    }

    private static Path inside(Path half, String path) {
        Path inside = half.resolve(path).normalize();
        if (!inside.startsWith(half)) {
            throw new RunRefused(
                    FAILED, "The backup names a file outside the home, " + path + ". It was not made by backup.");
        }
        return inside;
    }

    private void fillDatabase(ZipFile zip, BackupManifest manifest, Path half) throws IOException {
        DatabaseSettings settings =
                DatabaseSettings.resolve(home.folder(), environment) instanceof DatabaseSettings.External external
                        ? external
                        : DatabaseSettings.resolve(half, environment);
        try (Lease lease = settings.lease();
                Connection connection = lease.owner().connect()) {
            StoredTables tables = new StoredTables(connection);
            requireEmpty(tables, lease.owner());
            Migrations migrations = new Migrations(lease.owner());
            Migrations.createRoles(connection);
            String last = manifest.migrations().get(manifest.migrations().size() - 1);
            migrations.applyTablesUpTo(last);
            if (!tables.migrations().equals(manifest.migrations())) {
                throw new RunRefused(
                        FAILED,
                        "The backup was made by version " + manifest.programVersion()
                                + ", whose tables this version cannot make, or the database has later ones. Restore it with"
                                + " that version into an empty database; nothing was changed.");
            }
            connection.setAutoCommit(false);
            tables.empty();
            for (Table table : manifest.tables()) {
                load(zip, table, tables);
            }
            for (Sequence sequence : manifest.sequences()) {
                tables.set(sequence);
            }
            List<Backup.Latest> latest = tables.latest();
            if (!latest.equals(manifest.snapshots())) {
                throw new RunRefused(
                        FAILED,
                        "What was read is not what was written: the content hashes differ. Nothing was changed; take"
                                + " another copy of the backup.");
            }
            connection.commit();
            connection.setAutoCommit(true);
            migrations.apply(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("The database could not be filled, state " + e.getSQLState(), e);
        }
    }

    private static void requireEmpty(StoredTables tables, DatabaseAddress database) throws SQLException {
        if (tables.hasRows()) {
            throw new RunRefused(
                    FAILED,
                    "The database " + database.libpqUrl() + " is not empty. Name an empty one; nothing was changed.");
        }
    }

    private static void load(ZipFile zip, Table table, StoredTables tables) throws SQLException, IOException {
        try (InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(table.member())))) {
            long rows = tables.copyIn(table.name(), table.columns(), in);
            if (rows != table.rows()) {
                throw new RunRefused(
                        FAILED,
                        "Of the " + table.rows() + " rows of " + table.name() + " the database took " + rows
                                + ". Nothing was changed.");
            }
        }
    }
}
