package org.equipoise.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * {@code equipoise.conf} in the data directory, written anew before each start and included by
 * {@code postgresql.conf}. {@code alter system} overrides it.
 */
final class ServerConfiguration {
    private static final String FILE = "equipoise.conf";
    private static final long MEGABYTE = 1024 * 1024;

    private ServerConfiguration() {}

    static void include(Path data) throws IOException {
        Path main = data.resolve("postgresql.conf");
        String text = Files.readString(main, StandardCharsets.UTF_8);
        Files.writeString(main, text + "\ninclude_if_exists = '" + FILE + "'\n", StandardCharsets.UTF_8);
    }

    static void write(Path data, int port) throws IOException {
        Path file = data.resolve(FILE);
        String wanted = text(port, Platform.memoryBytes(), Platform.sharedMemoryBytes());
        if (!Files.exists(file)
                || !Files.readString(file, StandardCharsets.UTF_8).equals(wanted)) {
            ServerFiles.writeSecret(file, wanted);
        }
    }

    /** An eighth of a small machine's memory, 256 MB of any other: the loads stream and gain nothing from more. */
    static long sharedBuffersMegabytes(long memoryBytes) {
        return memoryBytes <= 0 ? 256 : Math.max(16, Math.min(256, memoryBytes / 8 / MEGABYTE));
    }

    /** A 256th of the machine's memory, since a query may take it several times: 4 to 128 MB. */
    static long workMegabytes(long memoryBytes) {
        return Math.max(4, Math.min(128, memoryBytes / 256 / MEGABYTE));
    }

    static String text(int port, long memoryBytes, long sharedMemoryBytes) {
        return String.format(
                Locale.ROOT,
                """
                # Written by equipoise before each start; "alter system" overrides it.
                port = %s
                # This machine only. No socket files: Java cannot use them, and their directory may be too deep.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                # One command's pool, a portal, a few analysts; each further slot costs memory.
                max_connections = 40
                # Loads stream through; what the analyses read again fits.
                shared_buffers = %sMB
                # What a night has staged is sorted by participant in memory where there is room for it.
                work_mem = '%sMB'
                dynamic_shared_memory_type = '%s'
                # A load writes up to this much before it is made to wait for a checkpoint.
                max_wal_size = '2GB'
                # No standby reads this log, so COPY into a table made in the same transaction need not fill it.
                wal_level = 'minimal'
                max_wal_senders = 0
                # What a night has committed survives a power cut.
                fsync = on
                full_page_writes = on
                synchronous_commit = on
                # A killed command's query ends within seconds and gives its locks back.
                client_connection_check_interval = '2s'
                # Errors go to the command that caused them. Here they could quote a participant's values.
                log_min_messages = 'log'
                log_min_error_statement = 'panic'
                log_error_verbosity = 'terse'
                log_checkpoints = off
                log_line_prefix = '%%m [%%p] '
                log_timezone = 'UTC'
                timezone = 'UTC'
                lc_messages = 'C'
                """,
                Integer.toString(port),
                Long.toString(sharedBuffersMegabytes(memoryBytes)),
                Long.toString(workMegabytes(memoryBytes)),
                sharedMemoryBytes < 256 * MEGABYTE ? "mmap" : "posix");
    }
}
