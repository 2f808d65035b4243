package org.equipoise.staging.internal;

import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.definition.History.CareColumns;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.internal.EpisodeColumns.Episode;
import org.equipoise.staging.internal.TermColumns.Verdict;
import org.jspecify.annotations.Nullable;

/** Reads care that was given. */
final class CareRows implements HistoryRows {
    private final HistoryForm form;
    private final TermColumns modality;
    private final Optional<Column> therapist;
    private final Optional<Column> group;
    private final EpisodeColumns episode;
    private final Optional<CountColumn> sessions;

    CareRows(HistoryForm form, CareColumns columns) {
        this.form = form;
        modality = new TermColumns(form, columns.modality());
        therapist = form.column(columns.therapist());
        group = form.column(columns.group());
        episode = new EpisodeColumns(form, form.day(columns.from()), form.day(columns.to()));
        sessions = form.column(columns.sessions()).map(column -> new CountColumn(form, column));
    }

    @Override
    public void read(RowReading row) {
        if (!form.isHeldBy(row)) {
            return;
        }
        int refusals = row.refusals();
        TermColumns.Reading what = modality.read(row);
        if (row.refusals() == refusals && what.verdict() != Verdict.UNUSED) {
            Optional<Episode> told = episode.read(row, modality, what);
            if (told.isPresent()) {
                add(row, what, told.get());
            }
        }
    }

    private void add(RowReading row, TermColumns.Reading what, Episode told) {
        OptionalInt attended = sessions.isPresent() ? sessions.get().read(row) : OptionalInt.empty();
        for (String word : what.words()) {
            row.said()
                    .care()
                    .add(new CareEpisode(
                            row.participant(),
                            word,
                            code(row, therapist),
                            code(row, group),
                            told.from(),
                            told.to(),
                            attended.isPresent() ? attended.getAsInt() : null,
                            row.line()));
        }
    }

    private @Nullable String code(RowReading row, Optional<Column> column) {
        String text = column.isPresent() ? row.text(column.get()) : "";
        return text.isEmpty() || form.isMissing(text) ? null : text;
    }
}
