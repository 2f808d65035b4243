package org.equipoise.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies where in {@code <home>/database}, and writing there so that a kill leaves the old file or the new one.
 *
 * @param base {@code <home>/database}, absolute and without symbolic links
 */
record ServerFiles(Path base) {

    Path data() {
        return base.resolve("data");
    }

    Path record() {
        return base.resolve("server.properties");
    }

    Path readerPasswords() {
        return base.resolve("reader.pgpass");
    }

    Path log() {
        return base.resolve("log").resolve("server.log");
    }

    /** Held alone while something is initialised, started or stopped. */
    Path lock() {
        return base.resolve("lock");
    }

    /** Held shared by every JVM with a lease. */
    Path inUse() {
        return base.resolve("in-use");
    }

    /** Present from {@code database start} to {@code database stop}. */
    Path kept() {
        return base.resolve("kept-running");
    }

    boolean initialised() {
        return Files.exists(data().resolve("PG_VERSION"));
    }

    /** Others may pass through (a server with its own uid must reach its data), but not list. */
    void createBase() {
        try {
            Files.createDirectories(base);
            permit(base, Platform.isRoot() ? "rwx--x--x" : "rwx------");
            Path logs = parent(log());
            Files.createDirectories(logs);
            permit(logs, "rwx------");
            ownLikeParent(logs);
        } catch (IOException e) {
            throw unwritable(base, e);
        }
    }

    static DatabaseProblem unwritable(Path path, IOException e) {
        return new DatabaseProblem(
                "DB-010",
                "Cannot write the database's directory " + path + ": " + PlainWords.sentence(e),
                "Use the account that owns it, or another --home.",
                e);
    }

    /** Replaces a file that only its owner may read. */
    static void writeSecret(Path file, String text) throws IOException {
        Path parent = parent(file);
        Path temporary = Files.createTempFile(parent, file.getFileName().toString(), ".new");
        try {
            permit(temporary, "rw-------");
            Files.writeString(temporary, text, StandardCharsets.UTF_8);
            ownLikeParent(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Root working in someone's home leaves nothing there that its owner cannot use afterwards. */
    static void ownLikeParent(Path path) throws IOException {
        if (Platform.isRoot()) {
            Path parent = parent(path);
            own(path, Platform.ownerOf(parent), (int) Files.getAttribute(parent, "unix:gid"));
        }
    }

    static void own(Path path, int uid, int gid) throws IOException {
        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    static void permit(Path path, String permissions) throws IOException {
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        if (!Files.getPosixFilePermissions(path).equals(wanted)) {
            Files.setPosixFilePermissions(path, wanted);
        }
    }

    static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    /** Removes what is left of an interrupted attempt; what cannot be removed now is removed next time. */
    static void deleteTree(Path root) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException leftForNextTime) {
            // An orphaned initdb may still be writing here: it is in nobody's way.
        }
    }

    /** Deletes the directories in {@code parent} whose name begins so; the caller holds the lock under which they are made. */
    static void deleteLeftovers(Path parent, String prefix) throws IOException {
        try (var leftovers = Files.newDirectoryStream(parent, prefix + "*")) {
            leftovers.forEach(ServerFiles::deleteTree);
        }
    }
}
