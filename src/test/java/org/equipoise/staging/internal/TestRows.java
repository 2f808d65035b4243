package org.equipoise.staging.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.SiteMapping;
import org.equipoise.staging.BoundExport;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.ParticipantKeys;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.Withdrawn;
import org.equipoise.vocabulary.SiteCode;

/** Checks rows by the definitions of a site. */
final class TestRows {
    private static final byte[] SECRET = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private TestRows() {}

    static DefinitionBundle bundle(Path jobs) {
        return DefinitionLoader.load(jobs, jobs.resolve("studies/mbt-tau.yaml"))
                .bundle()
                .orElseThrow();
    }

    /** What the first block of a file comes to. */
    static StagedBlock check(DefinitionBundle bundle, SiteCode site, String export, String name, String text)
            throws IOException, FileRefused {
        SiteMapping mapping = Objects.requireNonNull(bundle.mappings().get(site));
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        BoundExport opened = BoundExport.open(
                name, mapping, export, Instant.parse("2026-10-02T00:00:00Z"), () -> new ByteArrayInputStream(file));
        try (ExportReader reader = opened.reader()) {
            ExportPlan plan = new ExportPlan(
                    name,
                    bundle.study(),
                    opened.export(),
                    bundle.instruments(),
                    reader.headerLine(),
                    reader.header(),
                    LocalDate.of(2026, 10, 2),
                    new ParticipantKeys(SECRET, bundle.study().code(), site),
                    Withdrawn.NOBODY);
            return plan.newChecker().check(reader.read().orElseThrow());
        }
    }
}
