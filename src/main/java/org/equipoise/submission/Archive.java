package org.equipoise.submission;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
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
        Content content = out -> {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] buffer = new byte[BUFFER];
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    out.write(buffer, 0, count);
                }
            }
        };
        if (!keeps) {
            Counting counting = new Counting(OutputStream.nullOutputStream(), sha256());
            content.write(counting);
            String sha256 = HexFormat.of().formatHex(counting.digest.digest());
            whereTheyLie.put(sha256, file);
            return new Original(sha256, counting.size);
        }
        return store(content);
    }

    /** Content as it is made. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Keeps content that was no file before.
     *
     * @throws IOException if it cannot be made or the archive not written
     */
    public Original store(Content content) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempFile(folder, "incoming-", ".tmp");
        try {
            Counting counting;
            try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(temporary), 1)) {
                counting = new Counting(out, sha256());
                content.write(counting);
            }
            String sha256 = HexFormat.of().formatHex(counting.digest.digest());
            Path place = place(sha256);
            if (!Files.exists(place)) {
                Files.createDirectories(place.getParent());
                try (FileChannel written = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            }
            return new Original(sha256, counting.size);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Tells size and checksum of what goes through it. */
    private static final class Counting extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest;
        private long size;

        Counting(OutputStream out, MessageDigest digest) {
            this.out = out;
            this.digest = digest;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            digest.update(bytes, from, count);
            out.write(bytes, from, count);
            size += count;
        }
    }

    /**
     * A submission as it was sent; rows of people who withdrew consent are blank.
     *
     * @throws IOException if nothing of it is kept any more, or it cannot be read
     */
    public InputStream open(Submission submission) throws IOException {
        String kept = submission.archiveSha256();
        if (kept == null) {
            throw new NoSuchFileException("Nothing of submission " + submission.id() + " is kept");
        }
        return open(kept);
    }

    /** Whether anything of a submission is there. */
    public boolean holds(Submission submission) {
        String kept = submission.archiveSha256();
        return kept != null && Files.exists(place(kept));
    }

    /** Removes a content, if it is there. */
    public void remove(String sha256) throws IOException {
        Files.deleteIfExists(place(sha256));
    }

    /** Removes what was half written when a process was killed, and has not been touched since some moment. */
    public void removeLeftovers(Instant since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "incoming-*.tmp")) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(since)) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    private InputStream open(String sha256) throws IOException {
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
