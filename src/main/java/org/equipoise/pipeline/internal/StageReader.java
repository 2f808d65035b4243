package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.pipeline.Installation;
import org.equipoise.staging.AsOfColumn;
import org.equipoise.staging.BlockChecker;
import org.equipoise.staging.BoundExport;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.ExportReader;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.Finding;
import org.equipoise.staging.ParticipantKeys;
import org.equipoise.staging.RowBlock;
import org.equipoise.staging.StagingStore;
import org.equipoise.staging.Withdrawn;
import org.equipoise.submission.Archive;
import org.equipoise.submission.Submission;
import org.equipoise.vocabulary.SiteCode;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads one submission out of the archive: items are blocks. It keeps no place to go on from, because the
 * file is the unit of recovery: an interrupted one is read again from its beginning.
 */
final class StageReader implements ItemStreamReader<StagedItem> {
    private final Installation installation;
    private final Archive archive;
    private final StagingStore store;
    private final Workers workers;
    private final Submission submission;
    private final Withdrawn withdrawn;
    private @Nullable String bound;
    private Optional<AsOfColumn> asOf = Optional.empty();
    private final Deque<StagedItem> first = new ArrayDeque<>();
    private @Nullable OrderedBlocks<RowBlock, StagedItem> blocks;

    StageReader(
            Installation installation,
            Archive archive,
            StagingStore store,
            Workers workers,
            Submission submission,
            Withdrawn withdrawn) {
        this.installation = installation;
        this.archive = archive;
        this.store = store;
        this.workers = workers;
        this.submission = submission;
        this.withdrawn = withdrawn;
    }

    @Override
    public void open(ExecutionContext context) {
        try {
            openFile();
        } catch (FileRefused e) {
            first.add(new StagedItem.Begin(bound, List.of()));
            first.add(new StagedItem.Refused(e.findings()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The archived file cannot be read", e);
        }
    }

    private void openFile() throws IOException, FileRefused {
        SiteCode site = new SiteCode(submission.site());
        SiteMapping mapping =
                Objects.requireNonNull(installation.bundle().mappings().get(site));
        BoundExport opened = BoundExport.open(
                submission.fileName(),
                mapping,
                submission.export(),
                submission.receivedAt(),
                () -> archive.open(submission));
        Export export = opened.export();
        ExportReader reader = opened.reader();
        bound = export.version().name();
        LocalDate latest = submission.asOf().atZone(mapping.zone()).toLocalDate();
        ExportPlan plan = new ExportPlan(
                submission.fileName(),
                installation.bundle().study(),
                export,
                installation.bundle().instruments(),
                reader.headerLine(),
                reader.header(),
                latest,
                new ParticipantKeys(installation.secret(), submission.study(), site),
                withdrawn);
        List<Finding> told;
        try {
            told = plan.verifyHeader();
        } catch (FileRefused e) {
            reader.close();
            throw e;
        }
        asOf = AsOfColumn.of(export.asOf(), reader.header(), mapping.zone());
        first.add(new StagedItem.Begin(bound, told));
        Queue<BlockChecker> checkers = new ConcurrentLinkedQueue<>();
        blocks = new OrderedBlocks<>(
                submission.fileName(),
                new OrderedBlocks.Source<>() {
                    @Override
                    public Optional<RowBlock> next() throws IOException, FileRefused {
                        Optional<RowBlock> rows = reader.read();
                        rows.ifPresent(block -> asOf.ifPresent(column -> column.read(block)));
                        return rows;
                    }

                    @Override
                    public void close() throws IOException {
                        reader.close();
                    }
                },
                rows -> check(rows, plan, checkers),
                workers.pool(),
                workers.ahead(),
                2 * NightlyJobConfiguration.BLOCKS_PER_COMMIT);
    }

    private StagedItem check(RowBlock rows, ExportPlan plan, Queue<BlockChecker> checkers) {
        BlockChecker spare = checkers.poll();
        BlockChecker checker = spare == null ? plan.newChecker() : spare;
        StagedItem item = new StagedItem.Block(store.encode(submission.id(), checker.check(rows)));
        checkers.add(checker);
        return item;
    }

    @Override
    public @Nullable StagedItem read() throws Exception {
        if (!first.isEmpty()) {
            return first.poll();
        }
        if (blocks == null) {
            return null;
        }
        StagedItem item;
        try {
            item = blocks.next();
        } catch (FileRefused e) {
            item = new StagedItem.Refused(e.findings());
        }
        if (item instanceof StagedItem.Block) {
            return item;
        }
        blocks.close();
        blocks = null;
        return item == null ? new StagedItem.End(asOf.flatMap(AsOfColumn::latest)) : item;
    }

    @Override
    public void close() {
        if (blocks != null) {
            blocks.close();
            blocks = null;
        }
    }
}
