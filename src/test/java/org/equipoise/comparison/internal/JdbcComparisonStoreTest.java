package org.equipoise.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.equipoise.comparison.AnalysisSet;
import org.equipoise.comparison.Comparer;
import org.equipoise.comparison.ComparisonPlan;
import org.equipoise.comparison.ComparisonStore.Computation;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.Estimate;
import org.equipoise.comparison.FittedModel;
import org.equipoise.comparison.FittedModel.Baselines;
import org.equipoise.comparison.FittedModel.Climb;
import org.equipoise.comparison.FittedModel.Fitted;
import org.equipoise.comparison.FittedModel.Likelihood;
import org.equipoise.comparison.FittedModel.People;
import org.equipoise.comparison.RepeatedAnswer;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.comparison.TestStudy;
import org.equipoise.database.DatabaseSettings;
import org.equipoise.database.Lease;
import org.equipoise.definition.Study;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Timeout(120)
class JdbcComparisonStoreTest {
    private static final Study STUDY = TestStudy.completed();
    private static final Computation RUN_5 = Computation.ofNight(5, 1, STUDY.code(), "deed", "0.1.0");

    @TempDir
    private static Path temporary;

    private static Lease lease;
    private static SingleConnectionDataSource source;
    private static JdbcTemplate template;
    private static JdbcComparisonStore store;

    @BeforeAll
    static void open() throws IOException, SQLException {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx--x--x"));
        lease = DatabaseSettings.resolve(Files.createDirectories(temporary.resolve("home")), Map.of())
                .lease();
        source = new SingleConnectionDataSource(lease.owner().connect(), true);
        template = new JdbcTemplate(source);
        for (String migration : List.of(
                "V0004__create_warehouse.sql",
                "V0005__create_comparison.sql",
                "V0014__add_models.sql",
                "V0017__add_looks.sql",
                "V0028__tell_retrospective_results.sql")) {
            template.execute(Files.readString(Path.of("db/migration", migration), StandardCharsets.UTF_8));
        }
        template.update("insert into warehouse.snapshot (run_id, study_code, definition_hash, program_version, status)"
                + " values (5, 'small', 'deed', '0.1.0', 'published')");
        store = new JdbcComparisonStore(
                template,
                JdbcClient.create(template),
                Clock.fixed(Instant.parse("2026-11-02T01:30:00Z"), ZoneOffset.UTC));
    }

    @AfterAll
    static void close() {
        source.destroy();
        lease.close();
    }

    @BeforeEach
    void empty() {
        template.update("delete from comparison.estimate");
        template.update("delete from comparison.result");
        template.update("delete from comparison.model");
    }

    private static List<Estimate> estimates() {
        List<OutcomeRow> rows = new ArrayList<>();
        double[][] people = {{20, 9}, {22, 12}, {18, 10}, {25, 14}, {21, 15}, {24, 19}, {19, 16}, {23, 20}};
        for (int i = 0; i < people.length; i++) {
            @Nullable Double[] values = {people[i][0], people[i][1]};
            rows.add(new OutcomeRow(
                    "lindholm",
                    i < 4 ? "MBT" : "TAU",
                    "{\"sex\": \"f\"}",
                    values,
                    new String[2],
                    new Short[2],
                    new Double[2],
                    null,
                    null,
                    new Integer[2]));
        }
        AnalysisSet set = AnalysisSet.of(STUDY, STUDY.outcomes().get(0), rows);
        Comparer comparer = new Comparer(STUDY);
        return ComparisonPlan.of(STUDY, Map.of("lindholm", true)).questions().stream()
                .flatMap(question -> comparer.compare(question, set).stream())
                .toList();
    }

    private static Result stored(Computation computation) {
        store.write(List.of(store.encode(computation, estimates())));
        return store.complete(computation);
    }

    @Test
    void storesEveryEstimateAsItIs() {
        Result result = stored(RUN_5);

        List<Estimate> estimates = estimates();
        assertThat(result.estimates()).isEqualTo(estimates.size());
        assertThat(JdbcClient.create(template)
                        .sql("""
                                select outcome_code, interval_code, period_code, site_code, arm_code, population, tier, method, variant,
                                       quantity, at_value, variable, estimate, std_error, df, statistic, p_value, ci_low, ci_high,
                                       ci_level, n_treatment, n_control, options::text, reason
                                from comparison.estimate
                                """)
                        .query((row, number) -> new Estimate(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                row.getString(9),
                                row.getString(10),
                                row.getObject(11, Double.class),
                                row.getString(12),
                                row.getObject(13, Double.class),
                                row.getObject(14, Double.class),
                                row.getObject(15, Double.class),
                                row.getObject(16, Double.class),
                                row.getObject(17, Double.class),
                                row.getObject(18, Double.class),
                                row.getObject(19, Double.class),
                                row.getObject(20, Double.class),
                                row.getObject(21, Integer.class),
                                row.getObject(22, Integer.class),
                                row.getString(23),
                                row.getString(24)))
                        .list())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("options")
                .containsExactlyInAnyOrderElementsOf(estimates);
    }

    @Test
    void findsCompleteResultsOfTheSameInputOnly() {
        store.write(List.of(store.encode(RUN_5, estimates())));
        assertThat(store.findResult(1, "deed", "0.1.0")).isEmpty();

        Result result = store.complete(RUN_5);

        assertThat(store.findResult(1, "deed", "0.1.0")).contains(result);
        assertThat(store.findResult(2, "deed", "0.1.0")).isEmpty();
        assertThat(store.findResult(1, "other", "0.1.0")).isEmpty();
        assertThat(store.findResult(1, "deed", "0.2.0")).isEmpty();
    }

    @Test
    void latestResultIsCurrent() {
        stored(RUN_5);
        Result later = stored(Computation.ofNight(6, 1, STUDY.code(), "deed", "0.2.0"));

        assertThat(store.findCurrent(STUDY.code())).contains(later);
    }

    @Test
    void discardedRunLeavesNothingAndOthersAlone() {
        Result kept = stored(RUN_5);
        stored(Computation.ofNight(6, 1, STUDY.code(), "deed", "0.2.0"));

        store.discard(6);

        assertThat(template.queryForList("select distinct run_id from comparison.estimate", Long.class))
                .containsExactly(5L);
        assertThat(store.findCurrent(STUDY.code())).contains(kept);
    }

    private static FittedModel model(String site, @Nullable Fitted fitted, @Nullable String reason) {
        return new FittedModel(
                "SEVERITY", site, "mmrm", "planned", "value ~ arm * interval", "reml", "planned", fitted, 0.25, reason);
    }

    private static void storeModels(Computation computation) {
        Fitted fitted = new Fitted(
                "sp_exp",
                "cr2",
                "[{\"structure\": \"us\", \"reason\": \"not_identified\"}]",
                "[\"m6\", \"m12\"]",
                new People(60, 110, 3),
                new Baselines(2, 4.5),
                "[]",
                new Likelihood(2, -418.5, 841.0, 845.2),
                new Climb(6, 1e-11, true),
                "{\"matrix\": [[4, 2], [2, 4]]}",
                "{\"armMBT\": {\"estimate\": -3}}",
                "interim");
        store.write(List.of(store.encode(
                computation,
                new RepeatedAnswer(
                        List.of(), List.of(model("ALL", fitted, null), model("lindholm", null, "too_few_people"))))));
    }

    @Test
    void storesEveryModelAsItIs() {
        storeModels(RUN_5);

        assertThat(template.queryForList("""
                        select concat_ws(' ', site_code, structure, inference, considered -> 0 ->> 'reason', intervals ->> 1,
                                         participants, observations, patterns, baselines_missing, baseline_sd, dropped,
                                         parameters, loglik, aic, bic, iterations, gradient, converged,
                                         covariance -> 'matrix' -> 0 ->> 1, coefficients -> 'armMBT' ->> 'estimate', seconds,
                                         reason, fixed_by)
                        from comparison.model order by site_code
                        """, String.class))
                .containsExactly(
                        "ALL sp_exp cr2 not_identified m12 60 110 3 2 4.5 [] 2 -418.5 841 845.2 6 1e-11 t 2 -3 0.25 interim",
                        "lindholm 0.25 too_few_people");
    }

    @Test
    void discardedRunLeavesNoModels() {
        storeModels(RUN_5);
        storeModels(Computation.ofNight(6, 1, STUDY.code(), "deed", "0.2.0"));

        store.discard(6);

        assertThat(template.queryForList("select distinct run_id from comparison.model", Long.class))
                .containsExactly(5L);
    }

    @Test
    void readsTheRowsAskedForWithWhatAPageTellsOfThem() {
        Result result = stored(RUN_5);
        stored(Computation.ofNight(6, 1, STUDY.code(), "deed", "0.2.0"));

        List<StoredEstimate> rows = store.read(result, List.of("ancova/contrast", "descriptives/n"));

        assertThat(rows)
                .extracting(row ->
                        row.when() + " " + row.method() + " " + row.variant() + " " + row.quantity() + " " + row.arm())
                .contains(
                        "m12 ancova baseline contrast ",
                        "m12 descriptives value n MBT",
                        "baseline descriptives value n TAU");
        assertThat(rows).extracting(StoredEstimate::quantity).containsOnly("contrast", "n");
        assertThat(rows)
                .filteredOn(row -> row.variant().equals("baseline"))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.hasInterval()).isTrue();
                    assertThat(row.p()).isBetween(0.0, 0.05);
                    assertThat(row.reason()).isNull();
                });
    }
}
