package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.ShippedInstruments;
import org.equipoise.harmonize.HarmonizedParticipant.Score;
import org.equipoise.vocabulary.MissingReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every shipped instrument gives the scores of its golden table. The tables are computed by golden.py beside them from
 * published keys, without this program: all least, all greatest, each reversed item moved alone, the last missing item
 * that is allowed and the first that is not, skips, and recoding answer by answer.
 */
class GoldenTableTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/equipoise/harmonize/golden");

    private static List<String> instruments() {
        return ShippedInstruments.names();
    }

    @ParameterizedTest
    @MethodSource("instruments")
    void scoresAsTheGoldenTableSays(String name) throws IOException {
        Instrument instrument = ShippedInstruments.get(name);
        Scoring scoring = new Scoring(instrument);
        List<String> lines = Files.readAllLines(FOLDER.resolve(name + ".csv"));
        int items = instrument.items().size();
        List<String> header = new ArrayList<>(List.of("case"));
        instrument.items().forEach(item -> header.add("i" + item.number()));

        List<String> columns = List.of(lines.get(0).split(",", -1));
        assertThat(columns.subList(0, items + 1)).isEqualTo(header);
        assertThat(columns.subList(items + 1, columns.size()))
                .containsExactlyInAnyOrderElementsOf(instrument.scales().stream()
                        .map(scale -> scale.code().value())
                        .toList());
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            for (Score score : score(scoring, Arrays.copyOfRange(cells, 1, items + 1))) {
                String expected = cells[columns.indexOf(score.scale().value())];
                assertScore(name + " " + cells[0] + " " + score.scale(), score, expected);
            }
        }
    }

    private static void assertScore(String where, Score score, String expected) {
        if (expected.isEmpty()) {
            assertThat(score.value()).as(where).isNull();
            assertThat(score.reason()).as(where).isNotNull();
        } else {
            assertThat(score.value()).as(where).isCloseTo(Double.parseDouble(expected), within(1e-9));
            assertThat(score.reason()).as(where).isNull();
        }
    }

    private static List<Score> score(Scoring scoring, String[] cells) {
        short[] values = new short[cells.length];
        byte[] reasons = new byte[cells.length];
        for (int i = 0; i < cells.length; i++) {
            switch (cells[i]) {
                case "" -> reasons[i] = MissingReason.BLANK.code();
                case "na" -> reasons[i] = MissingReason.NOT_APPLICABLE.code();
                default -> values[i] = Short.parseShort(cells[i]);
            }
        }
        return scoring.score(values, reasons);
    }

    @Test
    void everyInstrumentHasATable() throws IOException {
        for (String name : instruments()) {
            assertThat(Files.readAllLines(FOLDER.resolve(name + ".csv")))
                    .as(name)
                    .hasSizeGreaterThan(3);
        }
    }

    private static double scoreOf(String name, String scale, int item, int value) {
        Instrument instrument = ShippedInstruments.get(name);
        String[] cells = instrument.items().stream()
                .map(each -> Integer.toString(each.number() == item ? value : each.min()))
                .toArray(String[]::new);
        return Objects.requireNonNull(score(new Scoring(instrument), cells).stream()
                .filter(score -> score.scale().value().equals(scale))
                .findFirst()
                .orElseThrow()
                .value());
    }

    /** awell-score, core_om: reverses item 30 as well, so that 4 there would lower the mean. */
    @Test
    void coreOmDoesNotReverseItem30() {
        double least = scoreOf("core-om", "mean", 30, 0);

        assertThat(scoreOf("core-om", "mean", 30, 4)).isCloseTo(least + 4.0 / 34, within(1e-12));
    }

    /** antonioPack, scoring_staiT: reverses item 24, the fourth of the trait form. */
    @Test
    void staiTraitDoesNotReverseItem24() {
        assertThat(scoreOf("stai-y2", "total", 4, 4)).isEqualTo(scoreOf("stai-y2", "total", 4, 1) + 3);
    }

    /** awell-score, scl90r: sums its scales and has no indices. */
    @ParameterizedTest
    @ValueSource(strings = {"som", "oc", "int", "dep", "anx", "hos", "phob", "par", "psy"})
    void sclScalesAreMeans(String scale) {
        Instrument instrument = ShippedInstruments.get("scl-90-r");
        String[] greatest = instrument.items().stream().map(item -> "4").toArray(String[]::new);

        assertThat(score(new Scoring(instrument), greatest))
                .filteredOn(score -> score.scale().value().equals(scale))
                .extracting(Score::value)
                .containsExactly(4.0);
        assertThat(instrument.scales()).extracting(each -> each.code().value()).contains("gsi", "pst", "psdi");
    }

    /** scireproject, page on the BSI: says 0-5 in one place. */
    @Test
    void bsiItemsEndAtFour() {
        assertThat(ShippedInstruments.get("bsi-53").items()).allMatch(item -> item.min() == 0 && item.max() == 4);
    }

    /** LCBC, documentation of bdi: a total of 0 to 62 and six bands. */
    @Test
    void bdiTotalEndsAt63WithFourBands() {
        Instrument.Scale total = ShippedInstruments.get("bdi-ii").scales().get(0);

        assertThat(total.max()).isEqualTo(63);
        assertThat(total.bands()).extracting(Instrument.Band::from).containsExactly(0.0, 14.0, 20.0, 29.0);
    }

    /** Reasons tell a person to whom nothing applies from one who left out too much. */
    @Test
    void reasonSaysWhyThereIsNoScore() {
        Scoring wsas = new Scoring(ShippedInstruments.get("wsas"));
        Scoring scl = new Scoring(ShippedInstruments.get("scl-90-r"));
        String[] healthy = new String[90];
        Arrays.fill(healthy, "0");

        assertThat(score(wsas, new String[] {"na", "1", "1", "1", "1"}))
                .extracting(Score::reason)
                .containsExactly("not_applicable", null);
        assertThat(score(wsas, new String[] {"na", "1", "", "1", "1"}))
                .extracting(Score::reason)
                .containsExactly(Scoring.ITEMS_MISSING, "blank");
        assertThat(score(wsas, new String[] {"2", "1", "1", "1", "1"}))
                .extracting(Score::reason)
                .containsExactly(null, "not_applicable");
        assertThat(score(scl, healthy))
                .filteredOn(score -> score.scale().value().equals("psdi"))
                .extracting(Score::reason)
                .containsExactly(Scoring.NOTHING_PRESENT);
    }
}
