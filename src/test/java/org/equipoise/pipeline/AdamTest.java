package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Schema {@code adam} keeps the conventions of CDISC's Analysis Data Model (Implementation Guide 1.3), over the samples of
 * all sites, and its numbers are those of a few people worked out by hand.
 */
class AdamTest {
    private static final String OF_ADAM = " from information_schema.columns where table_schema = 'adam'";

    @TempDir
    private static Path folder;

    private static TestNight samples;

    @TempDir
    private Path own;

    @BeforeAll
    static void publishTheSamples() throws IOException {
        Path jobs = Path.of("jobs");
        samples = new TestNight(folder, jobs, "studies/mbt-tau.yaml", TestDatabase.fresh());
        try (Stream<Path> all = Files.walk(jobs.resolve("sites"), 3)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".csv")).toList()) {
                String name = file.getFileName().toString();
                samples.put(name.substring(0, name.indexOf('_')), name, Files.readAllBytes(file));
            }
        }
        samples.publish();
    }

    @AfterAll
    static void close() {
        samples.close();
    }

    private static List<String> none() {
        return List.of();
    }

    @Test
    void namesHaveAtMostEightCapitalsAndLabelsAtMostFortyCharacters() {
        assertThat(samples.query("select distinct table_name" + OF_ADAM + " order by 1"))
                .containsExactly("ADEVENT", "ADPARAM", "ADPERIOD", "ADQS", "ADQSGRID", "ADSL", "ADTTE", "CODELIST");
        assertThat(samples.query(
                        "select table_name, column_name" + OF_ADAM + " and (column_name !~ '^[A-Z][A-Z0-9]{0,7}$'"
                                + " or coalesce(length(col_description(format('adam.%I', table_name)::regclass,"
                                + " ordinal_position)), 0) not between 1 and 40)"))
                .isEqualTo(none());
    }

    @Test
    void aVariableHasOneLabelAndOneTypeInAllDataSets() {
        assertThat(
                        samples.query(
                                "select column_name" + OF_ADAM + " group by 1 having count(distinct data_type) > 1 or"
                                        + " count(distinct col_description(format('adam.%I', table_name)::regclass, ordinal_position)) > 1"))
                .isEqualTo(none());
        assertThat(samples.query("select distinct data_type" + OF_ADAM + " order by 1"))
                .as("what R and SAS read without more ado: no bigint, no boolean, no timestamp")
                .containsExactly("date", "double precision", "integer", "text");
    }

    @Test
    void flagsAreYOrMissingAndTextIsNeverEmpty() {
        for (String column : samples.query(
                "select format('adam.%I', table_name), column_name" + OF_ADAM + " and data_type = 'text'")) {
            String relation = column.substring(0, column.indexOf('|'));
            String name = '"' + column.substring(column.indexOf('|') + 1) + '"';
            String wrong = name.endsWith("FL\"") ? name + " <> 'Y'" : name + " = ''";
            assertThat(samples.query("select count(*) from " + relation + " where " + wrong))
                    .as(column)
                    .containsExactly("0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ADSL, USUBJID, 240",
        "ADPARAM, 'STUDYID, PARAMCD', 0",
        "ADQSGRID, 'USUBJID, PARAMCD, AVISITN', 0",
        "ADQS, 'USUBJID, PARAMCD, AVISITN', 0",
        "ADEVENT, 'USUBJID, PARAMCD, APERIOD', 0",
        "ADTTE, 'USUBJID, PARAMCD, APERIOD', 0",
        "CODELIST, 'STUDYID, VARNAME, CODEN', 0"
    })
    void keysAreUnique(String dataSet, String key, int rows) {
        String columns = '"' + key.replace(", ", "\", \"") + '"';
        assertThat(samples.query("select " + columns + " from adam.\"" + dataSet + "\" group by " + columns
                        + " having count(*) > 1"))
                .isEqualTo(none());
        int there = Integer.parseInt(
                samples.query("select count(*) from adam.\"" + dataSet + '"').get(0));
        assertThat(there).isPositive();
        if (rows > 0) {
            assertThat(there).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"PARAMCD\", \"PARAM\", \"PARAMN\" from adam.\"ADPARAM\"",
                "\"AVISITN\", \"AVISIT\" from adam.\"ADQSGRID\"",
                "\"APERIOD\", \"APERIODC\" from adam.\"ADEVENT\"",
                "\"TRTPN\", \"TRTP\" from adam.\"ADQS\""
            })
    void aNumberAndItsTextGoTogether(String pair) {
        String[] columns = pair.substring(0, pair.indexOf(" from")).split(", ", -1);
        List<String> pairs = samples.query("select distinct " + pair);
        for (String column : columns) {
            assertThat(samples.query("select distinct " + column + pair.substring(pair.indexOf(" from"))))
                    .hasSameSizeAs(pairs);
        }
    }

    @Test
    void eachParticipantHasOneBaselineRecordOfAParameterAtMost() {
        assertThat(samples.query("select \"USUBJID\", \"PARAMCD\" from adam.\"ADQS\" group by 1, 2"
                        + " having count(\"ABLFL\") <> count(distinct \"BASE\") or count(\"ABLFL\") > 1"))
                .as("one baseline record where there is a baseline value, none where there is not")
                .isEqualTo(none());
        assertThat(samples.query("select count(*) from adam.\"ADQS\" where \"ABLFL\" = 'Y' and (\"AVISITN\" <> 0 or"
                        + " \"AVAL\" <> \"BASE\" or \"CHG\" is not null or \"ADY\" > 1)"))
                .containsExactly("0");
        assertThat(samples.query("select count(*) > 500 from adam.\"ADQS\" where \"ABLFL\" = 'Y'"))
                .containsExactly("t");
    }

    @Test
    void changeIsTheValueLessTheBaselineAndOnlyAfterIt() {
        assertThat(samples.query("select count(*) from adam.\"ADQS\" where \"PARCAT1\" = 'CONTINUOUS' and"
                        + " (\"CHG\" is distinct from case when \"AVISITN\" > 0 then \"AVAL\" - \"BASE\" end"
                        + " or abs(\"PCHG\" * \"BASE\" - 100 * \"CHG\") > 1e-9)"))
                .containsExactly("0");
        assertThat(
                        samples.query(
                                "select count(*) from adam.\"ADQS\" where \"PARCAT1\" = 'BINARY' and"
                                        + " (\"CHG\" is not null or \"AVALC\" is distinct from case \"AVAL\" when 1 then 'Y' when 0 then 'N' end)"))
                .containsExactly("0");
    }

    @Test
    void everyDatedValueLiesInItsWindow() {
        assertThat(samples.query("select count(*) from adam.\"ADQS\" where \"ADY\" not between \"AWLO\" and \"AWHI\""))
                .containsExactly("0");
    }

    /** Nothing is lost on the way: each value of the warehouse is in just one data set. */
    @Test
    void holdsEveryValueOfTheWarehouseOnce() {
        assertThat(samples.query("select (select count(*) from adam.\"ADQS\") + (select count(*) from adam.\"ADEVENT\")"
                        + " + (select count(*) from adam.\"ADTTE\")"))
                .isEqualTo(samples.query("select count(*) from warehouse.outcome_value where value is not null"));
        assertThat(samples.query("select count(*) from adam.\"ADQSGRID\""))
                .isEqualTo(
                        samples.query("select count(*) from warehouse.outcome_value where interval_code is not null"));
        assertThat(samples.query(
                        "select count(*) from adam.\"ADQSGRID\" where (\"AVAL\" is null) = (\"AVALREAS\" is null)"))
                .containsExactly("0");
    }

    @Test
    void aTimeEndsWithTheEventADeathOrTheLastDayAtRisk() {
        assertThat(samples.query("select count(*) from adam.\"ADTTE\" where \"AVAL\" <> \"ADT\" - \"STARTDT\" + 1"
                        + " or \"CNSR\" not in (0, 1, 2) or (\"CNSR\" = 0) <> (\"CNSDTDSC\" is null)"))
                .containsExactly("0");
        assertThat(samples.query(
                        "select count(*), count(*) filter (where t.\"ADT\" = s.\"DTHDT\") from adam.\"ADTTE\" t"
                                + " join adam.\"ADSL\" s using (\"USUBJID\") where t.\"CNSR\" = 2"))
                .allMatch(counts -> counts.matches("([1-9][0-9]*)\\|\\1"));
        assertThat(
                        samples.query(
                                "select count(*) > 0, count(*) filter (where t.\"ADT\" <> s.\"DTHDT\") from adam.\"ADTTE\" t"
                                        + " join adam.\"ADSL\" s using (\"USUBJID\") where t.\"PARAMCD\" = 'DEATH' and t.\"CNSR\" = 0"))
                .containsExactly("t|0");
    }

    @Test
    void whoHasLeftIsDiscontinuedWithDateAndReason() {
        assertThat(samples.query("select \"EOSSTT\", \"DCSREAS\", count(*), count(\"EOSDT\") from adam.\"ADSL\""
                        + " group by 1, 2 order by 1, 2"))
                .containsExactly(
                        "COMPLETED|null|" + lasting() + "|0",
                        "DISCONTINUED|DEATH|8|8", // seven dates of death, and one told as an event
                        "DISCONTINUED|WITHDRAWAL BY SUBJECT|25|25",
                        "ONGOING|null|" + (240 - 8 - 25 - lasting()) + "|0");
    }

    private static int lasting() {
        return Integer.parseInt(
                samples.query("select count(*) from warehouse.allocation a where not a.anchors ?| array['died_on',"
                                + " 'withdrew_on'] and not exists (select from warehouse.event e where e.kind = 'death' and"
                                + " e.participant_key = a.participant_key) and not exists (select from warehouse.outcome_value v where v.reason = 'not_due'"
                                + " and v.participant_key = a.participant_key)")
                        .get(0));
    }

    /** Two people, reckoned on paper. */
    @Test
    void numbersAreThoseWorkedOutByHand() throws IOException {
        try (TestNight night = small("completed")) {
            assertThat(night.query(
                            "select i.record_id, \"AVISIT\", \"ADT\", \"ADY\", \"AVAL\", \"BASE\", \"CHG\", \"PCHG\", \"ABLFL\","
                                    + " \"AWTARGET\", \"AWTDIFF\", \"AWLO\", \"AWHI\" from adam.\"ADQS\""
                                    + of("\"AVISITN\"")))
                    .containsExactly(
                            // the day of randomisation is day 1, the day before it day -1
                            "A1|Baseline|2020-01-10|1|40|40|null|null|Y|1|0|-90|1",
                            // 6 x 365.25 / 12 = 182.6: target 183 days on, 42 either side; 10 July is 182 days on
                            "A1|6 months|2020-07-10|183|50|40|10|25|null|184|1|142|226",
                            "A2|Baseline|2020-01-19|-1|43|43|null|null|Y|1|1|-90|1");
            assertThat(night.query(
                            "select i.record_id, \"PARAMCD\", \"APERIOD\", \"AVAL\", \"AVALC\", \"ADT\", \"RISKDYS\""
                                    + " from adam.\"ADEVENT\"" + of("\"PARAMCD\", \"APERIOD\"")))
                    .containsExactly(
                            // looked for from 10 January to 31 December: 182 days to 9 July, 175 from 10 July
                            "A1|ATTMPTCN|1|2|null|null|182", "A1|ATTMPTCN|2|0|null|null|175");
            assertThat(night.query(
                            "select i.record_id, \"PARAMCD\", \"STARTDT\", \"ADT\", \"AVAL\", \"CNSR\", \"EVNTDESC\""
                                    + " from adam.\"ADTTE\"" + of("\"PARAMCD\"")))
                    .containsExactly("A1|FIRST|2020-01-10|2020-03-10|61|0|FIRST ATTEMPT");
        }
    }

    private static String of(String order) {
        return " d join identity.participant i on i.participant_key::text = d.\"USUBJID\" order by 1, " + order;
    }

    /** The made-up study, with events asked over half-years. */
    private TestNight small(String conduct) throws IOException {
        TestNight night = new TestNight(own);
        Path study = night.jobs().resolve("studies/mini.yaml");
        Files.writeString(
                study,
                Files.readString(study)
                        .replace("conduct: completed", "conduct: " + conduct)
                        .replace(
                                "outcomes:\n",
                                "periods:\n  - {code: first, name: First half, from_month: 0, to_month: 6}\n"
                                        + "  - {code: second, name: Second half, from_month: 6, to_month: 12}\n"
                                        + "horizons: [6]\noutcomes:\n"
                                        + events("ATTEMPT_COUNT", "Attempts", "count", "first, second")
                                        + events("FIRST", "First attempt", "time_to_event", "first")));
        night.put("delta", "delta_visits_2021-01-01.csv", """
                id,visit,arm,randomised,seen,gaf,attempts,med___1,med___2
                A1,b,MBT,2020-01-10,2020-01-10,40,,,
                A1,six,,,2020-07-10,50,,,
                A2,b,TAU,2020-01-20,2020-01-19,43,,,
                """);
        night.put("delta", "delta_log_2021-01-01.csv", """
                id,type,what,from,to,by,with,number,remark
                A1,notes,,10-01-2020,31-12-2020,,,,
                A1,attempt,,10-03-2020,,,,,
                A1,attempt,,01-05-2020,,,,,
                """);
        night.publish();
        return night;
    }

    private static String events(String code, String name, String type, String periods) {
        return "  - {code: " + code + ", name: " + name + ", type: " + type
                + ", direction: lower_is_better, tier: secondary,"
                + " unit: attempts, events: [{kind: suicide_attempt}], periods: [" + periods + "]}\n";
    }

    /** What hides arms in the warehouse hides them here: analysts of an ongoing study see neither arms nor dates that tell. */
    @Test
    void armsOfAnOngoingStudyAreForItsMonitoringBoardAlone() throws IOException {
        try (TestNight night = small("ongoing")) {
            String arms =
                    "select count(*), count(\"TRT01P\"), count(\"TRT01PN\"), count(\"ARM\"), count(\"ITTFL\"), count(\"RANDDT\"),"
                            + " count(\"EOSSTT\") from adam.\"ADSL\"";
            assertThat(night.queryAs("equipoise_analyst", arms)).containsExactly("2|0|0|0|0|0|0");
            assertThat(night.queryAs("equipoise_dsmb", arms)).containsExactly("2|2|2|2|2|2|2");
            for (String dataSet : List.of("ADQS", "ADEVENT", "ADTTE")) {
                String planned =
                        "select count(*) > 0, count(\"TRTP\") + count(\"TRTPN\") > 0 from adam.\"" + dataSet + '"';
                assertThat(night.queryAs("equipoise_analyst", planned))
                        .as(dataSet)
                        .containsExactly("t|f");
                assertThat(night.queryAs("equipoise_dsmb", planned)).as(dataSet).containsExactly("t|t");
            }
        }
    }

    @Test
    void showsTheSnapshotThatTheSessionReads() {
        assertThat(samples.query("select warehouse.at(0) is not null, (select count(*) from adam.\"ADSL\")"))
                .containsExactly("t|0");
    }
}
