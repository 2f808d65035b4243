package org.equipoise.feedback;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.DefinitionLoader;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.LoadedSite;
import org.equipoise.definition.LoadedSite.Standing;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Header;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.Harmonizer;
import org.equipoise.harmonize.StagedParticipant;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.harmonize.StagedParticipant.SourcedFact;
import org.equipoise.harmonize.StagedParticipant.SourcedFragment;
import org.equipoise.staging.BlockChecker;
import org.equipoise.staging.BoundExport;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.Finding;
import org.equipoise.staging.ParticipantKeys;
import org.equipoise.staging.RowBlock;
import org.equipoise.staging.StagedFile;
import org.equipoise.staging.Withdrawn;
import org.equipoise.submission.ExportMoment;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.Problem;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;

/**
 * Checks files as the night would, without database, secret or trace. Whatever a file holds, the answer is
 * findings: nothing is thrown for it. Only what needs other files is left out: whether a later export is in
 * effect already, and whether too many participants are gone.
 */
public final class OfflineCheck {
    /** Keys are forgotten with the check, so they need no secret. */
    private static final byte[] NO_SECRET = "no secret at all".getBytes(StandardCharsets.US_ASCII);

    private final Path jobs;
    private final Path study;
    private final Clock clock;
    private final Map<Optional<String>, LoadedDefinitions> loaded = new HashMap<>();

    /**
     * @param jobs folder with instruments and site mappings
     * @param study the study's file
     * @param clock stands in for the moment of receipt
     */
    public OfflineCheck(Path jobs, Path study, Clock clock) {
        this.jobs = jobs;
        this.study = study;
        this.clock = clock;
    }

    /**
     * Checks one file.
     *
     * @param site the site it is from; empty to tell it from the file's name
     */
    public CheckedFile check(Path file, Optional<String> site) {
        return new Check(file, site, null).run();
    }

    /**
     * Checks one file, and shows what would be published of each of its participants if it were all there is.
     *
     * @param site the site it is from; empty to tell it from the file's name
     */
    public CheckedFile check(Path file, Optional<String> site, Consumer<HarmonizedParticipant> publisher) {
        return new Check(file, site, publisher).run();
    }

    /** Checks by definitions that are loaded already, whatever lies in the folders. */
    public OfflineCheck(LoadedDefinitions definitions, Clock clock) {
        this(Path.of(""), Path.of(""), clock);
        definitions.sites().keySet().forEach(site -> loaded.put(Optional.of(site), definitions));
        loaded.put(Optional.empty(), definitions);
    }

    private LoadedDefinitions definitions(Optional<String> site) {
        return loaded.computeIfAbsent(
                site,
                only -> only.filter(Code.SHAPE.asMatchPredicate())
                        .map(code -> DefinitionLoader.load(jobs, study, new SiteCode(code)))
                        .orElseGet(() -> DefinitionLoader.load(jobs, study)));
    }

    /** A finding that ends the check. */
    private static final class Ended extends Exception {
        final transient List<FindingRow> findings;
        final Verdict verdict;

        Ended(Verdict verdict, List<FindingRow> findings) {
            super(verdict.name());
            this.verdict = verdict;
            this.findings = findings;
        }
    }

    /** The check of one file, as far as it has come. */
    private final class Check {
        private final Path file;
        private final String name;
        private final List<FindingRow> findings = new ArrayList<>();
        private String site;
        private Optional<Export> export = Optional.empty();
        private Optional<ZonedDateTime> taken = Optional.empty();
        private Optional<Header> header = Optional.empty();
        private final @Nullable Consumer<HarmonizedParticipant> publisher;

        Check(Path file, Optional<String> site, @Nullable Consumer<HarmonizedParticipant> publisher) {
            this.file = file;
            this.publisher = publisher;
            Path last = file.getFileName();
            name = last == null ? file.toString() : last.toString();
            this.site = site.orElse("");
        }

        CheckedFile run() {
            try {
                verifyFile();
                LoadedDefinitions definitions = definitions(Optional.of(site).filter(code -> !code.isEmpty()));
                DefinitionBundle bundle = bundle(definitions);
                SiteMapping mapping = site.isEmpty() ? guess(definitions) : mapping(definitions);
                site = mapping.site().value();
                return read(bundle, mapping);
            } catch (Ended end) {
                findings.addAll(end.findings);
                return result(end.verdict, Counts.NONE);
            }
        }

        private CheckedFile result(Verdict verdict, Counts counts) {
            return new CheckedFile(name, site, export, header, taken, verdict, counts, findings);
        }

        private Ended rejected(FindingCode code, String expected) {
            return new Ended(Verdict.FILE_REJECTED, List.of(row(code, expected)));
        }

        private FindingRow row(FindingCode code, String expected) {
            return FindingRow.of(name, Finding.of(code, Place.file(name), expected, null));
        }

        private void verifyFile() throws Ended {
            if (Files.isDirectory(file)) {
                throw rejected(FindingCode.SUB_004, "a CSV file");
            }
            if (!Files.isReadable(file)) {
                throw rejected(FindingCode.SUB_003, "a file that may be read");
            }
        }

        private DefinitionBundle bundle(LoadedDefinitions definitions) throws Ended {
            if (definitions.bundle().isEmpty()) {
                throw new Ended(Verdict.NOT_CHECKED, rows(definitions.problems()));
            }
            return definitions.bundle().get();
        }

        private SiteMapping mapping(LoadedDefinitions definitions) throws Ended {
            Optional<LoadedSite> found = definitions.findSite(site);
            if (found.isEmpty() || found.get().standing() == Standing.OTHER_STUDY) {
                throw rejected(FindingCode.SUB_001, "one of the sites " + siteNames());
            }
            if (found.get().standing() == Standing.BROKEN) {
                List<FindingRow> why = new ArrayList<>(rows(found.get().problems()));
                why.add(row(FindingCode.SUB_005, "a mapping without mistakes"));
                throw new Ended(Verdict.FILE_REJECTED, why);
            }
            return found.get().mapping().orElseThrow();
        }

        private String siteNames() {
            return participating(definitions(Optional.empty()))
                    .map(mapping -> mapping.site().value())
                    .collect(Collectors.joining(", "));
        }

        private static Stream<SiteMapping> participating(LoadedDefinitions definitions) {
            return definitions.sites().values().stream()
                    .filter(candidate -> candidate.standing() == Standing.TAKES_PART)
                    .flatMap(candidate -> candidate.mapping().stream());
        }

        /** The one site of the study that has an export of this name. */
        private SiteMapping guess(LoadedDefinitions definitions) throws Ended {
            List<SiteMapping> fitting = participating(definitions)
                    .filter(mapping -> mapping.findExportOf(name).isPresent())
                    .toList();
            if (fitting.size() == 1) {
                return fitting.get(0);
            }
            if (fitting.isEmpty()) {
                List<FindingRow> why = new ArrayList<>();
                definitions.sites().values().stream()
                        .filter(candidate -> candidate.standing() == Standing.BROKEN)
                        .forEach(broken -> why.addAll(rows(broken.problems())));
                why.add(row(
                        FindingCode.SUB_002,
                        "a name that fits "
                                + participating(definitions)
                                        .map(mapping -> mapping.site() + ": " + mapping.expectedFileNames())
                                        .collect(Collectors.joining("; "))));
                throw new Ended(Verdict.FILE_REJECTED, why);
            }
            String sites =
                    fitting.stream().map(mapping -> mapping.site().value()).collect(Collectors.joining(", "));
            throw new Ended(Verdict.NOT_CHECKED, List.of(row(FindingCode.SUB_010, "one of the sites " + sites)));
        }

        private static List<FindingRow> rows(List<Problem> problems) {
            return problems.stream().map(FindingRow::of).toList();
        }

        private CheckedFile read(DefinitionBundle bundle, SiteMapping mapping) throws Ended {
            export = mapping.findExportOf(name);
            if (export.isEmpty()) {
                throw rejected(FindingCode.SUB_002, "a name that fits " + mapping.expectedFileNames());
            }
            Export ours = export.get();
            Instant now = clock.instant();
            Optional<Instant> told = ExportMoment.find(mapping.versionsOf(ours.code()), name, mapping.zone());
            if (ours.asOf().source() == AsOfSource.FILE_NAME && told.isEmpty()) {
                findings.add(row(FindingCode.SUB_009, "a moment in the file's name"));
            }
            ZonedDateTime asOf = told.orElse(now).atZone(mapping.zone());
            taken = told.map(moment -> moment.atZone(mapping.zone()));
            StagedFile staged = new StagedFile(name);
            try (ExportReader reader = open(mapping, ours.code(), now)) {
                ExportPlan plan = new ExportPlan(
                        name,
                        bundle.study(),
                        export.get(),
                        bundle.instruments(),
                        reader.headerLine(),
                        reader.header(),
                        asOf.toLocalDate(),
                        new ParticipantKeys(NO_SECRET, bundle.study().code(), mapping.site()),
                        Withdrawn.NOBODY);
                staged.add(plan.verifyHeader());
                BlockChecker checker = plan.newChecker();
                for (Optional<RowBlock> rows = reader.read(); rows.isPresent(); rows = reader.read()) {
                    staged.write(checker.check(rows.get()));
                }
            } catch (FileRefused e) {
                add(staged.refuse(e.findings()).findings());
                return result(Verdict.FILE_REJECTED, Counts.NONE);
            } catch (IOException e) {
                throw rejected(FindingCode.SUB_003, "a file that may be read to its end");
            }
            return accept(staged.finish(), new Harmonizer(bundle), mapping.site());
        }

        /** Opens the file with the version of the mapping that it is for. */
        private ExportReader open(SiteMapping mapping, String code, Instant now) throws IOException, FileRefused {
            BoundExport bound = BoundExport.open(name, mapping, code, now, () -> Files.newInputStream(file));
            export = Optional.of(bound.export());
            header = Optional.of(Header.of(bound.reader().header()));
            return bound.reader();
        }

        private CheckedFile accept(StagedFile.Result staged, Harmonizer harmonizer, SiteCode of) {
            add(staged.findings());
            for (StagedFile.Participant participant : staged.participants()) {
                StagedParticipant everything = new StagedParticipant(
                        participant.key(),
                        participant.record(),
                        of,
                        participant.fragments().stream()
                                .map(fragment -> new SourcedFragment(fragment, 0, 0, false))
                                .toList(),
                        participant.facts().stream()
                                .map(fact -> new SourcedFact(fact, 0, 0))
                                .toList(),
                        sourced(participant.history().events()),
                        sourced(participant.history().spells()),
                        sourced(participant.history().observed()),
                        sourced(participant.history().care()),
                        null);
                if (publisher != null) {
                    publisher.accept(harmonizer.harmonize(everything));
                }
                harmonizer
                        .findFindings(everything)
                        .forEach(sourced -> findings.add(FindingRow.of(name, sourced.finding())));
            }
            return result(
                    staged.counts().rejected() > 0 ? Verdict.SOME_ROWS_REJECTED : Verdict.ACCEPTED, staged.counts());
        }

        private static <T> List<Sourced<T>> sourced(List<T> all) {
            return all.stream().map(one -> new Sourced<>(one, 0, 0, false)).toList();
        }

        private void add(List<Finding> more) {
            more.forEach(finding -> findings.add(FindingRow.of(name, finding)));
        }
    }
}
