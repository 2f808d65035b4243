package org.equipoise.staging.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.Finding;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.StagedBlock;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.SiteCode;
import org.junit.jupiter.api.Test;

/** Rows of one answer each, read as the shipped site Lindholm sends them. */
class ItemRowCheckerTest {
    @Test
    void neighbouringRowsOfAPersonInstrumentAndDayAreOneFragment() throws Exception {
        StagedBlock block = check("""
                P1,TAU,06/01/2020,02/01/2020,WSAS,1,3
                P1,TAU,06/01/2020,02/01/2020,WSAS,2,4
                P1,TAU,06/01/2020,02/07/2020,WSAS,1,5
                P1,TAU,06/01/2020,02/07/2020,GAF,1,45
                P2,TAU,06/01/2020,02/07/2020,GAF,1,46
                P1,TAU,06/01/2020,02/01/2020,WSAS,3,6
                """);

        assertThat(block.fragments())
                .extracting(
                        fragment -> fragment.instrument().value(),
                        AssessmentFragment::date,
                        AssessmentFragment::firstLine,
                        fragment -> fragment.values()[0])
                .containsExactly(
                        tuple("WSAS", LocalDate.of(2020, 1, 2), 2, (short) 3),
                        tuple("WSAS", LocalDate.of(2020, 7, 2), 4, (short) 5),
                        tuple("GAF", LocalDate.of(2020, 7, 2), 5, (short) 45),
                        tuple("GAF", LocalDate.of(2020, 7, 2), 6, (short) 46));
        assertThat(block.fragments().get(0).lines()).startsWith(2, 3, 7);
        assertThat(block.facts())
                .extracting(ParticipantFact::fact, ParticipantFact::line)
                .containsExactly(
                        tuple("arm", 2), tuple("randomised_on", 2), tuple("arm", 6), tuple("randomised_on", 6));
    }

    @Test
    void anAnswerOrTotalGivenAgainBeginsAnotherFragment() throws Exception {
        StagedBlock block = check("""
                P1,TAU,06/01/2020,02/01/2020,WSAS,1,3
                P1,TAU,06/01/2020,02/01/2020,WSAS,total,20
                P1,TAU,06/01/2020,02/01/2020,WSAS,1,4
                P1,TAU,06/01/2020,02/01/2020,WSAS,TOTAL,21
                P1,TAU,06/01/2020,02/01/2020,WSAS,total,22
                """);

        assertThat(block.fragments())
                .extracting(
                        AssessmentFragment::firstLine,
                        fragment -> fragment.totals().stream()
                                .map(AssessmentFragment.Total::value)
                                .toList())
                .containsExactly(tuple(2, List.of(20.0)), tuple(4, List.of(21.0)), tuple(6, List.of(22.0)));
    }

    @Test
    void aFactThatChangesIsKeptInBothForms() throws Exception {
        StagedBlock block = check("""
                P1,TAU,06/01/2020,02/01/2020,WSAS,1,3
                P1,MBT,07/01/2020,02/01/2020,WSAS,2,3
                P1,TAU,06/01/2020,02/01/2020,WSAS,3,3
                """);

        assertThat(block.facts())
                .extracting(ParticipantFact::text, ParticipantFact::date)
                .containsExactly(
                        tuple("TAU", null),
                        tuple(null, LocalDate.of(2020, 1, 6)),
                        tuple("MBT", null),
                        tuple(null, LocalDate.of(2020, 1, 7)));
    }

    @Test
    void whatCannotBeReadIsToldWithItsRow() throws Exception {
        StagedBlock block = check("""
                P1,TAU,06/01/2020,02/01/2020,WSAS,6,3
                P1,TAU,06/01/2020,31/02/2020,WSAS,1,3
                P1,TAU,06/01/2020,02/01/2020,WSAS,1,9
                """);

        assertThat(block.findings())
                .extracting(Finding::code, finding -> finding.place().line(), Finding::found)
                .containsExactly(
                        tuple(FindingCode.STG_023, 2L, "6"),
                        tuple(FindingCode.STG_031, 3L, "31/02/2020"),
                        tuple(FindingCode.STG_033, 4L, "9"));
        assertThat(block.rejected()).isEqualTo(3);
    }

    private static StagedBlock check(String rows) throws IOException, FileRefused {
        return TestRows.check(
                TestRows.bundle(Path.of("jobs")),
                new SiteCode("lindholm"),
                "responses",
                "lindholm_responses_2026-10-02.csv",
                "participant_id,arm,randomised,visit_date,instrument,item,value\n" + rows);
    }
}
