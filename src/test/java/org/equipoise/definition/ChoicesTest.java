package org.equipoise.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    @Test
    void tellsAFewInTheirOrder() {
        assertThat(Choices.of(List.of("six", "baseline"), "seven")).isEqualTo("one of six, baseline");
    }

    @Test
    void tellsOfManyThoseThatBeginMostAlike() {
        List<String> many = Stream.concat(
                        IntStream.rangeClosed(1, 11).mapToObj(i -> "Q" + i), Stream.of("GAD-7", "GAF", "PHQ-9"))
                .toList();

        assertThat(Choices.of(many, "gas")).isEqualTo("one of the 14 there are, such as GAD-7, GAF, Q1");
    }
}
