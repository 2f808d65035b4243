package org.equipoise.pipeline.internal;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.equipoise.pipeline.Backup;

/**
 * What a backup holds; its last member, {@code manifest.json}.
 *
 * @param format of the file; a program reads its own and older ones
 * @param madeAt ISO 8601
 * @param serverVersion of the PostgreSQL that the tables were read from
 * @param migrations versions that had been applied, in order
 * @param folders of the home, also those without files
 */
record BackupManifest(
        int format,
        String programVersion,
        String madeAt,
        String serverVersion,
        List<String> migrations,
        boolean hasSecret,
        List<Backup.Latest> snapshots,
        List<Table> tables,
        List<Sequence> sequences,
        List<String> folders,
        List<HomeFile> files) {

    static final int FORMAT = 1;
    static final String MEMBER = "manifest.json";

    /**
     * A table, as PostgreSQL's binary COPY writes it.
     *
     * @param name with schema, quoted where SQL asks for it
     */
    record Table(String name, List<String> columns, long rows, String sha256) {
        String member() {
            return "tables/" + name.replace("\"", "");
        }
    }

    /** Where a sequence stood. */
    record Sequence(String name, long value, boolean called) {}

    /**
     * A file of the home.
     *
     * @param path from the home, with slashes
     * @param modified ISO 8601, as exact as the file system told it
     */
    record HomeFile(String path, String modified, String sha256) {
        String member() {
            return "home/" + path;
        }
    }

    Backup summary(Path file, long bytes, String sha256) {
        return new Backup(
                file,
                Instant.parse(madeAt),
                programVersion,
                hasSecret,
                snapshots,
                tables.stream().mapToLong(Table::rows).sum(),
                files.stream().filter(one -> one.path().startsWith("archive/")).count(),
                bytes,
                sha256);
    }
}
