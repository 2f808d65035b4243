package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.equipoise.definition.History.SpellColumns;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedSpell;
import org.equipoise.staging.internal.EpisodeColumns.Episode;
import org.equipoise.staging.internal.TermColumns.Verdict;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.SpellKind;
import org.jspecify.annotations.Nullable;

/** Reads spells: from a day to a day, or within a window. */
final class SpellRows implements HistoryRows {
    private final HistoryForm form;
    private final TermColumns kind;
    private final Optional<TermColumns> detail;
    private final Optional<EpisodeColumns> episode;
    private final Optional<CountColumn> days;
    private final Optional<WindowColumns> window;

    SpellRows(HistoryForm form, SpellColumns columns) {
        this.form = form;
        kind = new TermColumns(form, columns.kind());
        detail = columns.detail().map(term -> new TermColumns(form, term));
        episode = columns.from().map(from -> new EpisodeColumns(form, form.day(from), form.day(columns.to())));
        days = form.column(columns.days()).map(column -> new CountColumn(form, column));
        window = columns.window().map(told -> new WindowColumns(form, told));
    }

    @Override
    public void read(RowReading row) {
        if (!form.isHeldBy(row)) {
            return;
        }
        int refusals = row.refusals();
        TermColumns.Reading kinds = kind.read(row);
        if (row.refusals() > refusals || kinds.verdict() == Verdict.UNUSED) {
            return;
        }
        if (episode.isPresent()) {
            Optional<Episode> told = episode.get().read(row, kind, kinds);
            if (told.isPresent()) {
                add(
                        row,
                        kinds.words(),
                        details(row).words(),
                        told.get().from(),
                        told.get().to(),
                        null);
            }
        } else if (window.isPresent()) {
            addWithin(row, kinds, window.get());
        }
    }

    /** Details of one spell are several spells: two drugs are taken side by side. */
    private TermColumns.Reading details(RowReading row) {
        return detail.isPresent() ? detail.get().read(row) : TermColumns.Reading.NOTHING_TO_TELL;
    }

    private void addWithin(RowReading row, TermColumns.Reading kinds, WindowColumns asked) {
        int refusals = row.refusals();
        Optional<Span> span = asked.read(row);
        OptionalInt number = days.isPresent()
                ? days.get().read(row, span.isPresent() ? span.get().days() : Long.MAX_VALUE)
                : OptionalInt.empty();
        TermColumns.Reading classes = details(row);
        Verdict verdict = kinds.verdict() == Verdict.TOLD ? classes.verdict() : kinds.verdict();
        boolean there = days.isPresent() ? number.orElse(0) > 0 : verdict == Verdict.TOLD;
        boolean answered = days.isPresent() ? number.isPresent() : there || verdict == Verdict.NONE_TICKED;
        if (!answered || row.refusals() > refusals) {
            return;
        }
        if (span.isEmpty()) {
            if (there) {
                row.tell(
                        FindingCode.STG_028,
                        asked.column().orElseThrow(),
                        form.code(),
                        "the day up to which it is told",
                        null);
            }
            return;
        }
        for (String word : kind.asked(kinds)) {
            ObservedRows.add(row, word, span.get(), ObservedSpan.Source.RECALL);
        }
        if (there) {
            Integer inside = number.isPresent() ? number.getAsInt() : null;
            add(
                    row,
                    kinds.words(),
                    classes.words(),
                    span.get().from(),
                    span.get().to(),
                    inside);
        }
    }

    private static void add(
            RowReading row,
            List<String> words,
            List<String> classes,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer number) {
        List<@Nullable String> each = classes.isEmpty() ? Collections.singletonList(null) : List.copyOf(classes);
        for (String word : words) {
            for (String within : each) {
                row.said()
                        .spells()
                        .add(new StagedSpell(
                                row.participant(), new SpellKind(word), within, from, to, number, row.line()));
            }
        }
    }
}
