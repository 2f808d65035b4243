package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.Harmonizer;
import org.equipoise.harmonize.StagedParticipant;
import org.equipoise.harmonize.StagedParticipants;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.EncodedSlice;
import org.equipoise.warehouse.WarehouseStore.Encoder;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Harmonizes the pending participants: items are slices of them, ready for the warehouse. */
final class HarmonizeReader implements ItemStreamReader<EncodedSlice> {
    private final DefinitionBundle definitions;
    private final StagedParticipants staged;
    private final WarehouseStore warehouse;
    private final Workers workers;
    private final long snapshot;
    private @Nullable OrderedBlocks<List<StagedParticipant>, EncodedSlice> slices;

    HarmonizeReader(
            DefinitionBundle definitions,
            StagedParticipants staged,
            WarehouseStore warehouse,
            Workers workers,
            long snapshot) {
        this.definitions = definitions;
        this.staged = staged;
        this.warehouse = warehouse;
        this.workers = workers;
        this.snapshot = snapshot;
    }

    @Override
    public void open(ExecutionContext context) {
        Harmonizer harmonizer = new Harmonizer(definitions);
        Encoder encoder = warehouse.encoder(snapshot, definitions.study());
        StagedParticipants.Cursor cursor = staged.open(definitions);
        slices = new OrderedBlocks<>(
                "staging",
                new OrderedBlocks.Source<>() {
                    @Override
                    public Optional<List<StagedParticipant>> next() {
                        return cursor.next();
                    }

                    @Override
                    public void close() {
                        cursor.close();
                    }
                },
                slice -> harmonize(slice, harmonizer, encoder),
                workers.pool(),
                workers.ahead(),
                2 * NightlyJobConfiguration.SLICES_PER_COMMIT);
    }

    private static EncodedSlice harmonize(List<StagedParticipant> slice, Harmonizer harmonizer, Encoder encoder) {
        List<HarmonizedParticipant> present = new ArrayList<>(slice.size());
        List<ParticipantKey> gone = new ArrayList<>();
        for (StagedParticipant participant : slice) {
            if (participant.isGone()) {
                gone.add(participant.key());
            } else {
                present.add(harmonizer.harmonize(participant));
            }
        }
        return encoder.encode(present, gone);
    }

    @Override
    public @Nullable EncodedSlice read() throws Exception {
        return slices == null ? null : slices.next();
    }

    @Override
    public void close() {
        if (slices != null) {
            slices.close();
            slices = null;
        }
    }
}
