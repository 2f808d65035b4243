package org.equipoise.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import org.equipoise.submission.Submission.Counts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that need the whole file to be judged, and cells that once stopped a night. */
class CheckedRowsTest {
    private static final String NAME = "aarhus_2026-09-30.csv";

    @TempDir
    Path folder;

    private TestSites sites;

    @BeforeEach
    void makeSites() throws IOException {
        sites = TestSites.in(folder);
    }

    @Test
    void contradictoryFactsAreToldOnceAndNeitherIsUsed() throws IOException {
        CheckedFile checked = check("""
                P1,before,MBT,2020-01-06,2020-01-02,45
                P1,half a year,TAU,2020-01-06,2020-07-02,45
                P1,half a year,MBT,2020-01-06,2020-07-02,45
                """);

        assertThat(checked.findings())
                .extracting(FindingRow::code, FindingRow::line, FindingRow::column, FindingRow::found)
                .containsExactly(
                        tuple("HRM-003", 2, null, null),
                        tuple("STG-027", 3, "arm", "MBT and TAU"),
                        tuple("STG-025", 4, null, null));
    }

    @Test
    void repeatedRowsAreFoundAcrossBlocks() throws IOException {
        StringBuilder rows = new StringBuilder("P1,before,MBT,2020-01-06,2020-01-02,45\n");
        for (int i = 2; i < 9000; i++) {
            rows.append("P").append(i).append(",before,MBT,2020-01-06,2020-01-02,45\n");
        }
        rows.append("P1,before,MBT,2020-01-06,2020-01-02,46\n").append("P2,before,MBT,2020-01-06,2020-01-02,45\n");

        CheckedFile checked = check(rows.toString());

        assertThat(checked.findings())
                .extracting(FindingRow::code, FindingRow::line, FindingRow::record)
                .containsExactly(tuple("STG-026", 9001, "P1"), tuple("STG-025", 9002, "P2"));
        assertThat(checked.counts()).isEqualTo(new Counts(9001, 8999, 1, 1, 0));
    }

    @Test
    void aKindOfFindingIsToldAThousandTimesAndThenCounted() throws IOException {
        CheckedFile checked = check("P1,before,MBT,2020-01-06,2020-01-02,101\n".repeat(1200));

        assertThat(checked.findings())
                .filteredOn(row -> row.code().equals("STG-033"))
                .hasSize(1001)
                .last()
                .satisfies(row -> assertThat(row.count()).isEqualTo(200));
    }

    @Test
    void serialDateBeyondTheCalendarIsAFinding() throws IOException {
        sites.site("aarhus", TestSites.AARHUS.replace("dates: {format: yyyy-MM-dd}", "dates: {format: excel-1900}"));

        CheckedFile checked = check("""
                P1,before,MBT,43836,-1e300,45
                P2,before,MBT,43836,NaN,45
                P3,before,MBT,43836,Infinity,45
                P4,before,MBT,43836,43832,45
                """);

        assertThat(checked.findings())
                .extracting(FindingRow::code, FindingRow::line, FindingRow::found)
                .containsExactly(
                        tuple("STG-030", 2, "-1e300"), tuple("STG-030", 3, "NaN"), tuple("STG-030", 4, "Infinity"));
    }

    @Test
    void namesOfOtherColumnsAreForInformationOnly() throws IOException {
        CheckedFile checked = sites.check(
                sites.file(NAME, TestSites.HEADER + ",please_mend\nP1,before,MBT,2020-01-06,2020-01-02,45,old note\n"));

        assertThat(checked.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(checked.findings())
                .extracting(FindingRow::code, FindingRow::line, FindingRow::column)
                .containsExactly(tuple("STG-008", 1, "please_mend"));
    }

    private CheckedFile check(String rows) throws IOException {
        return sites.check(sites.file(NAME, TestSites.HEADER + "\n" + rows));
    }
}
