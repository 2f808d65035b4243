package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The worked queries run with an analyst's rights over the samples, and the database explains its every column. */
class WorkedQueriesTest {
    private static final Path QUERIES = Path.of("db/query");

    @TempDir
    private static Path folder;

    private static TestNight night;

    @BeforeAll
    static void runTheSamples() throws IOException {
        night = new TestNight(folder, Path.of("jobs"), "studies/mbt-tau.yaml", TestDatabase.fresh());
        for (String site : List.of("northgate", "lindholm")) {
            try (Stream<Path> files = Files.list(Path.of("jobs/sites", site, "inbox"))) {
                for (Path file : files.toList()) {
                    night.put(site, file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        night.run();
    }

    @AfterAll
    static void close() {
        night.close();
    }

    static List<Path> queries() throws IOException {
        try (Stream<Path> files = Files.list(QUERIES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aWorkedQueryTellsItsGrainAndFindsRows(Path file) throws IOException {
        String query = Files.readString(file);
        assertThat(query).startsWith("-- Grain: one row per ");
        assertThat(night.queryAs("equipoise_analyst", query)).isNotEmpty();
    }

    @Test
    void everyRowThatCameInIsConserved() throws IOException {
        assertThat(night.queryAs("equipoise_analyst", Files.readString(QUERIES.resolve("conservation.sql"))))
                .hasSize(3)
                .allMatch(row -> row.endsWith("|t"));
    }

    @Test
    void everyRelationAndColumnHasAComment() throws IOException {
        List<String> dictionary = night.query(Files.readString(QUERIES.resolve("dictionary.sql")));
        assertThat(dictionary).hasSizeGreaterThan(100);
        Files.write(Path.of("target/dictionary.txt"), dictionary, StandardCharsets.UTF_8); // for whoever wants to look
        assertThat(dictionary.stream().filter(row -> row.endsWith("|null"))).isEmpty();
        assertThat(night.query("select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid ="
                        + " c.relnamespace where c.relkind in ('r', 'p', 'v', 'm') and n.nspname in ('submission',"
                        + " 'staging', 'identity', 'warehouse', 'comparison', 'adam', 'batch') and obj_description(c.oid)"
                        + " is null and c.relname not like 'batch\\_%'"))
                .isEmpty();
    }
}
