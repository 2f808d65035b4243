package org.equipoise.staging.internal;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import org.equipoise.database.BinaryCopy;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedHistory;
import org.equipoise.staging.StagedSpell;
import org.jspecify.annotations.Nullable;

/** What happened, on its way to the database. */
record HistoryCopy(BinaryCopy events, BinaryCopy spells, BinaryCopy observed, BinaryCopy care) {

    static HistoryCopy of(long submission, StagedBlock block) {
        StagedHistory history = block.history();
        HistoryCopy copy = new HistoryCopy(
                rows(HistoryTable.EVENT),
                rows(HistoryTable.SPELL),
                rows(HistoryTable.OBSERVED),
                rows(HistoryTable.CARE));
        history.events().forEach(event -> copy.add(submission, event, block.rowKey(event.line())));
        history.spells().forEach(spell -> copy.add(submission, spell, block.rowKey(spell.line())));
        history.observed().forEach(span -> copy.add(submission, span, block.rowKey(span.line())));
        history.care().forEach(episode -> copy.add(submission, episode, block.rowKey(episode.line())));
        return copy;
    }

    private static BinaryCopy rows(HistoryTable table) {
        return new BinaryCopy(table.columns().size());
    }

    private void add(long submission, StagedEvent event, String key) {
        start(events, submission, event.participant().value())
                .text(event.kind().value())
                .text(event.detail())
                .date(event.from())
                .date(event.to())
                .int4(event.count())
                .int4(event.line())
                .text(key);
    }

    private void add(long submission, StagedSpell spell, String key) {
        start(spells, submission, spell.participant().value())
                .text(spell.kind().value())
                .text(spell.detail())
                .date(spell.from())
                .date(spell.to());
        number(spells, spell.days()).int4(spell.line()).text(key);
    }

    private void add(long submission, ObservedSpan span, String key) {
        start(observed, submission, span.participant().value())
                .text(span.kind())
                .date(span.from())
                .date(span.to())
                .text(span.source().name().toLowerCase(Locale.ROOT))
                .int4(span.line())
                .text(key);
    }

    private void add(long submission, CareEpisode episode, String key) {
        start(care, submission, episode.participant().value())
                .text(episode.modality())
                .text(episode.therapist())
                .text(episode.group())
                .date(episode.from())
                .date(episode.to());
        number(care, episode.sessions()).int4(episode.line()).text(key);
    }

    private static BinaryCopy start(BinaryCopy rows, long submission, UUID participant) {
        return rows.startRow().int8(submission).int8(submission).uuid(participant);
    }

    private static BinaryCopy number(BinaryCopy rows, @Nullable Integer number) {
        return number == null ? rows.nullField() : rows.int4(number);
    }

    /** Sends what several blocks say. */
    static void write(CopySession session, List<HistoryCopy> blocks) {
        write(session, HistoryTable.EVENT, blocks, HistoryCopy::events);
        write(session, HistoryTable.SPELL, blocks, HistoryCopy::spells);
        write(session, HistoryTable.OBSERVED, blocks, HistoryCopy::observed);
        write(session, HistoryTable.CARE, blocks, HistoryCopy::care);
    }

    private static void write(
            CopySession session, HistoryTable table, List<HistoryCopy> blocks, Function<HistoryCopy, BinaryCopy> rows) {
        session.copy(table.table(), table.columns(), blocks.stream().map(rows));
    }
}
