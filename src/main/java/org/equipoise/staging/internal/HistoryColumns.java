package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.equipoise.definition.History;
import org.equipoise.definition.History.Form;
import org.equipoise.definition.History.Term;
import org.equipoise.definition.History.Window;
import org.equipoise.definition.SiteMapping.DateColumn;
import org.equipoise.definition.SiteMapping.Visit;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.internal.BlockBuilder.RowPlace;
import org.equipoise.vocabulary.ParticipantKey;

/** Reads all columns of an export about what happened. For one thread. */
final class HistoryColumns {
    /** What reading a row came to. */
    record Reading(boolean usable, boolean clean) {}

    private static final Reading NOTHING = new Reading(false, true);

    private final ExportPlan plan;
    private final HeaderIndex index;
    private final List<HistoryRows> forms = new ArrayList<>();

    HistoryColumns(ExportPlan plan, HeaderIndex index) {
        this.plan = plan;
        this.index = index;
        History history = plan.export().history();
        history.events()
                .forEach(event -> add(
                        event.form(),
                        event,
                        EventRows::new,
                        List.of(
                                names(event.kind(), event.detail()),
                                dates(event.date()),
                                event.count().stream(),
                                names(event.window()))));
        history.spells()
                .forEach(spell -> add(
                        spell.form(),
                        spell,
                        SpellRows::new,
                        List.of(
                                names(spell.kind(), spell.detail()),
                                dates(spell.from()),
                                dates(spell.to()),
                                spell.days().stream(),
                                names(spell.window()))));
        history.observed()
                .forEach(span -> add(span.form(), span, ObservedRows::new, List.of(names(Optional.of(span.window())))));
        history.care()
                .forEach(care -> add(
                        care.form(),
                        care,
                        CareRows::new,
                        List.of(
                                names(care.modality(), Optional.empty()),
                                Stream.of(care.from().column()),
                                dates(care.to()),
                                Stream.of(care.therapist(), care.group(), care.sessions())
                                        .flatMap(Optional::stream))));
    }

    private static Stream<String> names(Term kind, Optional<Term> detail) {
        return Stream.concat(Stream.of(kind), detail.stream())
                .flatMap(term -> Stream.concat(term.column().stream(), term.ticked().values().stream()));
    }

    private static Stream<String> names(Optional<Window> window) {
        return window.stream().flatMap(told -> Stream.concat(dates(told.from()), dates(told.to())));
    }

    private static Stream<String> dates(Optional<DateColumn> date) {
        return date.stream().map(DateColumn::column);
    }

    /** Makes a form's reader, or one for each visit if any of its columns is one of a visit. */
    private <T> void add(
            Form form, T columns, BiFunction<HistoryForm, T, HistoryRows> make, List<Stream<String>> templates) {
        Visit visit = plan.export().visit();
        boolean byVisit = visit.source() == VisitSource.COLUMN_NAMES
                && templates.stream().flatMap(each -> each).anyMatch(Column::isOfVisit);
        if (byVisit) {
            visit.values().keySet().stream()
                    .sorted()
                    .forEach(name -> forms.add(make.apply(new HistoryForm(form, plan, index, name), columns)));
        } else {
            forms.add(make.apply(new HistoryForm(form, plan, index, null), columns));
        }
    }

    /** Adds what the row says to the block. */
    Reading read(String[] cells, ParticipantKey participant, RowPlace place, BlockBuilder block) {
        if (forms.isEmpty()) {
            return NOTHING;
        }
        RowReading row = new RowReading(cells, participant, place, block);
        for (HistoryRows form : forms) {
            form.read(row);
        }
        return new Reading(row.usable(), row.refusals() == 0);
    }
}
