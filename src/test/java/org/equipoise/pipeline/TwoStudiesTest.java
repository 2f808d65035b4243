package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two studies live in one home and one warehouse, and neither touches what the other published. */
class TwoStudiesTest {
    private static final String BLUES = """
            "id","drug","length","treatment","bdi.pre","bdi.2m","bdi.3m","bdi.5m","bdi.8m"
            "1","No",">6m","TAU",29,2,2,NA,NA
            "2","Yes",">6m","BtheB",32,16,24,17,20
            "3","Yes","<6m","TAU",25,20,NA,NA,NA
            "4","No",">6m","BtheB",21,17,16,10,9
            "5","Yes",">6m","BtheB",26,23,NA,NA,NA
            "6","Yes","<6m","TAU",7,0,0,0,0
            """;

    @TempDir
    private Path folder;

    private TestNight study(DatabaseAddress database, String study) {
        return new TestNight(folder, Path.of("jobs"), study, database);
    }

    /** What the trial's site sends. */
    private static void deliver(TestNight night) throws IOException {
        night.put(
                "lindholm",
                "lindholm_responses_2026-10-02.csv",
                Files.readAllBytes(Path.of("jobs/sites/lindholm/inbox/lindholm_responses_2026-10-02.csv")));
    }

    /** The content hash of the trial where no other study is. */
    private String trialAlone() throws IOException {
        try (TestNight night =
                new TestNight(folder.resolve("alone"), Path.of("jobs"), "studies/mbt-tau.yaml", TestDatabase.fresh())) {
            deliver(night);
            return night.publish().contentHash();
        }
    }

    private static String others(String study) {
        return "select (select string_agg(content_hash, ' ' order by snapshot_id) from warehouse.snapshot"
                + " where study_code = 'S'), (select md5(string_agg(e::text, ' ' order by e::text)) from"
                        .replace("S", study)
                + " comparison.estimate e where study_code = '" + study + "'), (select count(*) from"
                + " submission.submission where study_code = '" + study + "')";
    }

    @Test
    void aNightOfOneLeavesHashEstimatesAndSubmissionsOfTheOtherAlone() throws IOException {
        DatabaseAddress database = TestDatabase.fresh();
        NightSummary blues;
        List<String> published;
        try (TestNight night = study(database, "studies/btheb.yaml")) {
            night.put("btheb", "BtheB.csv", BLUES);
            blues = night.run();
            assertThat(blues.participants()).isEqualTo(6);
            published = night.query(others("btheb"));
        }
        NightSummary trial;
        try (TestNight night = study(database, "studies/mbt-tau.yaml")) {
            deliver(night);
            trial = night.run();
            assertThat(trial.problems()).isEmpty();
            assertThat(trial.contentHash()).isEqualTo(trialAlone());
            night.execute("update submission.submission set dirty = true where study_code = 'mbt-tau'");
            assertThat(night.query(others("btheb"))).isEqualTo(published);
            published = night.query(others("mbt-tau"));
        }
        try (TestNight night = study(database, "studies/btheb.yaml")) {
            NightSummary again = night.run();
            assertThat(again.nothingNew()).isTrue();
            assertThat(again.contentHash()).isEqualTo(blues.contentHash()).isNotEqualTo(trial.contentHash());
            night.put("btheb", "BtheB-2.csv", BLUES.replace("32,16", "31,16"));
            assertThat(night.run().changed()).isEqualTo(1);
            assertThat(night.query(others("mbt-tau"))).isEqualTo(published);
            assertThat(night.query("select distinct study_code from submission.submission where dirty"))
                    .as("what the other study still has to do")
                    .containsExactly("mbt-tau");
        }
    }
}
