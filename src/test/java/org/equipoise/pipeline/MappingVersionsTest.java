package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;

/** What a site sends changes: each file is read with the version of the mapping that it was made for, for good. */
class MappingVersionsTest extends NewHome {
    private static final String FIRST_YEAR = HEADER + """
            B1,b,MBT,2020-01-10,2020-01-10,41
            B1,six,,,2020-07-10,52
            B2,b,TAU,2020-01-12,2020-01-12,43
            """;
    /** From the third year on the visit "six" is the one at twelve months, and the score counts from 0. */
    private static final String THIRD_YEAR = """
            id,visit,arm,randomised,seen,gaf_score,rater
            B1,six,,,2021-01-10,59,x
            B3,b,TAU,2021-01-12,2021-01-12,46,x
            """;

    /** {@code printf 'arm\ngaf_score\nid\nrandomised\nrater\nseen\nvisit\n' | sha256sum}. */
    private static final String FINGERPRINT = "27eae8d0f25b1fb5b415e6fdd419748493029371a74146f1eac5638bba3bc35f";

    /** The same with weight, after visit, in place of rater. */
    private static final String WITH_WEIGHT = "572679cfdd1a13bb54dc99dc45e272a76c28fd0b6f7f12aa628c0c9da6587cce";

    private static final List<String> VALUES =
            List.of("B1|baseline|41", "B1|m12|60", "B1|m6|52", "B2|baseline|43", "B3|baseline|47");

    private static Path mapping(TestNight of) {
        return of.jobs().resolve("sites/beta/mapping.yaml");
    }

    /** Writes the export twice: as it was, and as the third year sends it. */
    private static void addThirdYear(TestNight of) throws IOException {
        String before = Files.readString(mapping(of));
        String export = before.substring(before.indexOf("  - code: visits"));
        String first = export.replace("  - code: visits\n", "  - code: visits\n    valid_to: 2020-12-31\n");
        String third = export.replace("  - code: visits\n", """
                          - code: visits
                            version: 3
                            valid_from: 2021-01-01
                            header: [id, visit, arm, randomised, seen, gaf_score, rater]
                        """)
                        .replace("six: m6, twelve: m12", "six: m12")
                        .replace("items: {1: gaf}", "items: {1: gaf_score}\n        value: {shift: 1}")
                + "    ignored: [rater]\n";
        Files.writeString(mapping(of), before.replace(export, first + third));
    }

    private List<String> bound() {
        return night.query("select file_name, mapping_version, status from submission.submission order by 1");
    }

    private List<String> findings() {
        return night.query("select code, line, \"column\", expected, found from staging.finding"
                + " where category = 'file' order by 1, 3");
    }

    @Test
    void originalsOfTheFirstYearStayAsTheyWereReadWhenTheMappingGetsAVersionForTheThird() throws IOException {
        night.put("beta", "beta_2020-08-01.csv", FIRST_YEAR);
        NightSummary first = night.run();
        addThirdYear(night);
        night.restart();

        NightSummary again = night.run();

        assertThat(again.received()).isEmpty();
        assertThat(again.contentHash()).isEqualTo(first.contentHash());
        assertThat(bound()).containsExactly("beta_2020-08-01.csv|1|effective");
    }

    @Test
    void everyFileIsReadWithItsOwnVersionAlsoWhenAllAreReadAgain() throws IOException {
        night.put("beta", "beta_2020-08-01.csv", FIRST_YEAR);
        night.run();
        addThirdYear(night);
        night.restart();
        night.put("beta", "beta_2021-02-01.csv", THIRD_YEAR);
        NightSummary both = night.run();

        assertThat(night.values("beta")).isEqualTo(VALUES);
        assertThat(bound()).containsExactly("beta_2020-08-01.csv|1|effective", "beta_2021-02-01.csv|3|effective");

        Files.writeString(mapping(night), Files.readString(mapping(night)).replace("zone: Europe/London", "zone: UTC"));
        night.restart();
        NightSummary reread = night.run();

        assertThat(reread.received()).hasSize(2);
        assertThat(night.values("beta")).isEqualTo(VALUES);
        assertThat(reread.contentHash()).isEqualTo(both.contentHash()).isEqualTo(freshLoad());
    }

    private String freshLoad() throws IOException {
        try (TestNight fresh = new TestNight(folder.resolve("fresh"))) {
            addThirdYear(fresh);
            fresh.put("beta", "beta_2021-02-01.csv", THIRD_YEAR);
            fresh.put("beta", "beta_2020-08-01.csv", FIRST_YEAR);
            return fresh.run().contentHash();
        }
    }

    @Test
    void refusesAFileWhoseColumnsFitNoVersionAndSaysWhichDiffer() throws IOException {
        addThirdYear(night);
        night.put("beta", "beta_2021-02-01.csv", THIRD_YEAR.replace("gaf_score,rater", "gaf_scores,weight"));

        assertThat(standing(night.run())).containsExactly("beta_2021-02-01.csv rejected 0=0+0+0+0");
        assertThat(findings())
                .containsExactly(
                        "STG-013|1|gaf_score|a column named gaf_score, as in version 3|perhaps renamed: gaf_scores",
                        "STG-013|1|rater|a column named rater, as in version 3|no such column",
                        "STG-013|1|weight|no such column, as in version 3|a new column");

        Files.writeString(
                mapping(night),
                Files.readString(mapping(night))
                        .replace("gaf_score", "gaf_scores")
                        .replace("rater", "weight"));
        night.restart();

        assertThat(standing(night.run())).containsExactly("beta_2021-02-01.csv effective 2=2+0+0+0");
        assertThat(findings()).isEmpty();
    }

    @Test
    void comparesFingerprintsWhereTheMappingHoldsOneInPlaceOfTheColumns() throws IOException {
        addThirdYear(night);
        String columns = "[id, visit, arm, randomised, seen, gaf_score, rater]";
        Files.writeString(mapping(night), Files.readString(mapping(night)).replace(columns, FINGERPRINT));
        night.put("beta", "beta_2021-02-01.csv", THIRD_YEAR);
        night.put("beta", "beta_2021-03-01.csv", THIRD_YEAR.replace("rater", "weight"));

        assertThat(standing(night.run()))
                .containsExactly("beta_2021-02-01.csv effective 2=2+0+0+0", "beta_2021-03-01.csv rejected 0=0+0+0+0");
        assertThat(findings())
                .containsExactly("STG-013|1|null|columns with the fingerprint " + FINGERPRINT + ", version 3|"
                        + "the fingerprint " + WITH_WEIGHT);
    }

    @Test
    void saysWhatAColumnMayBeNamedNowWhereTheMappingNamesNoColumnsOfTheFile() {
        night.put("beta", "beta_2020-08-01.csv", FIRST_YEAR.replace(",gaf", ",gaf1"));

        assertThat(standing(night.run())).containsExactly("beta_2020-08-01.csv rejected 0=0+0+0+0");
        assertThat(findings())
                .containsExactly("STG-007|1|gaf|a column named gaf|perhaps renamed: gaf1; the columns id, visit, arm,"
                        + " randomised, seen, gaf1");
    }

    @Test
    void refusesAFileTakenOnADayThatNoVersionIsFor() throws IOException {
        addThirdYear(night);
        Files.writeString(
                mapping(night),
                Files.readString(mapping(night)).replace("valid_from: 2021-01-01", "valid_from: 2022-01-01"));
        night.put("beta", "beta_2021-02-01.csv", THIRD_YEAR);

        assertThat(standing(night.run())).containsExactly("beta_2021-02-01.csv rejected 0=0+0+0+0");
        assertThat(findings())
                .containsExactly("STG-012|0|null|a day to 2020-12-31 (version 1), or from 2022-01-01 (version 3)|null");
    }
}
