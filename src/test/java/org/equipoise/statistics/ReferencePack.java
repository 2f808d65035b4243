package org.equipoise.statistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One folder of reference results: a data set and the numbers that R gives for it. */
record ReferencePack(Path folder, JsonNode expected) {

    static ReferencePack read(Path folder) {
        return new ReferencePack(
                folder,
                JsonMapper.builder()
                        .build()
                        .readTree(folder.resolve("expected.json").toFile()));
    }

    List<JsonNode> records() {
        List<JsonNode> records = new ArrayList<>();
        expected.get("results").forEach(records::add);
        return records;
    }

    String treatment() {
        return expected.get("treatment").asString();
    }

    String control() {
        return expected.get("control").asString();
    }

    Table table(String file) {
        try (var reader = Files.newBufferedReader(folder.resolve(file), StandardCharsets.UTF_8)) {
            return Table.read(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("reference table " + file, e);
        }
    }
}
