package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.equipoise.pipeline.Progress;
import org.equipoise.staging.StagingStore;
import org.equipoise.staging.StagingStore.EncodedBlock;
import org.equipoise.staging.StagingStore.FileWriter;
import org.equipoise.submission.Submission;
import org.equipoise.submission.SubmissionLedger;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes one submission's blocks in the chunk's transaction. */
final class StageWriter implements ItemWriter<StagedItem> {
    private final RunRegistry runs;
    private final long run;
    private final StagingStore store;
    private final SubmissionLedger ledger;
    private final Submission submission;
    private final String readingSha256;
    private final Progress progress;
    private @Nullable FileWriter file;

    StageWriter(
            RunRegistry runs,
            long run,
            StagingStore store,
            SubmissionLedger ledger,
            Submission submission,
            String readingSha256,
            Progress progress) {
        this.runs = runs;
        this.run = run;
        this.store = store;
        this.ledger = ledger;
        this.submission = submission;
        this.readingSha256 = readingSha256;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends StagedItem> chunk) throws JobInterruptedException {
        runs.fence(run);
        List<EncodedBlock> blocks = new ArrayList<>(chunk.size());
        for (StagedItem item : chunk) {
            if (!(item instanceof StagedItem.Block)) {
                flush(blocks);
            }
            if (item instanceof StagedItem.Begin begin) {
                file = store.begin(submission);
                ledger.bind(submission.id(), begin.version());
                file.add(begin.findings());
            } else if (item instanceof StagedItem.Block block) {
                blocks.add(block.block());
            } else if (item instanceof StagedItem.End end) {
                end.asOf().ifPresent(moment -> ledger.setAsOf(submission.id(), moment));
                file().finish(readingSha256);
            } else if (item instanceof StagedItem.Refused refused) {
                file().refuse(refused.findings(), readingSha256);
            }
        }
        flush(blocks);
    }

    private void flush(List<EncodedBlock> blocks) {
        if (!blocks.isEmpty()) {
            file().write(List.copyOf(blocks));
            blocks.forEach(block -> progress.advance(block.rows()));
            blocks.clear();
        }
    }

    private FileWriter file() {
        return Objects.requireNonNull(file, "a file begins before its blocks");
    }
}
