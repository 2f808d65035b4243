package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night over the shipped samples, on every PostgreSQL that serves the tests. */
class ServerVersionsTest {
    private static final Path SITES = Path.of("jobs/sites");

    @TempDir
    private Path folder;

    @Test
    void theShippedSamplesGiveTheSameContentOnEveryServer() throws IOException {
        Set<String> hashes = new HashSet<>();
        List<String> servers = TestDatabase.servers();
        for (int i = 0; i < servers.size(); i++) {
            try (TestNight night = new TestNight(
                    folder.resolve("server" + i),
                    Path.of("jobs"),
                    "studies/mbt-tau.yaml",
                    TestDatabase.fresh(servers.get(i)))) {
                for (Path file : samples()) {
                    String site = SITES.relativize(file).getName(0).toString();
                    night.put(site, file.getFileName().toString(), Files.readAllBytes(file));
                }
                NightSummary summary = night.run();
                assertThat(summary.failed()).isEmpty();
                assertThat(summary.submissions())
                        .hasSize(samples().size())
                        .allSatisfy(submission -> assertThat(submission.counts().received())
                                .isEqualTo(dataRows(submission.site(), submission.fileName())));
                hashes.add(summary.contentHash());
            }
        }
        assertThat(hashes).as("%s", servers).hasSize(1);
    }

    private static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SITES)) {
            return files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
    }

    /** Lines below the header; no cell of the samples holds a line end. */
    private static long dataRows(String site, String file) throws IOException {
        // Any encoding that knows all bytes counts lines right.
        try (Stream<String> lines =
                Files.lines(SITES.resolve(site).resolve("inbox").resolve(file), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isEmpty()).count() - 1;
        }
    }
}
