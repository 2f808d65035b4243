package org.equipoise.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrawsTest {

    /**
     * First outputs of SplitMix64 for seed 1234567, as the Rosetta Code task "Pseudo-random
     * numbers/Splitmix64" lists them; a double is the top 53 bits.
     */
    @Test
    void drawsAreSplitMix64() {
        Draws draws = Draws.of(1234567);

        for (String output : List.of("6457827717110365317", "3203168211198807973", "9817491932198370423")) {
            assertThat(draws.uniform()).isEqualTo((Long.parseUnsignedLong(output) >>> 11) * 0x1p-53);
        }
    }

    @Test
    void everyPurposeHasItsOwnStream() {
        double one = Draws.of(1, 0, 1).uniform();

        assertThat(Draws.of(1, 0, 1).uniform()).isEqualTo(one);
        assertThat(Draws.of(1, 1, 0).uniform()).isNotEqualTo(one);
        assertThat(Draws.of(2, 0, 1).uniform()).isNotEqualTo(one);
        assertThat(Draws.of(1, 0, 1, 0).uniform()).isNotEqualTo(one);
    }

    /** Four standard errors around the moments of the standard normal and the exponential. */
    @Test
    void normalsAndWaitingTimesHaveTheirMoments() {
        Draws draws = Draws.of(3);
        int n = 100_000;
        double sum = 0;
        double squares = 0;
        double waited = 0;
        for (int i = 0; i < n; i++) {
            double z = draws.normal();
            sum += z;
            squares += z * z;
            waited += draws.waitingTime(2);
        }

        assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
        assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
        assertThat(waited / n).isCloseTo(0.5, within(4 * 0.5 / Math.sqrt(n)));
    }
}
