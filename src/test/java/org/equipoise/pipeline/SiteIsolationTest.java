package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.equipoise.testing.TestNight.HEADER;
import static org.equipoise.testing.TestNight.standing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.testing.TestNight;
import org.equipoise.vocabulary.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a site sends, or we lose of it, neither delays nor alters what another sent. */
class SiteIsolationTest {
    private static final String EXPORT = RepeatedNightTest.twelve("A");

    @TempDir
    private Path folder;

    /** What analysts get of alpha when it is the only site; the hashes rest on natural keys and values. */
    private List<String> alone() {
        try (TestNight night = new TestNight(folder.resolve("alone"))) {
            night.put("alpha", "alpha_2021-01-01.csv", EXPORT);
            night.run();
            return night.hashes("alpha");
        }
    }

    @Test
    void badNeighboursAlterNothing() throws IOException {
        List<String> alone = alone();
        assertThat(alone).hasSize(12);
        try (TestNight night = new TestNight(folder.resolve("together"))) {
            Path gamma = night.jobs().resolve("sites/gamma/mapping.yaml");
            Files.writeString(gamma, "code: gamma\nexports: [");
            night.put("alpha", "alpha_2021-01-01.csv", EXPORT);
            night.put("beta", "beta_2021-01-01.csv", "%PDF-1.7\n");
            night.put("beta", "beta_2021-01-02.csv", HEADER + "A1,b,TAU,2020-01-10,2020-01-10,99\n");
            night.put("gamma", "gamma_2021-01-01.csv", EXPORT);
            night.put("delta", "alpha_2021-02-01.csv", HEADER);

            NightSummary summary = night.run();

            assertThat(night.hashes("alpha")).isEqualTo(alone);
            assertThat(standing(summary))
                    .containsExactly(
                            "alpha_2021-01-01.csv effective 36=36+0+0+0",
                            "beta_2021-01-01.csv rejected 0=0+0+0+0",
                            "beta_2021-01-02.csv effective 1=1+0+0+0",
                            "alpha_2021-02-01.csv rejected 0=0+0+0+0");
            assertThat(summary.problems().stream().map(Problem::code)).contains("SUB-005");
            assertThat(night.query("select 1 from comparison.estimate where site_code = 'alpha' limit 1"))
                    .hasSize(1);
        }
    }

    @Test
    void aFileThatWeCannotReadThroughIsNamedAndWaitsWhileTheOthersGoOn() throws IOException {
        List<String> alone = alone();
        try (TestNight night = new TestNight(folder.resolve("lost"))) {
            Path sent = night.put("beta", "beta_2021-01-01.csv", RepeatedNightTest.twelve("B"));
            String before = night.run().contentHash();
            Path archived = archived(night);
            Files.delete(sent); // else it would be archived again
            Path aside = Files.move(archived, folder.resolve("aside"));
            Path mapping = night.jobs().resolve("sites/beta/mapping.yaml");
            Files.writeString(mapping, Files.readString(mapping).replace("Europe/London", "Europe/Dublin"));
            night.restart();
            night.put("alpha", "alpha_2021-01-01.csv", EXPORT);

            NightSummary summary = night.run();

            assertThat(summary.failed()).containsExactly("beta/beta_2021-01-01.csv");
            assertThat(night.hashes("alpha")).isEqualTo(alone);
            Files.move(aside, archived);
            NightSummary mended = night.run();
            assertThat(mended.failed()).isEmpty();
            assertThat(standing(mended)).contains("beta_2021-01-01.csv effective 36=36+0+0+0");
            assertThat(night.hashes("beta")).hasSize(12);
            assertThat(mended.contentHash()).isNotEqualTo(before);
        }
    }

    private static Path archived(TestNight night) throws IOException {
        try (Stream<Path> files = Files.walk(night.home().archive())) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
