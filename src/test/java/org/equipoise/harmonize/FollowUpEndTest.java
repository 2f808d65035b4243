package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A coordinator told of a withdrawal from follow-up on 1 August 2020: what the site tells of later times does not count. */
class FollowUpEndTest {
    private static final String DAY = "2020-08-01";

    private static EventStudy person() {
        return EventStudy.from("2020-01-10")
                .fact("treatment_start_on", "2020-02-01")
                .fact("last_contact_on", "2021-12-01")
                .observed("attempt", "2020-01-10", "2020-12-31")
                .observed("admission", "2020-09-01", "2021-03-01")
                .event("attempt", null, "2020-03-05", "2020-03-05", 1)
                .event("attempt", null, DAY, DAY, 1)
                .event("attempt", null, "2020-08-02", "2020-08-02", 1)
                .event("attempt", null, "2020-07-01", "2020-08-31", 1)
                .asked("attempt", null, "2020-06-10", "2020-12-10", 4)
                .spell("admission", null, "2020-07-20", "2020-08-20", null)
                .spell("admission", null, "2020-05-01", "2020-05-09", null)
                .spell("admission", null, "2020-07-30", null, null)
                .spell("admission", null, "2020-08-02", null, null)
                .askedDays("medication", "2020-06-10", "2020-12-10", 60)
                .care("individual", "2020-02-01", "2020-09-01", 31)
                .care("group", "2020-02-01", "2020-04-01", 8)
                .care("group", "2020-10-01", "2020-11-01", 4);
    }

    private static List<String> events(HarmonizedParticipant participant) {
        return participant.events().stream()
                .map(event -> event.sourced().value().from() + " to "
                        + event.sourced().value().to())
                .sorted()
                .toList();
    }

    @Test
    void whatEndsLaterWasToldLaterAndWhatGoesOnEndsWithTheDay() {
        HarmonizedParticipant cut = person().leftFollowUp(DAY).harmonized();

        assertThat(cut.anchors())
                .containsOnlyKeys("randomised_on", "treatment_start_on", "withdrew_on")
                .containsEntry("withdrew_on", LocalDate.parse(DAY));
        assertThat(events(cut)).containsExactly("2020-03-05 to 2020-03-05", "2020-08-01 to 2020-08-01");
        assertThat(cut.spells().stream()
                        .map(spell -> spell.sourced().value().from() + " to "
                                + spell.sourced().value().to())
                        .sorted())
                .containsExactly("2020-05-01 to 2020-05-09", "2020-07-20 to 2020-08-01", "2020-07-30 to 2020-08-01");
        assertThat(cut.observed().stream()
                        .map(sourced -> sourced.value().from() + " to "
                                + sourced.value().to()))
                .containsExactly("2020-01-10 to 2020-08-01");
        assertThat(cut.care().stream()
                        .map(sourced -> sourced.value().modality() + " to "
                                + sourced.value().to() + ", " + sourced.value().sessions()))
                .containsExactlyInAnyOrder("individual to 2020-08-01, null", "group to 2020-04-01, 8");
    }

    @Test
    void laterRecordsChangeNothing() {
        HarmonizedParticipant once = person().leftFollowUp(DAY).harmonized();
        HarmonizedParticipant again = person().event("attempt", null, "2021-03-05", "2021-03-05", 2)
                .spell("admission", null, "2021-01-01", "2021-02-01", null)
                .observed("admission", "2021-03-02", "2021-08-01")
                .fact("died_on", "2021-11-11")
                .leftFollowUp(DAY)
                .harmonized();

        assertThat(again.contentHash()).isEqualTo(once.contentHash());
        assertThat(person().harmonized().contentHash()).isNotEqualTo(once.contentHash());
    }

    @Test
    void ofTheCoordinatorsDayAndTheSitesTheEarlierHolds() {
        assertThat(person().fact("withdrew_on", "2020-06-30")
                        .leftFollowUp(DAY)
                        .harmonized()
                        .anchors())
                .containsEntry("withdrew_on", LocalDate.parse("2020-06-30"));
        assertThat(events(person().fact("withdrew_on", "2020-06-30")
                        .leftFollowUp(DAY)
                        .harmonized()))
                .containsExactly("2020-03-05 to 2020-03-05");
        assertThat(person().fact("withdrew_on", "2020-09-30")
                        .leftFollowUp(DAY)
                        .harmonized()
                        .contentHash())
                .isEqualTo(person().leftFollowUp(DAY).harmonized().contentHash());
    }

    @Test
    void withdrawalFromTreatmentAddsADayAndNothingElse() {
        HarmonizedParticipant before = person().harmonized();
        HarmonizedParticipant after = person().leftTreatment(DAY).harmonized();

        assertThat(after.anchors())
                .containsAllEntriesOf(before.anchors())
                .containsEntry("left_treatment_on", LocalDate.parse(DAY))
                .hasSize(before.anchors().size() + 1);
        assertThat(events(after)).isEqualTo(events(before)).hasSize(5);
    }
}
