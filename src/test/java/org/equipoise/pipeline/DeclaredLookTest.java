package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Random;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study that is ongoing: nothing by arm between its looks, and what a look found for the monitoring board alone. */
class DeclaredLookTest {
    private static final String LOOKS = """
            looks:
              planned:
                - name: interim
                  cut_off: 2021-06-30
                  information: 0.5
                  after: {days: 30}
                  outcomes: [{outcome: FUNC_GAF, intervals: [m12]}]
                - name: final
                  cut_off: 2999-06-30
                  information: 1
                  outcomes: [{outcome: FUNC_GAF, intervals: [m12]}]
            """;
    private static final String BY_ARM = "select count(*) from comparison.estimate where arm_code is not null";
    private static final String OF_THE_LOOK = "select count(*) > 0, bool_and(look_code = 'interim' and closed),"
            + " bool_or(arm_code is not null), bool_or(p_value is not null) from comparison.estimate"
            + " where look_code is not null";
    private static final String TAKEN = "select look_code, cut_off, snapshot_id, jsonb_array_length(structures) > 0,"
            + " structures -> 0 ->> 'structure' from comparison.look order by 1";

    @TempDir
    private Path folder;

    private static void declare(TestNight night, String conduct, String looks) {
        Path study = night.jobs().resolve("studies/mini.yaml");
        try {
            String before = Files.readString(study);
            int end = before.indexOf("looks:");
            Files.writeString(
                    study,
                    (end < 0 ? before : before.substring(0, end)).replaceFirst("conduct: \\w+", "conduct: " + conduct)
                            + looks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        night.restart();
    }

    /** Forty people, seen at 6 and at 12 months; the last ten after the cut-off. */
    private static String people() {
        Random random = new Random(1);
        StringBuilder rows = new StringBuilder(TestNight.HEADER);
        for (int i = 0; i < 40; i++) {
            LocalDate zero = i < 30 ? LocalDate.of(2020, 1, 1).plusDays(i) : LocalDate.of(2021, 1, i - 29);
            for (int month : new int[] {0, 6, 12}) {
                rows.append(String.format(
                        Locale.ROOT,
                        "p%02d,%s,%s,%s,%s,%d%n",
                        i,
                        month == 0 ? "b" : month == 6 ? "six" : "twelve",
                        i % 2 == 0 ? "MBT" : "TAU",
                        zero,
                        zero.plusMonths(month),
                        45 + random.nextInt(20)));
            }
        }
        return rows.toString();
    }

    private TestNight ongoing() {
        TestNight night = new TestNight(folder);
        declare(night, "ongoing", "");
        night.put("alpha", "alpha_2022-06-30.csv", people());
        return night;
    }

    @Test
    void nothingIsFoundByArmBeforeALookAndAnalystsSeeNobodysArm() {
        String arms = "select count(*), count(arm_code) from ";
        try (TestNight night = ongoing()) {
            night.run();

            assertThat(night.query(BY_ARM)).containsExactly("0");
            assertThat(night.query("select estimate from comparison.current_estimate where site_code = 'ALL'"
                            + " and interval_code = 'm12' and method = 'pooled_arms' and quantity = 'n'"))
                    .containsExactly("40");
            assertThat(night.query("select count(*) from comparison.model where structure is not null"))
                    .containsExactly("0");
            for (String view : new String[] {"warehouse.allocation", "warehouse.outcome_value"}) {
                assertThat(night.queryAs("equipoise_analyst", arms + view)).allMatch(row -> row.endsWith("|0"));
                assertThat(night.queryAs("equipoise_dsmb", arms + view)).noneMatch(row -> row.endsWith("|0"));
            }
            declare(night, "completed", "");
            night.publish();
            assertThat(night.queryAs("equipoise_analyst", arms + "warehouse.allocation"))
                    .containsExactly("40|40");
        }
    }

    @Test
    void lookIsTakenOnceFromWhatLiesBeforeItsCutOffAndIsForTheBoardAlone() {
        try (TestNight night = ongoing()) {
            declare(night, "ongoing", LOOKS);
            NightSummary summary = night.run();

            assertThat(night.queryAs("equipoise_dsmb", OF_THE_LOOK)).containsExactly("t|t|t|t");
            assertThat(night.queryAs("equipoise_analyst", OF_THE_LOOK)).containsExactly("f|null|null|null");
            assertThat(night.queryAs("equipoise_analyst", BY_ARM)).containsExactly("0");
            assertThat(night.queryAs("equipoise_analyst", "select count(*) from comparison.look_estimate"))
                    .containsExactly("0");
            assertThat(night.queryAs(
                            "equipoise_analyst", "select count(*) from comparison.model where look_code is not null"))
                    .containsExactly("0");
            assertThat(summary.report().orElseThrow()).content().doesNotContain("interim");
            assertThat(night.query("select n_treatment, n_control, options ->> 'nominal_alpha' from"
                            + " comparison.look_estimate where method = 'welch_t' and variant = 'value'"))
                    .singleElement()
                    .asString()
                    .startsWith("15|15|0.00305");
            String taken = "interim|2021-06-30|" + summary.snapshotId() + "|t|us";
            assertThat(night.query(TAKEN)).containsExactly(taken);
            night.put(
                    "alpha",
                    "alpha_2022-07-01.csv",
                    people().replace("2020-01-01,2020-01-01", "2020-01-01,2019-12-31"));
            night.run();
            assertThat(night.query(TAKEN)).containsExactly(taken);
        }
    }

    @Test
    void laterFitsUseTheCovarianceOfTheLook() {
        try (TestNight night = ongoing()) {
            declare(night, "ongoing", LOOKS);
            night.run();
            night.execute("update comparison.look set structures = jsonb_set(structures, '{0,structure}', '\"cs\"')");
            declare(night, "completed", LOOKS);
            night.run();

            assertThat(night.query("select structure, fixed_by from comparison.current_model where site_code = 'ALL'"))
                    .containsExactly("cs|interim");
            assertThat(night.query("select fixed_by is null from comparison.current_model where site_code = 'alpha'"))
                    .containsExactly("t");
        }
    }

    /** Its look is asked again, of that day's people, and fixes nothing yet: as in the night that took it. */
    @Test
    void aFrozenNightIsComputedAgainWithTheLookThatItTook() {
        try (TestNight night = ongoing()) {
            declare(night, "ongoing", LOOKS);
            NightSummary taken = night.run();
            night.context().getBean(Freezing.class).freeze("interim", null);
            night.execute("update comparison.look set structures = jsonb_set(structures, '{0,structure}', '\"cs\"')");
            String looks = night.query("select l::text from comparison.look l").toString();

            Compared compared = night.context().getBean(Comparing.class).compareFrozen("interim", false, Progress.NONE);

            String bits = ComparedAnewTest.BITS;
            assertThat(night.query(bits.formatted(compared.result().runId())))
                    .isEqualTo(night.query(bits.formatted(taken.runId())))
                    .anyMatch(row -> row.endsWith("|interim|t"));
            assertThat(night.query("select l::text from comparison.look l")).hasToString(looks);
        }
    }

    @Test
    void takenLookCannotBeDeclaredAnew() {
        try (TestNight night = ongoing()) {
            declare(night, "ongoing", LOOKS);
            NightSummary summary = night.run();
            String today = night.query("select (taken_at at time zone 'UTC')::date from comparison.look")
                    .get(0);

            declare(night, "ongoing", LOOKS.replace("2021-06-30", "2021-03-31"));
            assertThatThrownBy(night::run)
                    .isInstanceOf(RunRefused.class)
                    .hasMessage("The look interim of the study mini was taken on " + today + " in run "
                            + summary.runId() + ". It had been declared so: cut-off 2021-06-30, information 0.5, after"
                            + " 30 days, alpha 0.05 by obrien_fleming, FUNC_GAF at m12. The study file now says:"
                            + " cut-off 2021-03-31, information 0.5, after 30 days, alpha 0.05 by obrien_fleming,"
                            + " FUNC_GAF at m12. What has been looked at cannot be declared anew: put the declaration"
                            + " back, and give another look its own name. Nothing was changed.");
            declare(night, "ongoing", "");
            assertThatThrownBy(night::run).hasMessageContaining("The study file now says: nothing of it.");
            declare(night, "ongoing", LOOKS);
            assertThat(night.run().snapshotId()).isEqualTo(summary.snapshotId());
        }
    }
}
