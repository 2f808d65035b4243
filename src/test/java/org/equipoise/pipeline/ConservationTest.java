package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import org.junit.jupiter.api.Test;

/** No row gets lost: received = accepted + rejected + duplicate + superseded, counted by hand. */
class ConservationTest extends NewHome {
    private static final String BASELINE = "A1,b,MBT,2020-01-10,2020-01-10,41\n";
    private static final String SIX = "A1,six,,,2020-07-10,52\n";
    private static final String OTHER = "A2,b,TAU,2020-01-12,2020-01-12,43\n";

    @Test
    void countsEveryRowOfACleanFileAsAccepted() {
        night.put("alpha", "alpha_2021-01-01.csv", HEADER + BASELINE + SIX + OTHER);
        assertThat(standing(night.run())).containsExactly("alpha_2021-01-01.csv effective 3=3+0+0+0");
    }

    @Test
    void countsEachKindOfRefusedRowAndEachRepetition() {
        night.put(
                "alpha",
                "alpha_2021-01-01.csv",
                HEADER
                        + BASELINE
                        + BASELINE // word for word
                        + "A1,b,,,2020-01-10,77\n" // says otherwise
                        + ",six,,,2020-07-10,50\n" // whom?
                        + "A2,seven,,,2020-07-10,50\n" // when?
                        + "A2,six,,,2020-07-10\n" // too few fields
                        + "A2,six,,,2020-07-10,50,9\n" // too many
                        + "A2,twelve,,,2020-13-45,\n" // no such day, and no answer
                        + "A3,six,,,2020-07-10,500\n"); // nothing of it survives
        assertThat(standing(night.run())).containsExactly("alpha_2021-01-01.csv effective 9=1+7+1+0");
        assertThat(night.query("select code, line from staging.finding where severity = 'error' order by line, code"))
                .contains("STG-026|4", "STG-020|5", "STG-021|6", "STG-010|7", "STG-010|8", "STG-031|9", "STG-033|10");
    }

    @Test
    void countsAllRowsOfAReplacedFileAsSuperseded() {
        night.put("alpha", "alpha_2021-01-01.csv", HEADER + BASELINE + SIX);
        night.run();
        night.put("alpha", "alpha_2021-02-01.csv", HEADER + BASELINE + SIX + OTHER);
        assertThat(standing(night.run()))
                .containsExactly(
                        "alpha_2021-01-01.csv superseded 2=0+0+0+2", "alpha_2021-02-01.csv effective 3=3+0+0+0");
    }

    @Test
    void countsTheRowsThatAnIncrementReplaces() {
        night.put("beta", "beta_2021-01-01.csv", HEADER + BASELINE + SIX + OTHER);
        night.put("beta", "beta_2021-02-01.csv", HEADER + "A1,six,,,2020-07-10,60\nA1,twelve,,,2021-01-10,61\n");
        assertThat(standing(night.run()))
                .containsExactly("beta_2021-01-01.csv effective 3=2+0+0+1", "beta_2021-02-01.csv effective 2=2+0+0+0");
        assertThat(night.values("beta")).containsExactly("A1|baseline|41", "A1|m12|61", "A1|m6|60", "A2|baseline|43");
    }

    @Test
    void countsTheEarlierVersionOfARefusedRowAsAcceptedWhereItStands() {
        night.put("alpha", "alpha_2021-01-01.csv", HEADER + BASELINE + SIX + OTHER);
        night.put("alpha", "alpha_2021-02-01.csv", HEADER + BASELINE + "A1,six,,,2020-07-10,520\n" + OTHER);
        assertThat(standing(night.run()))
                .containsExactly(
                        "alpha_2021-01-01.csv superseded 3=1+0+0+2", "alpha_2021-02-01.csv effective 3=2+1+0+0");
        assertThat(night.values("alpha")).containsExactly("A1|baseline|41", "A1|m6|52", "A2|baseline|43");
    }
}
