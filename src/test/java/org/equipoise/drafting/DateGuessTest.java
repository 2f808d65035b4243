package org.equipoise.drafting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One form for the whole column: what any of its dates decides holds for all. */
class DateGuessTest {
    private static DateGuess guess(String... texts) {
        return DateGuess.of(List.of(texts)).orElseThrow();
    }

    @Test
    void aSecondNumberAboveTwelveAnywhereMeansMonthFirst() {
        assertThat(guess("4/1/2024", "5/2/2024", "1/31/2024").format()).isEqualTo("M/d/yyyy");
    }

    @Test
    void aFirstNumberAboveTwelveAnywhereMeansDayFirst() {
        assertThat(guess("04.01.2024", "31.01.2024").format()).isEqualTo("dd.MM.yyyy");
    }

    @Test
    void saysThatAColumnIsAmbiguous() {
        DateGuess guess = guess("04/01/2024", "05/02/2024");

        assertThat(guess.certainty()).isLessThan(Guess.SURE);
        assertThat(guess.reason()).isEqualTo("ambiguous: no number exceeds 12, so day and month cannot be told apart");
    }

    @Test
    void readsExcelsDaysAndDaysKnownInPart() {
        assertThat(guess("45383", "45400").format()).isEqualTo("excel-1900");
        assertThat(guess("04-03-2021", "UK-05-2021", "28-05-2021").unknown()).isEqualTo("UK");
    }

    @Test
    void numbersThatAreNoDatesAreNone() {
        assertThat(DateGuess.of(List.of("1", "2", "3"))).isEmpty();
    }
}
