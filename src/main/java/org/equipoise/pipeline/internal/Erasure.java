package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Released;
import org.equipoise.database.ParticipantTables;
import org.equipoise.definition.SiteMapping;
import org.equipoise.feedback.FeedbackWriter;
import org.equipoise.pipeline.Installation;
import org.equipoise.staging.BlankedCopy;
import org.equipoise.staging.BoundExport;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.ParticipantKeys;
import org.equipoise.staging.Withdrawals;
import org.equipoise.staging.Withdrawals.Tombstone;
import org.equipoise.staging.Withdrawn;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.submission.SubmissionLedger.Erased;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Takes people who withdrew consent out of files: archived copies, answers to sites, inboxes, releases. What is to be done
 * follows from their tombstones and from what each submission's copy was looked through for, so that whatever a kill has
 * left undone is done by the next run. Everything may be done twice.
 */
@Component
class Erasure {
    private static final String JOB = "withdraw";

    private static final Logger LOG = LoggerFactory.getLogger(Erasure.class);

    /** Whoever was writing has ended by then. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private static final List<String> SCHEMAS = List.of("identity", "staging", "warehouse");

    private final Installation installation;
    private final Archive archive;
    private final SubmissionLedger ledger;
    private final Withdrawals withdrawals;
    private final ComparisonStore comparisons;
    private final RunRegistry runs;
    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final StudyCode study;

    Erasure(
            Installation installation,
            Archive archive,
            SubmissionLedger ledger,
            Withdrawals withdrawals,
            ComparisonStore comparisons,
            RunRegistry runs,
            PlatformTransactionManager transactions,
            JdbcTemplate jdbc,
            Clock clock) {
        this.installation = installation;
        this.archive = archive;
        this.ledger = ledger;
        this.withdrawals = withdrawals;
        this.comparisons = comparisons;
        this.runs = runs;
        this.transaction = new TransactionTemplate(transactions);
        this.jdbc = jdbc;
        this.clock = clock;
        study = installation.bundle().study().code();
    }

    /** Of whom nothing may be read in a submission. */
    Withdrawn withdrawnFrom(Submission submission) {
        return new Withdrawn(people(submission.site()), Set.copyOf(ledger.erasedLines(submission.id())));
    }

    private Set<ParticipantKey> people(String site) {
        return withdrawals.findTombstones(study).stream()
                .filter(tombstone -> tombstone.site().equals(site))
                .map(Tombstone::participant)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Erases from files whoever has been erased from the database, if that is still to be done. */
    void finish(RunLock held) {
        Objects.requireNonNull(held);
        List<Tombstone> unfinished = withdrawals.findTombstones(study).stream()
                .filter(tombstone -> !tombstone.finished())
                .toList();
        if (unfinished.isEmpty()) {
            return;
        }
        inRun(run -> finish(run, unfinished));
    }

    /** Does something as a run of its own. */
    void inRun(LongConsumer work) {
        long run = runs.begin(study, JOB, installation.programVersion(), NightRunner.host());
        boolean completed = false;
        try {
            work.accept(run);
            completed = true;
        } finally {
            runs.end(run, completed ? "completed" : "failed");
        }
    }

    /**
     * The same within a run.
     *
     * @return whether all is done; if not, the log says what is left for the next run
     */
    boolean finish(long run, List<Tombstone> unfinished) {
        Set<String> sites = unfinished.stream().map(Tombstone::site).collect(Collectors.toUnmodifiableSet());
        Set<String> left =
                sites.stream().filter(site -> !blank(run, site, true)).collect(Collectors.toUnmodifiableSet());
        try {
            removeCopies();
            removeReleases();
            archive.removeLeftovers(clock.instant().minus(LEFT_BEHIND));
        } catch (IOException e) {
            LOG.warn("Files that hold somebody who is erased could not be removed; the next run tries again", e);
            left = sites;
        }
        jdbc.execute((ConnectionCallback<Void>) connection -> {
            ParticipantTables.vacuum(connection, SCHEMAS);
            return null;
        });
        for (Tombstone tombstone : unfinished) {
            if (!left.contains(tombstone.site())) {
                fenced(run, () -> withdrawals.finish(tombstone.id()));
            }
        }
        return left.isEmpty();
    }

    /** Blanks what later files say of people who had withdrawn before. */
    void blankLaterFiles(long run) throws IOException {
        FeedbackWriter answers = new FeedbackWriter(installation.home().folder(), Answers.PROGRAM);
        Set<String> sites =
                withdrawals.findTombstones(study).stream().map(Tombstone::site).collect(Collectors.toUnmodifiableSet());
        for (String site : sites) {
            blank(run, site, false);
            // A check before the night knows of no withdrawal: what it said of an old file sent again may quote one.
            for (String file : ledger.findErasedAgain(study, site)) {
                answers.forget(site, file);
            }
        }
        removeCopies();
    }

    /**
     * Rows of theirs in the archived copies of a site.
     *
     * @param rows how many in each submission that has any
     * @param removed submissions whose rows cannot be told apart, and of which nothing was used
     * @param unreadable submissions that are in use and cannot be read now
     */
    record Found(TreeMap<Long, Integer> rows, List<Submission> removed, List<Submission> unreadable) {}

    /** Looks for rows of somebody, and changes nothing. */
    Found find(String site, ParticipantKey participant) {
        Found found = new Found(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        for (Submission submission : ledger.findToErase(study, site, Long.MAX_VALUE)) {
            if (!archive.holds(submission)) {
                continue;
            }
            Optional<BlankedCopy> copy = look(submission, Set.of(participant));
            if (copy.isEmpty()) {
                (isUsed(submission) ? found.unreadable() : found.removed()).add(submission);
            } else if (!copy.get().lines().isEmpty()) {
                found.rows().put(submission.id(), copy.get().lines().size());
            }
        }
        return found;
    }

    /** What a submission's archived copy says of some people; empty where rows cannot be told apart. */
    private Optional<BlankedCopy> look(Submission submission, Set<ParticipantKey> people) {
        SiteMapping mapping = installation.bundle().mappings().get(new SiteCode(submission.site()));
        if (mapping == null || submission.export().isEmpty()) {
            return Optional.empty();
        }
        ExportReader.Source source = () -> archive.open(submission);
        try {
            BoundExport opened = BoundExport.open(
                    submission.fileName(), mapping, submission.export(), submission.receivedAt(), source);
            return Optional.of(BlankedCopy.of(
                    submission.fileName(),
                    opened,
                    people,
                    new ParticipantKeys(installation.secret(), study, mapping.site()),
                    source));
        } catch (FileRefused | IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isUsed(Submission submission) {
        return submission.status() != Status.REJECTED && !submission.export().isEmpty();
    }

    /** Whether facts of it are staged. */
    private static boolean isRead(Submission submission) {
        return switch (submission.status()) {
            case STAGED, EFFECTIVE, SUPERSEDED -> true;
            case HELD -> submission.holdReason() != HoldReason.RESENT;
            case RECEIVED, REJECTED, WITHDRAWN -> false;
        };
    }

    /**
     * Blanks the archived copies of a site that were not looked through for all of its tombstones.
     *
     * @param everywhere whether answers and inbox are cleared too, and what was read is read again
     * @return whether none is left
     */
    private boolean blank(long run, String site, boolean everywhere) {
        long through = withdrawals.findTombstones(study).stream()
                .filter(tombstone -> tombstone.site().equals(site))
                .mapToLong(Tombstone::id)
                .max()
                .orElse(0);
        Set<ParticipantKey> people = people(site);
        boolean all = true;
        for (Submission submission : ledger.findToErase(study, site, through)) {
            try {
                all &= blank(run, submission, people, through, everywhere);
            } catch (IOException e) {
                LOG.warn(
                        "The copy of submission {} of {} could not be blanked; the next run tries again",
                        submission.id(),
                        site);
                all = false;
            }
        }
        return all;
    }

    private boolean blank(long run, Submission submission, Set<ParticipantKey> people, long through, boolean everywhere)
            throws IOException {
        if (!archive.holds(submission)) {
            fenced(run, () -> ledger.markLookedThrough(submission.id(), through));
            return true;
        }
        Optional<BlankedCopy> copy = look(submission, people);
        if (copy.isEmpty() && isUsed(submission)) {
            LOG.warn(
                    "Submission {} of {} cannot be read by its mapping, so it was not blanked; the next run tries again",
                    submission.id(),
                    submission.site());
            return false;
        }
        List<Integer> lines = copy.map(BlankedCopy::lines).orElse(List.of());
        if (copy.isPresent() && lines.isEmpty()) {
            fenced(run, () -> ledger.markLookedThrough(submission.id(), through));
            return true;
        }
        String kept = copy.isPresent() ? archive.store(copy.get()::write).sha256() : null;
        if (everywhere) {
            clearAnswers(run, submission);
        }
        fenced(run, () -> {
            ledger.markErased(
                    new Erased(submission.id(), kept, lines, through),
                    Objects.requireNonNull(submission.archiveSha256()));
            if (everywhere && isRead(submission)) {
                ledger.readAgain(submission.id());
            }
        });
        return true;
    }

    /** What quotes the file, and the file itself where it lies in the inbox as it was taken in. */
    private void clearAnswers(long run, Submission submission) throws IOException {
        boolean latest = ledger.findAll(study).stream()
                .noneMatch(other -> other.id() > submission.id()
                        && other.site().equals(submission.site())
                        && other.fileName().equals(submission.fileName()));
        if (hasAnInboxOfItsOwn(submission.site())) {
            removeFromInbox(run, submission);
        }
        new FeedbackWriter(installation.home().folder(), Answers.PROGRAM)
                .erase(submission.site(), submission.id(), submission.fileName(), latest);
    }

    /** Another study may not have taken in yet what lies in an inbox that it shares. */
    private boolean hasAnInboxOfItsOwn(String site) {
        SiteMapping mapping = installation.bundle().mappings().get(new SiteCode(site));
        return mapping != null && mapping.studies().size() == 1;
    }

    private void removeFromInbox(long run, Submission submission) throws IOException {
        List<String> theirs = List.of(submission.sha256(), Objects.requireNonNull(submission.archiveSha256()));
        Path inbox = installation.home().inbox(submission.site());
        if (Files.isDirectory(inbox)) {
            try (Stream<Path> files = Files.list(inbox)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (theirs.contains(Digests.sha256(file))) {
                        // Forgotten first: should it come again, it is told apart from one that was never taken out.
                        String name = file.getFileName().toString();
                        fenced(run, () -> ledger.forget(study, submission.site(), name));
                        Files.delete(file);
                    }
                }
            }
        }
    }

    private void removeCopies() throws IOException {
        for (String sha256 : ledger.findErasedCopies()) {
            archive.remove(sha256);
        }
    }

    /** Data sets that hold a row of somebody who is erased: what would be left is another release than the one that was made. */
    private void removeReleases() throws IOException {
        Path folder = installation.home().releases();
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (Released release : comparisons.findRedacted()) {
            if (release.kind().equals("analysis")) {
                FileSystemUtils.deleteRecursively(
                        Releases.folder(folder, study, release.snapshotId(), release.kind(), release.sha256()));
            }
        }
    }

    /** Does something in one transaction, if the run still has the right to write. */
    void fenced(long run, Runnable work) {
        transaction.executeWithoutResult(status -> {
            try {
                runs.fence(run);
            } catch (JobInterruptedException e) {
                throw new IllegalStateException("asked to stop", e);
            }
            work.run();
        });
    }
}
