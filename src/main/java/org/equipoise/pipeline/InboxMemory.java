package org.equipoise.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which files of the inboxes have been answered, by {@code site/file}. Kept in the home, so that a new start does
 * not answer again what a night has answered better since. Losing it costs a check, nothing else.
 */
final class InboxMemory {
    /**
     * A file as it was when answered.
     *
     * @param size in bytes
     * @param modified time of its last change, on the file system's own clock
     * @param waits whether no night has begun since
     */
    record Answered(long size, Instant modified, boolean waits) {
        Answered taken() {
            return new Answered(size, modified, false);
        }
    }

    private static final TypeReference<TreeMap<String, Answered>> SHAPE = new TypeReference<>() {};

    private final Path file;
    private final Map<String, Answered> answered;

    /** What an earlier process has left; nothing when it cannot be read. */
    InboxMemory(Path file) throws IOException {
        this.file = file;
        answered = read(file);
    }

    private static Map<String, Answered> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new TreeMap<>();
        }
        try {
            return JsonMapper.shared().readValue(Files.readString(file, StandardCharsets.UTF_8), SHAPE);
        } catch (JacksonException e) {
            return new TreeMap<>();
        }
    }

    Map<String, Answered> answered() {
        return answered;
    }

    void save() throws IOException {
        Files.createDirectories(file.getParent());
        Path half = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(half, JsonMapper.shared().writeValueAsString(answered), StandardCharsets.UTF_8);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
