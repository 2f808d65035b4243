package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
                for (String site : List.of("northgate", "lindholm")) {
                    try (Stream<Path> files = Files.list(Path.of("jobs/sites", site, "inbox"))) {
                        for (Path file : files.toList()) {
                            night.put(site, file.getFileName().toString(), Files.readAllBytes(file));
                        }
                    }
                }
                NightSummary summary = night.run();
                assertThat(summary.failed()).isEmpty();
                assertThat(summary.submissions())
                        .hasSize(2)
                        .allSatisfy(submission ->
                                assertThat(submission.counts().received()).isEqualTo(dataRows(submission.site())));
                hashes.add(summary.contentHash());
            }
        }
        assertThat(hashes).as("%s", servers).hasSize(1);
    }

    /** Lines below the header; no cell of the samples holds a line end. */
    private static long dataRows(String site) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("jobs/sites", site, "inbox"))) {
            return Files.readAllLines(files.findFirst().orElseThrow()).stream()
                            .filter(line -> !line.isEmpty())
                            .count()
                    - 1;
        }
    }
}
