package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What care consisted of, by hand. Everybody was randomised on 1 January 2021, so that the first year is 2021 and the
 * second 2022, 365 days each. P1 was followed through both, P2 until 1 July 2021 (31 + 28 + 31 + 30 + 31 + 30 + 1 = 182
 * days), P3, of the other arm, through both without any care.
 */
@Timeout(300)
class CareProfileTest {
    private static final Path JOBS = Path.of("src/test/resources/org/equipoise/pipeline/care");

    private static final String ROWS = """
            id,arm,randomised,what,detail,from,to,n
            P1,TAU,2021-01-01,,,,,
            P1,,,notes,,2021-01-01,2022-12-31,
            P1,,,stay,,2021-12-20,2022-01-09,
            P1,,,drug,a,2020-11-01,2021-01-31,
            P1,,,drug,a,2021-01-15,2021-02-10,
            P1,,,drug,b,2021-12-31,2021-12-31,
            P1,,,contact,,2021-12-31,,
            P1,,,contact,,2022-01-01,,
            P1,,,therapy,individual,2021-12-01,2022-01-29,12
            P1,,,therapy,group,2021-06-01,,8
            P2,TAU,2021-01-01,,,,,
            P2,,,notes,,2021-01-01,2021-07-01,
            P2,,,stay,,2021-06-20,2021-07-10,
            P2,,,contact,,2021-08-01,,
            P3,MBT,2021-01-01,,,,,
            P3,,,notes,,2021-01-01,2022-12-31,
            """;

    @TempDir
    private static Path folder;

    private static TestNight night;

    @BeforeAll
    static void publish() {
        night = new TestNight(folder, JOBS, "studies/care.yaml", TestDatabase.fresh());
        night.put("one", "one_2024-01-01.csv", ROWS);
        night.publish();
    }

    @AfterAll
    static void close() {
        night.close();
    }

    private static List<String> profile(String kind) {
        return night.query("""
                select i.record_id || ' ' || c.period_code || ' ' || coalesce(c.detail || ' ', '') || round(c.amount::numeric, 6)
                    || ' ' || c.unit || coalesce(' of ' || c.observed_days, '')
                from warehouse.care_profile c
                join identity.participant i using (participant_key)
                where c.kind = '%s'
                order by 1
                """.formatted(kind));
    }

    /** P1: 20 to 31 December are 12 days, 1 to 9 January 9. P2: 20 June to 1 July, the last day told, are 12. */
    @Test
    void aStayIsCutAtTheEdgeOfThePeriodAndOfWhatIsTold() {
        assertThat(profile("admission"))
                .containsExactly(
                        "P1 y1 12.000000 days of 365", "P1 y2 9.000000 days of 365", "P2 y1 12.000000 days of 182");
    }

    /** Drug a from November to 10 February, told twice over: 31 + 10 days since 1 January. Drug b on one day. */
    @Test
    void coursesThatOverlapCountOnceAndClassesApart() {
        assertThat(profile("medication"))
                .containsExactly("P1 y1 a 41.000000 days of 365", "P1 y1 b 1.000000 days of 365");
    }

    /** The last day of the first year and the first of the second; that of P2 is after what is told. */
    @Test
    void aContactBelongsToThePeriodOfItsDay() {
        assertThat(profile("contact")).containsExactly("P1 y1 1.000000 times of 365", "P1 y2 1.000000 times of 365");
    }

    /** 12 sessions over 60 days, 31 of them in the first year: 6.2 and 5.8. What goes on counts where it began. */
    @Test
    void sessionsAreSpreadOverTheirEpisode() {
        assertThat(profile("individual")).containsExactly("P1 y1 6.200000 sessions", "P1 y2 5.800000 sessions");
        assertThat(profile("group")).containsExactly("P1 y1 8.000000 sessions");
    }

    /**
     * First year under TAU: 24 days in hospital of two people, known of two over 365 + 182 = 547 days, 1.4976 years:
     * 16.0256 days a year. Sessions have no such time. Second year: 9 days of one of two, known of one over 365 days.
     */
    @Test
    void theProfileOfAnArmIsTheSumOverItsPeople() {
        assertThat(night.query("""
                        select period_code || ' ' || kind || ' ' || allocated || ' ' || recipients || ' ' || round(amount::numeric, 4)
                            || ' ' || round(amount_per_recipient::numeric, 4) || ' ' || coalesce(observed_people::text, '-')
                            || ' ' || coalesce(round(observed_years::numeric, 4)::text, '-')
                            || ' ' || coalesce(round(amount_per_year::numeric, 4)::text, '-')
                        from warehouse.care_by_site
                        where arm_code = 'TAU' and kind in ('admission', 'individual')
                        order by 1
                        """))
                .containsExactly(
                        "y1 admission 2 2 24.0000 12.0000 2 1.4976 16.0256",
                        "y1 individual 2 1 6.2000 6.2000 - - -",
                        "y2 admission 2 1 9.0000 9.0000 1 0.9993 9.0062",
                        "y2 individual 2 1 5.8000 5.8000 - - -");
    }

    /** Both years of P1 and P3 are known whole; of P2 half a year is, too little for either. */
    @Test
    void theMatrixSaysHowManyValuesThereAre() {
        assertThat(night.query("select status || ' ' || published || ' ' || converted from warehouse.harmonization"))
                .containsExactly("complete 4 0");
    }

    @Test
    void anArmWithoutCareHasNoRows() {
        assertThat(night.query("select count(*) from warehouse.care_by_site where arm_code = 'MBT'"))
                .containsExactly("0");
    }
}
