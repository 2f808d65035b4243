package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The moment an export was taken decides what counts, never the night it arrived. */
@SuppressWarnings({"LoopOverCharArray", "StringSplitter"})
class ProcessingOrderTest extends NewHome {
    private static final String FIRST = HEADER
            + "A1,b,MBT,2020-01-10,2020-01-10,41\n"
            + "A1,six,,,2020-07-10,52\n"
            + "A2,b,TAU,2020-01-12,2020-01-12,43\n";
    private static final String CORRECTION = FIRST.replace("07-10,52", "07-10,55");
    /** Its row for A1 at six months is refused: the correction's row must stand. */
    private static final String WITH_REFUSED_ROW = FIRST.replace("07-10,52", "07-10,555") + "A2,six,,,2020-07-12,48\n";

    private static final Map<Character, String> EXPORTS = Map.of('1', FIRST, '2', CORRECTION, '3', WITH_REFUSED_ROW);
    private static final List<String> VALUES = List.of("A1|baseline|41", "A1|m6|55", "A2|baseline|43", "A2|m6|48");

    private Path deliver(char version) {
        return night.put("alpha", "alpha_2021-0" + version + "-01.csv", EXPORTS.get(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "132", "213", "231", "312", "321"})
    void endsWithTheSameDataInWhateverOrderExportsArrive(String order) {
        for (char version : order.toCharArray()) {
            deliver(version);
            night.run();
        }
        night.put("alpha", "alpha_2020-12-24.csv", FIRST); // the first export's bytes under another name
        NightSummary summary = night.run();
        assertThat(night.values("alpha")).containsExactlyElementsOf(VALUES);
        assertThat(night.query("select distinct stale from warehouse.assessment_history where snapshot_to is null"
                        + " and interval_code = 'm6' and stale"))
                .containsExactly("t");

        Map<String, String> ends = new LinkedHashMap<>();
        for (String line : standing(summary)) {
            String[] parts = line.split(" ");
            ends.merge(parts[0], parts[1] + " " + parts[2], (one, two) -> one + "; " + two);
        }
        assertThat(ends.get("alpha_2021-03-01.csv")).isEqualTo("effective 4=3+1+0+0");
        assertThat(ends.get("alpha_2021-02-01.csv")).matches("(superseded|held:older) 3=1\\+0\\+0\\+2");
        assertThat(ends.get("alpha_2021-01-01.csv")).matches("(superseded|held:older) 3=0\\+0\\+0\\+3");
        assertThat(List.copyOf(ends.values()).stream().filter(end -> end.startsWith("effective")))
                .hasSize(1);
        assertThat(contentHash(summary)).isEqualTo(undisturbed());
    }

    /** All three in one night, under the same secret: keys and so hashes are the same. */
    private String undisturbed() {
        try (TestNight other = new TestNight(folder.resolve("other"))) {
            copySecret(other);
            EXPORTS.forEach((version, text) -> other.put("alpha", "alpha_2021-0" + version + "-01.csv", text));
            return contentHash(other.run());
        }
    }

    private void copySecret(TestNight other) {
        try {
            java.nio.file.Files.createDirectories(other.home().folder());
            java.nio.file.Files.copy(night.home().secret(), other.home().secret());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String contentHash(NightSummary summary) {
        return summary.contentHash();
    }

    @Test
    void holdsAnOlderExportAndDoesNotApplyIt() {
        deliver('2');
        String before = night.run().contentHash();
        deliver('1');
        NightSummary summary = night.run();
        assertThat(standing(summary))
                .containsExactly(
                        "alpha_2021-02-01.csv effective 3=3+0+0+0", "alpha_2021-01-01.csv held:older 3=0+0+0+3");
        assertThat(summary.contentHash()).isEqualTo(before);
    }

    @Test
    void doesNothingWithTheBytesInEffectUnderAnotherName() {
        deliver('1');
        NightSummary before = night.run();
        night.put("alpha", "alpha_2022-01-01.csv", FIRST);
        NightSummary summary = night.run();
        assertThat(standing(summary)).isEqualTo(standing(before));
        assertThat(summary.snapshotId()).isEqualTo(before.snapshotId());
    }

    @Test
    void holdsTheBytesOfASupersededExportUntilSomebodyReinstatesThem() {
        deliver('1');
        night.run();
        deliver('2');
        night.run();
        Path again = night.put("alpha", "alpha_2021-04-01.csv", FIRST);
        assertThat(standing(night.run()))
                .containsExactly(
                        "alpha_2021-01-01.csv superseded 3=0+0+0+3",
                        "alpha_2021-02-01.csv effective 3=3+0+0+0",
                        "alpha_2021-04-01.csv held:resent 0=0+0+0+0");
        assertThat(night.values("alpha")).contains("A1|m6|55");
        night.answer("alpha", again, false);
        assertThat(standing(night.run()))
                .containsExactly(
                        "alpha_2021-01-01.csv superseded 3=0+0+0+3",
                        "alpha_2021-02-01.csv superseded 3=0+0+0+3",
                        "alpha_2021-04-01.csv effective 3=3+0+0+0");
        assertThat(night.values("alpha")).contains("A1|m6|52");
    }

    @Test
    void holdsAnExportThatDropsParticipantsUntilSomebodyConfirmsIt() {
        deliver('1');
        String before = night.run().contentHash();
        Path smaller = night.put("alpha", "alpha_2021-05-01.csv", FIRST.replaceAll("(?m)^A2.*\n", ""));
        NightSummary held = night.run();
        assertThat(standing(held))
                .containsExactly(
                        "alpha_2021-01-01.csv effective 3=3+0+0+0",
                        "alpha_2021-05-01.csv held:drops_participants 2=0+0+0+2");
        assertThat(held.contentHash()).isEqualTo(before);
        night.answer("alpha", smaller, true);
        NightSummary confirmed = night.run();
        assertThat(standing(confirmed))
                .containsExactly(
                        "alpha_2021-01-01.csv superseded 3=0+0+0+3", "alpha_2021-05-01.csv effective 2=2+0+0+0");
        assertThat(confirmed.participants()).isEqualTo(1);
        assertThat(night.values("alpha")).containsExactly("A1|baseline|41", "A1|m6|52");
    }
}
