package org.equipoise.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** A home in a temporary directory that the server's own uid may pass through. */
final class TestHome {
    private TestHome() {}

    static Path in(Path temporary) throws IOException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        return Files.createDirectories(temporary.resolve("home"));
    }

    static EmbeddedPostgres server(Path home) {
        return ((DatabaseSettings.Embedded) DatabaseSettings.resolve(home, Map.of())).server();
    }
}
