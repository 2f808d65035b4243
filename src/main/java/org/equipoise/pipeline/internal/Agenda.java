package org.equipoise.pipeline.internal;

import java.util.List;
import java.util.OptionalInt;
import org.equipoise.definition.SiteMapping;
import org.equipoise.pipeline.Installation;
import org.equipoise.staging.StagingStore;
import org.equipoise.submission.Submission;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.springframework.stereotype.Component;

/** What there is to do since the last snapshot. The caller holds the transaction. */
@Component
class Agenda {
    private final Installation installation;
    private final SubmissionLedger ledger;
    private final StagingStore staging;
    private final WarehouseStore warehouse;
    private final StudyCode study;

    Agenda(Installation installation, SubmissionLedger ledger, StagingStore staging, WarehouseStore warehouse) {
        this.installation = installation;
        this.ledger = ledger;
        this.staging = staging;
        this.warehouse = warehouse;
        study = installation.bundle().study().code();
    }

    /** Sets back what was read with definitions that have changed since. */
    void readAgainWhereDefinitionsChanged() {
        for (Submission submission : ledger.findAll(study)) {
            boolean wasRead = submission.status() == Status.EFFECTIVE
                    || submission.status() == Status.SUPERSEDED
                    || (submission.status() == Status.HELD && submission.holdReason() != HoldReason.RESENT);
            if (wasRead && isReadOtherwiseNow(submission)) {
                ledger.readAgain(submission.id());
            }
        }
    }

    private boolean isReadOtherwiseNow(Submission submission) {
        return takesPart(submission) && !installation.readingSha256(submission).equals(submission.readingSha256());
    }

    private boolean takesPart(Submission submission) {
        return installation.bundle().mappings().containsKey(new SiteCode(submission.site()));
    }

    /** The submissions that wait to be read, by id. */
    List<Submission> toRead() {
        return ledger.findAll(study).stream()
                .filter(submission -> submission.status() == Status.RECEIVED)
                .filter(this::takesPart)
                .toList();
    }

    /** Decides which submissions of each export count, now that all are read. */
    void weigh() {
        ledger.findAll(study).stream()
                .filter(submission -> submission.status() == Status.STAGED)
                .map(submission -> List.of(submission.site(), submission.export()))
                .distinct()
                .forEach(key -> weigh(key.get(0), key.get(1)));
    }

    private void weigh(String site, String exportCode) {
        SiteMapping mapping = installation.bundle().mappings().get(new SiteCode(site));
        if (mapping == null) {
            return;
        }
        // All versions say the same of what a file does to the others.
        mapping.versionsOf(exportCode).stream().findFirst().ifPresent(export -> staging.resolve(study, site, export));
    }

    /**
     * Notes whose facts have changed, or everyone where definitions or the program have, and returns how many there are;
     * empty when nothing has.
     */
    OptionalInt markPending() {
        boolean rulesChanged =
                warehouse.findCurrent(study).filter(this::isByTheSameRules).isEmpty();
        return rulesChanged || !ledger.findDirty(study).isEmpty()
                ? OptionalInt.of(staging.markPending(study, rulesChanged))
                : OptionalInt.empty();
    }

    private boolean isByTheSameRules(Snapshot snapshot) {
        return snapshot.definitionHash().equals(installation.bundle().sha256())
                && snapshot.programVersion().equals(installation.programVersion());
    }
}
