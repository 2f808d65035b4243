package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The worked queries run with an analyst's rights over the samples, and the database explains its every column. */
class WorkedQueriesTest {
    private static final Path QUERIES = Path.of("db/query");

    @TempDir
    private static Path folder;

    private static final JsonMapper JSON = new JsonMapper();

    private static DatabaseAddress database;
    private static TestNight night;

    @BeforeAll
    static void runTheSamples() throws IOException {
        database = TestDatabase.fresh();
        night = new TestNight(folder, Path.of("jobs"), "studies/mbt-tau.yaml", database);
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

    /**
     * A first night's tables have no statistics, and a planner without them may join every row with every other one. So
     * no view of the report may rest on hash or merge joins: the rows that its plan goes through are counted without them, which unlike
     * its time is the same on every machine. The bound is some ten rows for each of a participant's outcomes and intervals.
     */
    @ParameterizedTest
    @ValueSource(strings = {"care_by_site.sql", "harmonization.sql"})
    void theEffortOfTheReportsViewsGrowsWithTheParticipantsWhateverThePlannerKnows(String file) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set enable_hashjoin = off");
            statement.execute("set enable_mergejoin = off");
            try (ResultSet plan = statement.executeQuery(
                    "explain (analyze, timing off, format json) " + Files.readString(QUERIES.resolve(file)))) {
                plan.next();
                int participants = Integer.parseInt(night.query("select count(*) from warehouse.participant")
                        .get(0));
                assertThat(rowsHandled(JSON.readTree(plan.getString(1)).get(0).get("Plan")))
                        .isLessThan(10_000.0 * participants);
            }
        }
    }

    /** Over a node of a plan and those under it: rows it handed on and rows it read in vain. */
    private static double rowsHandled(JsonNode node) {
        double rows = node.path("Actual Rows").asDouble(0)
                + node.path("Rows Removed by Filter").asDouble(0)
                + node.path("Rows Removed by Join Filter").asDouble(0);
        double below = 0;
        for (JsonNode child : node.path("Plans")) {
            below += rowsHandled(child);
        }
        return rows * node.path("Actual Loops").asDouble(0) + below;
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
