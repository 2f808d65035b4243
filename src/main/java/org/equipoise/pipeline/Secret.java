package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The installation's secret, with which participant keys are made: a file only its owner may read, in the
 * home, or the one that {@code EQUIPOISE_SECRET_FILE} names when several machines share a database.
 */
public final class Secret {
    private static final int BYTES = 32;

    private Secret() {}

    /** Reads the secret; makes the home's own at first use. */
    public static byte[] load(Home home, Map<String, String> environment) throws IOException {
        Optional<String> named = Optional.ofNullable(environment.get("EQUIPOISE_SECRET_FILE"));
        Path file = named.map(Path::of).orElseGet(home::secret);
        if (named.isEmpty() && !Files.exists(file)) {
            create(file);
        }
        return HexFormat.of()
                .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path complete = Files.createTempFile(file.getParent(), "secret", ".tmp", ownerOnly());
        Files.writeString(complete, HexFormat.of().formatHex(secret), StandardCharsets.US_ASCII);
        try {
            Files.createLink(file, complete);
        } catch (FileAlreadyExistsException e) {
            // another command was faster; its secret is the one
        } finally {
            Files.deleteIfExists(complete);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
