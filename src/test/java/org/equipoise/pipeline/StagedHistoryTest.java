package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.standing;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Events, spells, observed time and care on their way from a file into staging: nothing is lost or counted twice. */
class StagedHistoryTest extends NewHome {
    private static final String VISITS = "id,visit,arm,randomised,seen,gaf,attempts,med___1,med___2\n";
    private static final String LOG = "id,type,what,from,to,by,with,number,remark\n";

    private List<String> events() {
        return night.query("select i.record_id, event_kind, from_day, to_day, event_count, e.stale from staging.event e"
                + " join identity.participant i using (participant_key)"
                + " join submission.submission s using (submission_id) where s.status = 'effective' order by 1, 3, 2");
    }

    private List<String> spells() {
        return night.query(
                "select i.record_id, spell_kind, detail, from_day, to_day, days, e.stale from staging.spell e"
                        + " join identity.participant i using (participant_key)"
                        + " join submission.submission s using (submission_id) where s.status = 'effective' order by 1, 4, 3");
    }

    private List<String> observed() {
        return night.query("select i.record_id, kind, from_day, to_day, source from staging.observed_span"
                + " join identity.participant i using (participant_key) order by 1, 3, 2");
    }

    private List<String> errors() {
        return night.query(
                "select code, line, \"column\" from staging.finding where severity <> 'info' order by 2, 1, 3");
    }

    @Test
    void aCountedRecallWindowIsEventsAndObservedTime() {
        night.put(
                "delta",
                "delta_visits_2021-01-01.csv",
                VISITS
                        + "A1,b,MBT,2020-01-10,2020-01-10,41,2,1,0\n"
                        + "A1,six,,,2020-07-10,50,0,0,0\n" // asked, and there was none
                        + "A2,b,TAU,2020-01-20,2020-01-20,43,999,,\n"); // not asked
        assertThat(standing(night.run())).containsExactly("delta_visits_2021-01-01.csv effective 3=3+0+0+0");
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2019-07-11|2020-01-10|2|f", "A1|suicide_attempt|2020-01-11|2020-07-10|0|f");
        assertThat(spells()).containsExactly("A1|medication|antidepressant|2019-07-11|2020-01-10|null|f");
        assertThat(observed())
                .containsExactly(
                        "A1|medication|2019-07-11|2020-01-10|recall",
                        "A1|suicide_attempt|2019-07-11|2020-01-10|recall",
                        "A1|medication|2020-01-11|2020-07-10|recall",
                        "A1|suicide_attempt|2020-01-11|2020-07-10|recall");
        assertThat(errors()).isEmpty();
    }

    @Test
    void aRowIsAnEventASpellObservedTimeOrCare() {
        night.put(
                "delta",
                "delta_log_2021-01-01.csv",
                LOG
                        + "A1,attempt,,03-02-2020,,,,,\n"
                        + "A1,harm,,UK-03-2020,,,,,\n" // some day in March
                        + "A1,note,,04-02-2020,,,,,seen at home\n" // of no use to the study
                        + "A1,ward,,10-02-2020,20-02-2020,,,,\n"
                        + "A1,ward,,10-11-2020,,,,,\n" // still there
                        + "A1,notes,,10-01-2019,10-01-2021,,,,\n" // ends after the export: no such day
                        + "A1,notes,,10-01-2019,31-12-2020,,,,\n"
                        + "A1,therapy,Group Therapy,01-02-2020,,T7,G2,31,\n");
        assertThat(standing(night.run())).containsExactly("delta_log_2021-01-01.csv effective 8=7+1+0+0");
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-03|2020-02-03|1|f", "A1|self_harm|2020-03-01|2020-03-31|1|f");
        assertThat(spells())
                .containsExactly(
                        "A1|admission|null|2020-02-10|2020-02-20|null|f", "A1|admission|null|2020-11-10|null|null|f");
        assertThat(observed())
                .containsExactly(
                        "A1|admission|2019-01-10|2020-12-31|notes", "A1|suicide_attempt|2019-01-10|2020-12-31|notes");
        assertThat(night.query(
                        "select modality, therapist, care_group, from_day, to_day, sessions from staging.care_episode"))
                .containsExactly("group|T7|G2|2020-02-01|null|31");
        assertThat(errors()).containsExactly("STG-031|7|to");
    }

    @Test
    void tellsEachKindOfWrongRow() {
        night.put(
                "delta",
                "delta_log_2021-01-01.csv",
                LOG
                        + "A1,attempt,,,,,,,\n" // when?
                        + "A1,ward,,20-02-2020,10-02-2020,,,,\n" // ends before it began
                        + "A1,ward,,UK-02-2020,UK-UK-2020,,,,\n" // from the middle of February to that of the year
                        + "A1,attempt,,30-02-2020,,,,,\n"
                        + "A1,therapy,,01-02-2020,,,,,\n" // what?
                        + "A1,therapy,yoga,01-02-2020,,,,,\n"
                        + "A1,therapy,individual therapy,01-02-2020,,,,-4,\n"); // care, but not so much
        night.put(
                "delta",
                "delta_visits_2021-01-01.csv",
                VISITS + "A2,b,TAU,2020-01-20,2020-01-20,43,1.5,,\n" + "A2,six,,,,50,1,,\n");
        assertThat(standing(night.run()))
                .containsExactlyInAnyOrder(
                        "delta_log_2021-01-01.csv effective 7=2+5+0+0",
                        "delta_visits_2021-01-01.csv effective 2=2+0+0+0");
        assertThat(errors())
                .containsExactly(
                        "STG-028|2|from",
                        "STG-039|2|attempts",
                        "STG-028|3|seen",
                        "STG-038|3|to",
                        "STG-037|4|from",
                        "STG-037|4|to",
                        "STG-031|5|from",
                        "STG-029|6|what",
                        "STG-024|7|what",
                        "STG-039|8|number");
        assertThat(spells()).containsExactly("A1|admission|null|2020-02-15|2020-07-01|null|f");
    }

    @Test
    void countsARowAsDuplicateOrRejectedThatSaysTheSameAgainOrOtherwise() {
        String stay = "A1,ward,,10-02-2020,20-02-2020,,,,\n";
        night.put(
                "delta",
                "delta_log_2021-01-01.csv",
                LOG + stay + stay + "A1,ward,,10-02-2020,21-02-2020,,,,\n" + "A1,attempt,,10-02-2020,,,,,\n");
        String visit = "A2,b,TAU,2020-01-20,2020-01-20,43,1,1,0\n";
        night.put("delta", "delta_visits_2021-01-01.csv", VISITS + visit + visit + visit.replace("43,1,", "43,2,"));
        assertThat(standing(night.run()))
                .containsExactlyInAnyOrder(
                        "delta_log_2021-01-01.csv effective 4=2+1+1+0",
                        "delta_visits_2021-01-01.csv effective 3=1+1+1+0");
        assertThat(spells().get(0)).isEqualTo("A1|admission|null|2020-02-10|2020-02-20|null|f");
        assertThat(events())
                .contains("A2|suicide_attempt|2019-07-21|2020-01-20|1|f")
                .hasSize(2);
    }

    @Test
    void leavesWhatHappenedStandingWhereTheNewRowIsRefused() {
        night.put(
                "delta",
                "delta_log_2021-01-01.csv",
                LOG + "A1,attempt,,03-02-2020,,,,,\nA2,attempt,,04-02-2020,,,,,\n");
        night.put("delta", "delta_log_2021-02-01.csv", LOG + "A1,attempt,,33-02-2020,,,,,\nA2,harm,,04-02-2020,,,,,\n");
        assertThat(standing(night.run()))
                .containsExactly(
                        "delta_log_2021-01-01.csv superseded 2=1+0+0+1",
                        "delta_log_2021-02-01.csv effective 2=1+1+0+0");
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-03|2020-02-03|1|t", "A2|self_harm|2020-02-04|2020-02-04|1|f");
    }

    @Test
    void countsACorrectedEventOnceBesideARefusedOneThatItsKeyTellsApart() {
        night.put(
                "delta",
                "delta_repeats_2021-01-01.csv",
                "id,number,day\nA1,1,2020-02-03\nA1,2,2020-05-10\nA1,3,2020-09-10\nA2,1,2020-02-04\nA2,2,2020-06-04\n");
        night.put(
                "delta",
                "delta_repeats_2021-02-01.csv",
                "id,number,day\n"
                        + "A1,3,2020-09-11\n" // corrected
                        + "A1,2,2020-05-10\n"
                        + "A1,1,2020-02-33\n" // refused
                        + "A2,2,2020-06-04\n" // the other was a mistake, and is gone
                        + "A1,4,2020-12-33\n"); // new and refused
        assertThat(standing(night.run()))
                .containsExactly(
                        "delta_repeats_2021-01-01.csv superseded 5=1+0+0+4",
                        "delta_repeats_2021-02-01.csv effective 5=3+2+0+0");
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-03|2020-02-03|1|t",
                        "A1|suicide_attempt|2020-05-10|2020-05-10|1|f",
                        "A1|suicide_attempt|2020-09-11|2020-09-11|1|f",
                        "A2|suicide_attempt|2020-06-04|2020-06-04|1|f");
    }

    @Test
    void tellsEventsWithoutAKeyApartByTheirOrder() {
        night.put(
                "delta",
                "delta_log_2021-01-01.csv",
                LOG
                        + "A1,attempt,,03-02-2020,,,,,\n"
                        + "A1,harm,,04-02-2020,,,,,\n"
                        + "A1,attempt,,10-05-2020,,,,,\n"
                        + "A1,attempt,,10-09-2020,,,,,\n");
        night.put(
                "delta",
                "delta_log_2021-02-01.csv",
                LOG
                        + "A1,attempt,,05-02-2020,,,,,\n" // corrected
                        + "A1,attempt,,33-05-2020,,,,,\n" // refused
                        + "A1,attempt,,10-09-2020,,,,,\n"); // the self-harm was a mistake, and is gone
        assertThat(standing(night.run()))
                .containsExactly(
                        "delta_log_2021-01-01.csv superseded 4=1+0+0+3",
                        "delta_log_2021-02-01.csv effective 3=2+1+0+0");
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-05|2020-02-05|1|f",
                        "A1|suicide_attempt|2020-05-10|2020-05-10|1|t",
                        "A1|suicide_attempt|2020-09-10|2020-09-10|1|f");
    }

    @Test
    void leavesARefusedRowStandingOverSeveralFilesThatRefuseIt() {
        night.put("delta", "delta_repeats_2021-01-01.csv", "id,number,day\nA1,1,2020-02-03\nA1,2,2020-05-10\n");
        night.put("delta", "delta_repeats_2021-02-01.csv", "id,number,day\nA1,1,2020-02-33\nA1,2,2020-05-11\n");
        night.put("delta", "delta_repeats_2021-03-01.csv", "id,number,day\nA1,1,2020-02-34\nA1,2,2020-05-12\n");
        night.run();
        assertThat(events())
                .containsExactly(
                        "A1|suicide_attempt|2020-02-03|2020-02-03|1|t", "A1|suicide_attempt|2020-05-12|2020-05-12|1|f");
    }

    @Test
    void letsAFactGoThatAnotherRowThanTheRefusedOneSaid() {
        String baseline = "A1,b,MBT,2020-01-10,2020-01-10,41,,,\n";
        night.put("delta", "delta_visits_2021-01-01.csv", VISITS + baseline + "A1,six,,,2020-07-10,50,,,\n");
        night.put(
                "delta",
                "delta_visits_2021-02-01.csv",
                VISITS + baseline.replace("MBT", "") + "A1,six,,,2020-07-10,500,,,\n");
        night.run();
        assertThat(night.query("select fact, f.stale from staging.participant_fact f"
                        + " join submission.submission s using (submission_id) where s.status = 'effective'"))
                .containsExactly("randomised_on|f");
        assertThat(night.values("delta")).containsExactly("A1|baseline|41", "A1|m6|50");
    }

    @Test
    void countsTheSpellsThatAnIncrementReplaces() {
        night.put("delta", "delta_more_2021-01-01.csv", "id,from,to\nA1,2020-01-01,\nA2,2020-01-01,\n");
        night.put("delta", "delta_more_2021-02-01.csv", "id,from,to\nA1,2020-01-01,2020-12-31\n");
        assertThat(standing(night.run()))
                .containsExactly(
                        "delta_more_2021-01-01.csv effective 2=1+0+0+1",
                        "delta_more_2021-02-01.csv effective 1=1+0+0+0");
    }
}
