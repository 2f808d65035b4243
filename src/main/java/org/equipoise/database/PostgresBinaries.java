package org.equipoise.database;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs, unpacked once from the class path into a cache. The directory appears by one rename when it
 * is whole, so a killed or a simultaneous unpacking is never seen half done.
 *
 * @param root directory holding {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path root) {

    Path postgres() {
        return root.resolve("bin").resolve("postgres");
    }

    Path initdb() {
        return root.resolve("bin").resolve("initdb");
    }

    /** Major version, as {@code PG_VERSION} of a data directory writes it. */
    String majorVersion() {
        try {
            String version = Files.readString(root.resolve("VERSION")).strip();
            return version.replaceFirst("^\\D*(\\d+).*$", "$1");
        } catch (IOException e) {
            throw ServerFiles.unwritable(root, e);
        }
    }

    /**
     * {@code EQUIPOISE_CACHE}, else the user's cache directory. Root's lies in {@code /var/cache}: the server runs
     * under another uid, which cannot look into root's home.
     */
    static Path defaultCache(Path home, Map<String, String> environment) {
        String chosen = environment.getOrDefault("EQUIPOISE_CACHE", "");
        if (!chosen.isBlank()) {
            return Path.of(chosen);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path user = Path.of(System.getProperty("user.home", "?"));
        if (Platform.isRoot()) {
            return Path.of("/var/cache/equipoise");
        } else if (xdg.startsWith("/")) {
            return Path.of(xdg, "equipoise");
        } else if (!user.isAbsolute()) {
            return home.resolve("database").resolve("programs");
        }
        return Platform.isMac() ? user.resolve("Library/Caches/equipoise") : user.resolve(".cache/equipoise");
    }

    /** The programs in the cache, unpacking them if they are not there yet; in {@code spare} if the cache is read-only. */
    static PostgresBinaries in(Path cache, Path spare) {
        URL archive = archive();
        String name = "postgresql-" + fingerprint(archive);
        for (Path place : List.of(cache, spare)) {
            if (Files.isDirectory(place.resolve(name))) {
                return new PostgresBinaries(place.resolve(name));
            }
        }
        Path place = writable(cache) ? cache : spare;
        return FileMutex.holding(place.resolve("unpack.lock"), () -> unpackOnce(archive, place, name));
    }

    private static boolean writable(Path cache) {
        try {
            Files.createDirectories(cache);
            if (Platform.isRoot()) {
                ServerFiles.permit(cache, "rwxr-xr-x");
            }
            return Files.isWritable(cache);
        } catch (IOException e) {
            return false;
        }
    }

    private static URL archive() {
        ClassLoader loader = Objects.requireNonNull(PostgresBinaries.class.getClassLoader());
        for (String name : Platform.binaryResources()) {
            URL url = loader.getResource(name);
            if (url != null) {
                return url;
            }
        }
        throw new DatabaseProblem(
                "DB-012",
                "This program carries no PostgreSQL for " + System.getProperty("os.name") + " on "
                        + System.getProperty("os.arch") + ".",
                "Build it on this kind of machine, or set PGHOST and friends to a PostgreSQL server.");
    }

    /**
     * Size and CRC from the jar's directory: which archive it is, without the tenth of a second that hashing its
     * 15 MB would add to every command.
     */
    private static String fingerprint(URL archive) {
        try {
            URLConnection connection = archive.openConnection();
            if (connection instanceof JarURLConnection jar && jar.getJarEntry() != null) {
                var entry = jar.getJarEntry();
                return Long.toHexString(entry.getSize()) + "-" + Long.toHexString(entry.getCrc());
            }
            return Long.toHexString(connection.getContentLengthLong())
                    + "-"
                    + Long.toHexString(connection.getLastModified());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static PostgresBinaries unpackOnce(URL archive, Path place, String name) {
        Path target = place.resolve(name);
        try {
            if (!Files.isDirectory(target)) {
                ServerFiles.deleteLeftovers(place, "unpack-");
                Path temporary = Files.createTempDirectory(place, "unpack-");
                ServerFiles.permit(temporary, "rwxr-xr-x");
                try (InputStream in = archive.openStream()) {
                    unpack(in, temporary);
                    PostgresBinaries unpacked = new PostgresBinaries(temporary);
                    Files.writeString(temporary.resolve("VERSION"), unpacked.askVersion());
                    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    ServerFiles.deleteTree(temporary);
                }
            }
            return new PostgresBinaries(target);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String askVersion() throws IOException {
        Programs.Result version = Programs.run(List.of(postgres().toString(), "--version"), "");
        if (!version.ok()) {
            throw new DatabaseProblem(
                    "DB-013",
                    "The carried PostgreSQL does not run on this machine: " + version.complaint(),
                    "Set PGHOST and friends to a PostgreSQL server, or put the cache on a file system that may hold"
                            + " programs (EQUIPOISE_CACHE).");
        }
        return version.output();
    }

    private static DatabaseProblem unreadable(IOException e) {
        return new DatabaseProblem(
                "DB-014",
                "Cannot unpack the carried PostgreSQL: " + PlainWords.sentence(e),
                "Make room, or name another place with EQUIPOISE_CACHE, and run the command again.",
                e);
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                unpack(tar, entry, inside(target, target, entry.getName()), target);
                entry = tar.getNextEntry();
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path path, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            ServerFiles.permit(path, "rwxr-xr-x");
            return;
        }
        Path parent = ServerFiles.parent(path);
        Files.createDirectories(parent);
        if (entry.isSymbolicLink()) {
            inside(target, parent, entry.getLinkName());
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            ServerFiles.permit(path, (entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private static Path inside(Path target, Path from, String name) throws IOException {
        Path path = from.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive names a place outside itself: " + name);
        }
        return path;
    }
}
