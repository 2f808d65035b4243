package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.Instrument;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The registry of instruments lies in the warehouse as a dictionary, with how sure each key is. */
@Timeout(300)
class DictionaryTest {
    private static final Path JOBS = Path.of("jobs");

    @TempDir
    private static Path folder;

    private static TestNight night;
    private static List<Instrument> instruments;

    @BeforeAll
    static void publish() {
        DefinitionBundle definitions = DefinitionLoader.load(JOBS, JOBS.resolve("studies/mbt-tau.yaml"))
                .bundle()
                .orElseThrow();
        instruments = definitions.instruments().values().stream()
                .sorted(Comparator.comparing(instrument -> instrument.code().value()))
                .toList();
        night = new TestNight(folder, JOBS, "studies/mbt-tau.yaml", TestDatabase.fresh());
        night.publish();
    }

    @AfterAll
    static void close() {
        night.close();
    }

    private static List<String> dictionary(String column) {
        return night.query("select instrument_code || ': ' || array_to_string(" + column + ", '; ')"
                + " from warehouse.instrument order by instrument_code collate \"C\"");
    }

    @Test
    void saysOfEachInstrumentWhereItsKeyIsFromAndWhatIsToBeConfirmed() {
        assertThat(dictionary("to_confirm"))
                .containsExactlyElementsOf(instruments.stream()
                        .map(instrument -> instrument.code() + ": " + String.join("; ", instrument.toConfirm()))
                        .toList())
                .anyMatch(line -> line.startsWith("ZAN-BPD: which criteria make up each sector"));
        assertThat(dictionary("sources"))
                .containsExactlyElementsOf(instruments.stream()
                        .map(instrument -> instrument.code() + ": " + String.join("; ", instrument.sources()))
                        .toList());
    }

    @Test
    void holdsEveryItemAndScale() {
        assertThat(
                        night.query(
                                "select instrument_code, count(*) from warehouse.item group by 1 order by instrument_code collate \"C\""))
                .containsExactlyElementsOf(instruments.stream()
                        .map(instrument ->
                                instrument.code() + "|" + instrument.items().size())
                        .toList());
        assertThat(night.query("select instrument_code, scale_code, least, greatest, direction from warehouse.scale"
                        + " where instrument_code = 'ZAN-BPD' and scale_code = 'affective'"))
                .containsExactly("ZAN-BPD|affective|0|12|lower_is_better");
    }
}
