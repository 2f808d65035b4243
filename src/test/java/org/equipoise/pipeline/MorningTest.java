package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.equipoise.pipeline.Morning.FindingChange;
import org.junit.jupiter.api.Test;

/** What a coordinator reads in the morning. Days pass by moving the last summary's day back. */
class MorningTest extends NewHome {
    private static final String GOOD = RepeatedNightTest.twelve("A");
    /** Two of its values are beyond the scale's end at 100. */
    private static final String TWO_BAD = GOOD.replaceAll("(?m)^(A[12],six,.*),[0-9]+$", "$1,555");

    private Morning morning() {
        return night.context().getBean(Mornings.class).tell(night.run());
    }

    private void nextDay() {
        night.execute("update batch.morning set told_on = told_on - 1");
    }

    private String latest(String kind) throws IOException {
        return Files.readString(night.home().summaries().resolve("latest." + kind));
    }

    @Test
    void tellsAllThatTheFirstNightBrought() throws IOException {
        night.put("alpha", "alpha_2021-02-01.csv", TWO_BAD);
        night.put("alpha", "notes.txt", "hello\n");
        Morning morning = morning();
        assertThat(morning.isSilent()).isFalse();
        assertThat(morning.participants()).isEqualTo(12);
        assertThat(morning.findings())
                .extracting(FindingChange::site, FindingChange::fresh, FindingChange::mended, FindingChange::persisting)
                .contains(org.assertj.core.groups.Tuple.tuple("alpha", 2, 0, 0));
        assertThat(latest("txt"))
                .contains("Participants: 12, 12 more than before.")
                .containsPattern("alpha_2021-02-01.csv +in use +36 +34 +2 +0 +0|alpha_2021-02-01.csv +in use +36 +36")
                .containsPattern("notes.txt +rejected whole")
                .contains("Results that moved: MBT minus TAU (95 % interval)");
        assertThat(latest("html")).contains("<td data-column=\"standing\">rejected whole</td>");
        assertThat(night.home().summaries().resolve(morning.date() + ".txt")).hasContent(latest("txt"));
    }

    @Test
    void isSilentWhenNothingChanged() throws IOException {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        morning();
        nextDay();
        Morning second = morning();
        assertThat(second.isSilent()).isTrue();
        assertThat(latest("txt").lines().skip(1))
                .containsExactly("Nothing changed: 12 participants, results as they were.");
        assertThat(latest("html")).doesNotContain("<table>");
    }

    @Test
    void tellsFindingsThatWereMendedFromThoseThatPersist() {
        night.put("alpha", "alpha_2021-02-01.csv", TWO_BAD);
        morning();
        nextDay();
        night.put("alpha", "alpha_2021-03-01.csv", GOOD.replaceAll("(?m)^(A1,six,.*),[0-9]+$", "$1,555"));
        Morning second = morning();
        assertThat(second.findings())
                .extracting(FindingChange::fresh, FindingChange::mended, FindingChange::persisting)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(0, 1, 1));
        assertThat(second.submissions()).hasSize(1);
        assertThat(second.moved()).isNotEmpty();
    }

    @Test
    void addsUpTheNightsOfADay() {
        night.put("alpha", "alpha_2021-02-01.csv", GOOD);
        morning();
        nextDay();
        night.put("beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B"));
        Morning second = morning();
        Morning third = morning();
        assertThat(third.participantsBefore()).isEqualTo(12);
        assertThat(third.submissions()).isEqualTo(second.submissions()).hasSize(1);
    }

    @Test
    void keepsNoIdOfAParticipantInTheTablesOfRuns() {
        night.put("alpha", "alpha_2021-02-01.csv", TWO_BAD.replace("A1,", "RECORD-ONE,"));
        morning();
        assertThat(night.query("select before::text || latest::text from batch.morning"))
                .singleElement()
                .asString()
                .contains("alpha")
                .doesNotContain("RECORD-ONE")
                .doesNotContain("555");
    }
}
