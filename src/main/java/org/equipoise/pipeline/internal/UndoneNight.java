package org.equipoise.pipeline.internal;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.harmonize.Harmonizer;
import org.equipoise.harmonize.StagedParticipant;
import org.equipoise.harmonize.StagedParticipants;
import org.equipoise.pipeline.DryRun;
import org.equipoise.pipeline.Foreseen;
import org.equipoise.pipeline.Foreseen.Reading;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Progress;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.PublishedParticipants;
import org.equipoise.warehouse.PublishedParticipants.Published;
import org.equipoise.warehouse.WarehouseStore;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A night up to its publication, in one transaction that is undone: the same readers, writers and rules, so that what
 * it foresees is what the next night does. Originals that are not archived yet are read where they lie.
 */
@Component
class UndoneNight implements DryRun {
    private final Installation installation;
    private final DatabaseAddress database;
    private final TransactionTemplate transaction;
    private final Agenda agenda;
    private final RunRegistry runs;
    private final SubmissionLedger ledger;
    private final Archive archive;
    private final StagingStore staging;
    private final StagedParticipants staged;
    private final WarehouseStore warehouse;
    private final PublishedParticipants published;
    private final Erasure erasure;
    private final Workers workers;
    private final Clock clock;
    private final StudyCode study;

    UndoneNight(
            Installation installation,
            DatabaseAddress database,
            PlatformTransactionManager transactions,
            Agenda agenda,
            RunRegistry runs,
            SubmissionLedger ledger,
            Archive archive,
            StagingStore staging,
            StagedParticipants staged,
            WarehouseStore warehouse,
            PublishedParticipants published,
            Erasure erasure,
            Workers workers,
            Clock clock) {
        this.installation = installation;
        this.database = database;
        transaction = new TransactionTemplate(transactions);
        this.agenda = agenda;
        this.runs = runs;
        this.ledger = ledger;
        this.archive = archive;
        this.staging = staging;
        this.staged = staged;
        this.warehouse = warehouse;
        this.published = published;
        this.erasure = erasure;
        this.workers = workers;
        this.clock = clock;
        study = installation.bundle().study().code();
    }

    @Override
    public Foreseen run(Progress progress) {
        try (RunLock lock = RunLock.take(database)) {
            return Objects.requireNonNull(transaction.execute(undone -> {
                undone.setRollbackOnly();
                try {
                    return foresee(lock, progress);
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IllegalStateException("The dry run did not come to its end", e);
                } finally {
                    progress.end();
                }
            }));
        }
    }

    /** Only whoever holds the lock may take an unpublished snapshot for a killed run's. */
    private Foreseen foresee(RunLock held, Progress progress) throws Exception {
        Objects.requireNonNull(held);
        warehouse.discardUnpublished();
        Map<Long, Submission> before = new HashMap<>();
        ledger.findAll(study).forEach(submission -> before.put(submission.id(), submission));
        Archive lying = archive.notKeeping();
        NightState told = new NightState();
        Inboxes inboxes = new Inboxes(installation, agenda, ledger, staging, lying, told, workers, clock);
        boolean more = true;
        while (more) {
            more = inboxes.receiveNext();
        }
        List<Submission> files = agenda.toRead();
        progress.begin("stage", "rows", -1);
        long run = runs.begin(study, "dry run", installation.programVersion(), "");
        for (Submission file : files) {
            read(file, lying, run, progress);
        }
        agenda.weigh();
        Set<Long> read = files.stream().map(Submission::id).collect(Collectors.toSet());
        List<Reading> readings = ledger.findAll(study).stream()
                .map(after -> new Reading(before.get(after.id()), after))
                .filter(reading -> read.contains(reading.after().id()) || reading.standsOtherwise())
                .toList();
        Foresight foresight = new Foresight(installation.bundle().study());
        if (agenda.markPending().isPresent()) {
            harmonize(foresight);
        }
        return foresight.result(readings, told.problems());
    }

    private void read(Submission file, Archive originals, long run, Progress progress) throws Exception {
        StageReader reader =
                new StageReader(installation, originals, staging, workers, file, erasure.withdrawnFrom(file));
        StageWriter writer =
                new StageWriter(runs, run, staging, ledger, file, installation.readingSha256(file), progress);
        reader.open(new ExecutionContext());
        try {
            for (StagedItem item = reader.read(); item != null; item = reader.read()) {
                writer.write(Chunk.of(item));
            }
        } finally {
            reader.close();
        }
    }

    private void harmonize(Foresight foresight) {
        Harmonizer harmonizer = new Harmonizer(installation.bundle());
        try (StagedParticipants.Cursor cursor = staged.openInTransaction(installation.bundle())) {
            for (Optional<List<StagedParticipant>> slice = cursor.next(); slice.isPresent(); slice = cursor.next()) {
                List<ParticipantKey> keys = new ArrayList<>();
                slice.get().forEach(participant -> keys.add(participant.key()));
                Map<ParticipantKey, Published> now = published.find(keys);
                for (StagedParticipant participant : slice.get()) {
                    if (participant.isGone()) {
                        foresight.seeGone(now.get(participant.key()));
                    } else {
                        foresight.see(harmonizer.harmonize(participant), now.get(participant.key()));
                    }
                }
            }
        }
    }
}
