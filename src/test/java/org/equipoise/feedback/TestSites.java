package org.equipoise.feedback;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.SiteMapping.Export;

/** A jobs folder with two small sites, and files to check against it. */
record TestSites(Path folder) {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-05T12:00:00Z"), ZoneOffset.UTC);
    static final String HEADER = "id,visit,arm,randomised,gaf_date,gaf";

    /** Wide, one row a visit; a line above the header; semicolons are its neighbour's. */
    static final String AARHUS = """
            code: aarhus
            name: Aarhus (synthetic)
            zone: Europe/Copenhagen
            studies:
              - {study: mbt-tau, randomised: true, comparator: TAU, schedule: [baseline, m6]}
            exports:
              - code: gaf
                files: aarhus_{as_of}.csv
                mode: cumulative
                as_of: {from: file_name, format: yyyy-MM-dd}
                record: id
                dates: {format: yyyy-MM-dd}
                visit:
                  from: column
                  column: visit
                  values: {before: baseline, half a year: m6}
                facts:
                  arm: {column: arm, kind: arm}
                  randomised_on: {column: randomised, kind: date}
                forms:
                  - code: gaf
                    instrument: GAF
                    items: {1: gaf}
                    date: gaf_date
            """;

    static TestSites in(Path folder) throws IOException {
        Path jobs = folder.resolve("jobs");
        for (String part : new String[] {"costs", "crosswalks", "instruments", "studies"}) {
            try (Stream<Path> files = Files.list(Path.of("jobs", part))) {
                for (Path file : files.toList()) {
                    Path copy = jobs.resolve(part).resolve(file.getFileName());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
        return new TestSites(folder).site("aarhus", AARHUS);
    }

    TestSites site(String code, String mapping) throws IOException {
        Path file = jobs().resolve("sites").resolve(code).resolve("mapping.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, mapping);
        return this;
    }

    Path jobs() {
        return folder.resolve("jobs");
    }

    Path study() {
        return jobs().resolve("studies/mbt-tau.yaml");
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    OfflineCheck check() {
        return new OfflineCheck(jobs(), study(), CLOCK);
    }

    CheckedFile check(Path file) {
        return check().check(file, Optional.of("aarhus"));
    }

    Export export(Path file) {
        return check(file).export().orElseThrow();
    }

    /** A check against the definitions that are shipped. */
    static OfflineCheck shippedCheck() {
        return new OfflineCheck(Path.of("jobs"), Path.of("jobs/studies/mbt-tau.yaml"), CLOCK);
    }
}
