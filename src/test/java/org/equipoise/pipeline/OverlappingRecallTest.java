package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Someone asked twice about half a year, by hand. The first period is 1 February to 31 July, 181 days; the second, 1 May to
 * 31 October, has the last 92 of them, and 92 of its own.
 */
@Timeout(300)
class OverlappingRecallTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/pipeline/care");

    private static final String ROWS = """
            id,arm,randomised,what,detail,from,to,n
            P1,TAU,2021-01-01,,,,,
            P1,,,asked contacts,,,2021-07-31,4
            P1,,,asked contacts,,,2021-10-31,5
            P1,,,asked days,,,2021-07-31,20
            P1,,,asked days,,,2021-10-31,15
            """;

    private static final String CONTACTS =
            "{code: asked_contacts, rows: {what: [asked contacts]}, kind: contact, count: 'n', window: {months: 6, to: to}}";
    private static final String DAYS =
            "{code: asked_days, rows: {what: [asked days]}, kind: admission, days: 'n', window: {months: 6, to: to}}";

    @TempDir
    private static Path folder;

    private static TestNight night;

    @BeforeAll
    static void publish() throws IOException {
        night = new TestNight(folder, JOBS, "studies/care.yaml", TestDatabase.fresh());
        Path mapping = night.jobs().resolve("sites/one/mapping.yaml");
        Files.writeString(
                mapping,
                Files.readString(mapping)
                        .replace("    events:\n", "    events:\n      - " + CONTACTS + "\n")
                        .replace("    spells:\n", "    spells:\n      - " + DAYS + "\n"));
        night.put("one", "one_2024-01-01.csv", ROWS);
        night.publish();
    }

    @AfterAll
    static void close() {
        night.close();
    }

    /** 4 x 92 / 181 = 2.03 of the four were told for the common days: of the later five, three are new. */
    @Test
    void warehouseSaysWhatWasToldAndWhatCounts() {
        assertThat(night.query("""
                        select from_on || ' ' || times || ' told ' || counted_times || ' counted on ' || (date '2021-01-01' + day)
                        from warehouse.event order by from_on
                        """))
                .containsExactly(
                        "2021-02-01 4 told 4 counted on 2021-05-02", "2021-05-01 5 told 3 counted on 2021-09-15");
    }

    /** 20 x 92 / 181 = 10.1657 of the twenty days lay in the common ones: of the later fifteen, 4.8343 are new. */
    @Test
    void daysOfTheSecondPeriodLieWhereNobodyHadAskedBefore() {
        assertThat(night.query("""
                        select days || ' told ' || round(counted_days::numeric, 4) || ' from ' || counted_from_on || ' to ' || counted_to_on
                        from warehouse.spell order by from_on
                        """))
                .containsExactly(
                        "20 told 20.0000 from 2021-02-01 to 2021-07-31",
                        "15 told 4.8343 from 2021-08-01 to 2021-10-31");
    }

    @Test
    void careProfileHoldsEachActOnce() {
        assertThat(night.query("""
                        select kind || ' ' || round(amount::numeric, 4) || ' of ' || observed_days
                        from warehouse.care_profile order by 1
                        """)).containsExactly("admission 24.8343 of 273", "contact 7.0000 of 273");
    }

    @Test
    void siteIsToldWhereItsPeriodsOverlap() {
        assertThat(night.query(
                        "select line || ' ' || severity || ' ' || expected from staging.finding where code = 'HRM-007'"
                                + " order by line"))
                .containsExactly("4 info a period from 2021-08-01 on", "6 info a period from 2021-08-01 on");
    }
}
