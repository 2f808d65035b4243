package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Released;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.definition.SiteMapping;
import org.equipoise.pipeline.FullDisk;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Withdrawing;
import org.equipoise.staging.ParticipantKeys;
import org.equipoise.staging.Withdrawals;
import org.equipoise.staging.Withdrawals.Kind;
import org.equipoise.staging.Withdrawals.Tombstone;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.FrozenSnapshots;
import org.equipoise.warehouse.FrozenSnapshots.Frozen;
import org.equipoise.warehouse.WarehouseStore;
import org.springframework.stereotype.Component;

/**
 * Takes withdrawals down under the lock of runs. Of consent, the tombstone and the erasing of the database are one
 * transaction; files follow, and a run that finds them unfinished goes on with them.
 */
@Component
class StoredWithdrawal implements Withdrawing {
    private final Installation installation;
    private final DatabaseAddress database;
    private final NightRunner nights;
    private final Erasure erasure;
    private final Withdrawals withdrawals;
    private final SubmissionLedger ledger;
    private final WarehouseStore warehouse;
    private final ComparisonStore comparisons;
    private final FrozenSnapshots frozen;
    private final Clock clock;
    private final StudyCode study;

    StoredWithdrawal(
            Installation installation,
            DatabaseAddress database,
            NightRunner nights,
            Erasure erasure,
            Withdrawals withdrawals,
            SubmissionLedger ledger,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            FrozenSnapshots frozen,
            Clock clock) {
        this.installation = installation;
        this.database = database;
        this.nights = nights;
        this.erasure = erasure;
        this.withdrawals = withdrawals;
        this.ledger = ledger;
        this.warehouse = warehouse;
        this.comparisons = comparisons;
        this.frozen = frozen;
        this.clock = clock;
        study = installation.bundle().study().code();
    }

    @Override
    public Done withdraw(Request request) {
        try (RunLock lock = RunLock.take(database)) {
            verify(request);
            nights.recover(lock);
            return perform(request, false);
        } catch (RuntimeException e) {
            throw FullDisk.refusal(e, installation.home())
                    .<RuntimeException>map(full -> full)
                    .orElse(e);
        }
    }

    @Override
    public Done foresee(Request request) {
        try (RunLock lock = RunLock.take(database)) {
            Objects.requireNonNull(lock);
            verify(request);
            return perform(request, true);
        }
    }

    private Done perform(Request request, boolean dryRun) {
        Set<ParticipantKey> meant = meant(request);
        Optional<Tombstone> erased = meant.stream()
                .flatMap(key -> withdrawals.findTombstone(key).stream())
                .findFirst();
        if (erased.isPresent()) {
            return before(request.kind());
        }
        ParticipantKey participant = known(meant, request.site());
        return request.kind() == Kind.CONSENT
                ? erase(request, participant, dryRun)
                : note(request, participant, dryRun);
    }

    private void verify(Request request) {
        SiteMapping mapping = mapping(request.site());
        LocalDate day = request.day();
        if (day == null && request.kind() != Kind.CONSENT) {
            throw Snapshots.refused("Say the day of the withdrawal: --date yyyy-MM-dd."
                    + (request.kind() == Kind.FOLLOW_UP ? " It is the last whose data are kept." : "")
                    + " Nothing was changed.");
        }
        LocalDate today = clock.instant().atZone(mapping.zone()).toLocalDate();
        if (day != null && day.isAfter(today)) {
            throw Snapshots.refused("The day of the withdrawal, " + day + ", is still to come; at " + request.site()
                    + " it is " + today + ". Nothing was changed.");
        }
    }

    private SiteMapping mapping(String site) {
        return installation.bundle().mappings().values().stream()
                .filter(mapping -> mapping.site().value().equals(site))
                .findFirst()
                .orElseThrow(() -> Snapshots.refused(site + " is no site of study " + study
                        + " that can be read now. Its sites are: "
                        + installation.bundle().mappings().keySet().stream()
                                .map(Code::value)
                                .sorted()
                                .collect(Collectors.joining(", "))
                        + ". Nothing was changed."));
    }

    /** Whom the id may mean: as it was typed, and as each export of the site spells it. */
    private Set<ParticipantKey> meant(Request request) {
        SiteMapping mapping = mapping(request.site());
        ParticipantKeys keys = new ParticipantKeys(installation.secret(), study, mapping.site());
        Set<ParticipantKey> meant = new LinkedHashSet<>();
        meant.add(keys.of(request.record().strip()));
        mapping.exports().forEach(export -> meant.add(keys.of(export.record().spelled(request.record()))));
        return meant;
    }

    private ParticipantKey known(Set<ParticipantKey> meant, String site) {
        return meant.stream()
                .filter(withdrawals::isKnown)
                .findFirst()
                .orElseThrow(() -> Snapshots.refused(
                        "Site " + site + " has sent nothing of a participant with this record id" + " to study " + study
                                + ". Type it as the site's files have it. Nothing was changed."));
    }

    private static Done before(Kind kind) {
        if (kind == Kind.CONSENT) {
            return new Done(true, 0, 0, 0, List.of(), List.of(), List.of(), List.of());
        }
        throw Snapshots.refused(
                "This participant has withdrawn consent and was erased. There is nothing left to withdraw.");
    }

    /** The submissions that count are marked as changed, so that the next night harmonizes the participant anew. */
    private Done note(Request request, ParticipantKey participant, boolean dryRun) {
        List<Long> counting = withdrawals.findSubmissions(participant).stream()
                .filter(submission -> ledger.get(submission).status() == Status.EFFECTIVE)
                .toList();
        if (!dryRun) {
            erasure.inRun(run -> erasure.fenced(run, () -> {
                record(request, participant);
                ledger.markDirty(counting);
            }));
        }
        return Done.taken(counting.size());
    }

    private void record(Request request, ParticipantKey participant) {
        withdrawals.record(study, request.site(), participant, request.kind(), request.day(), request.by());
    }

    private Done erase(Request request, ParticipantKey participant, boolean dryRun) {
        Erasure.Found found = erasure.find(request.site(), participant);
        if (!found.unreadable().isEmpty()) {
            throw Snapshots.refused("These files of " + request.site()
                    + " cannot be read by its mapping as it is now, so the"
                    + " participant's rows in their archived copies cannot be found: "
                    + found.unreadable().stream().map(Submission::fileName).collect(Collectors.joining(", "))
                    + ". Mend the mapping, then withdraw again. Nothing was changed.");
        }
        List<Long> snapshots = dryRun ? warehouse.findSnapshotsOf(study, participant) : carryOut(request, participant);
        return new Done(
                false,
                found.rows().size() + found.removed().size(),
                found.rows().values().stream().mapToLong(Integer::longValue).sum(),
                found.removed().size(),
                snapshots,
                frozen.all(study).stream()
                        .filter(kept -> snapshots.contains(kept.snapshotId()))
                        .map(Frozen::name)
                        .toList(),
                comparisons.findReleases(snapshots).stream().map(Released::id).toList(),
                backups());
    }

    private List<Long> carryOut(Request request, ParticipantKey participant) {
        List<Long> snapshots = new ArrayList<>();
        erasure.inRun(run -> {
            erasure.fenced(run, () -> {
                record(request, participant);
                snapshots.addAll(warehouse.erase(study, participant));
                withdrawals.eraseStaged(participant);
                comparisons.redactReleases(snapshots);
            });
            if (!erasure.finish(
                    run, withdrawals.findTombstone(participant).stream().toList())) {
                throw Snapshots.refused(
                        "They are erased from the database, but not from all files; the log says from which"
                                + " and why: " + installation.home().log()
                                + ". The next run goes on with it: mend what it is, then"
                                + " say recover.");
            }
        });
        return snapshots;
    }

    private List<Path> backups() {
        Path folder = installation.home().backups();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .toLowerCase(Locale.ROOT)
                            .endsWith(".zip"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
