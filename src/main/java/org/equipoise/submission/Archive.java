package org.equipoise.submission;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The originals as sites sent them, compressed with Zstandard and named by the SHA-256 of the bytes.
 * The same bytes are kept once. A file is complete or not there at all.
 */
public final class Archive {
    private static final int BUFFER = 1 << 17;

    private final Path folder;
    private final boolean keeps;
    private final Map<String, Path> whereTheyLie = new ConcurrentHashMap<>();

    public Archive(Path folder) {
        this(folder, true);
    }

    private Archive(Path folder, boolean keeps) {
        this.folder = folder;
        this.keeps = keeps;
    }

    /** The same originals; what is stored there is not kept, but read from where it lies. */
    public Archive notKeeping() {
        return new Archive(folder, false);
    }

    /** What was archived. */
    public record Original(String sha256, long size) {}

    /**
     * Reads a file once: its checksum, and its compressed copy in the archive.
     *
     * @throws IOException if the file cannot be read or the archive not written
     */
    public Original store(Path file) throws IOException {
        if (!keeps) {
            MessageDigest digest = sha256();
            long size = copy(file, OutputStream.nullOutputStream(), digest);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            whereTheyLie.put(sha256, file);
            return new Original(sha256, size);
        }
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            MessageDigest digest = sha256();
            long size;
            try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(temporary), 1)) {
                size = copy(file, out, digest);
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path place = place(sha256);
            if (!Files.exists(place)) {
                Files.createDirectories(place.getParent());
                try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Original(sha256, size);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static long copy(Path file, OutputStream out, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                out.write(buffer, 0, count);
                size += count;
            }
        }
        return size;
    }

    /** The bytes as they were sent. */
    public InputStream open(String sha256) throws IOException {
        Path lying = whereTheyLie.get(sha256);
        return lying == null ? new ZstdInputStream(Files.newInputStream(place(sha256))) : Files.newInputStream(lying);
    }

    private Path place(String sha256) {
        return folder.resolve(sha256.substring(0, 2)).resolve(sha256 + ".zst");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
