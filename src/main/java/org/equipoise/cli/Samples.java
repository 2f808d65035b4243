package org.equipoise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.pipeline.Home;

/** The sample sites' exports, which lie beside their mappings as {@code jobs/sites/SITE/inbox/FILE}. */
final class Samples {
    private Samples() {}

    /** Whether a file under {@code jobs} is a sample export and no definition. */
    static boolean liesInInbox(Path file) {
        Path folder = file.getParent();
        return folder != null && folder.endsWith("inbox");
    }

    /** Puts the samples into a home's inboxes; whether there were any. */
    static boolean seed(Path jobs, Home home) throws IOException {
        Path sites = jobs.resolve("sites");
        List<Path> samples;
        try (Stream<Path> all = Files.walk(sites, 3)) {
            samples = all.filter(Files::isRegularFile)
                    .filter(Samples::liesInInbox)
                    .toList();
        }
        for (Path sample : samples) {
            Path inbox = home.inbox(sites.relativize(sample).getName(0).toString());
            Files.createDirectories(inbox);
            Files.copy(sample, inbox.resolve(sample.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return !samples.isEmpty();
    }
}
