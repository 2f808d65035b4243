package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.TotalColumn;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.BlockChecker;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.KeyedRow;
import org.equipoise.staging.RefusedRow;
import org.equipoise.staging.RowBlock;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.internal.BlockBuilder.RowPlace;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/** Checks rows that hold a participant, or a participant at a visit, with a column per item or total. */
final class WideRowChecker implements BlockChecker {
    private static final byte ABSENT = MissingReason.ABSENT.code();
    private static final String KEY_SEPARATOR = "\u001f";
    private static final byte BLANK = MissingReason.BLANK.code();

    /** A form's columns, for one visit where column names tell the visit. */
    private record FormColumns(
            Form form,
            Instrument instrument,
            Optional<IntervalCode> visit,
            @Nullable String event,
            int[] items,
            String[] itemHeaders,
            int[] totals,
            String[] totalHeaders,
            Instrument.Scale[] totalScales,
            boolean[] turned,
            int date,
            @Nullable DateReader dates,
            int complete,
            ItemCell cell) {}

    /** What reading a form in a row came to. */
    private enum FormVerdict {
        ABSENT,
        /** Something usable. */
        USABLE,
        REFUSED
    }

    private final ExportPlan plan;
    private final int width;
    private final RecordColumn record;
    private final FactColumns facts;
    private final VisitColumn visits;
    private final List<FormColumns> forms = new ArrayList<>();
    private final HistoryColumns history;
    private final int[] rowKey;
    private final Set<String> missing;
    private final WithdrawnRows withdrawn;

    WideRowChecker(ExportPlan plan, HeaderIndex index) {
        this.plan = plan;
        Export export = plan.export();
        width = plan.header().size();
        record = new RecordColumn(export.record(), index);
        facts = new FactColumns(plan, index);
        visits = new VisitColumn(export.visit(), index);
        history = new HistoryColumns(plan, index);
        rowKey = export.rowKey().columns().stream().mapToInt(index::need).toArray();
        missing = Texts.missing(export.missing());
        withdrawn = new WithdrawnRows(plan);
        for (Form form : export.forms()) {
            if (export.visit().source() == VisitSource.COLUMN_NAMES) {
                export.visit().values().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(visit -> forms.add(columns(form, visit.getValue(), visit.getKey(), index)));
            } else {
                forms.add(columns(form, Optional.empty(), null, index));
            }
        }
    }

    private FormColumns columns(Form form, Optional<IntervalCode> visit, @Nullable String event, HeaderIndex index) {
        Export export = plan.export();
        Instrument instrument = Objects.requireNonNull(plan.instruments().get(form.instrument()));
        int[] items = new int[instrument.items().size()];
        String[] itemHeaders = new String[items.length];
        Arrays.fill(items, -1);
        Arrays.fill(itemHeaders, "");
        form.items().forEach((number, template) -> {
            itemHeaders[number - 1] = SiteMapping.columnOf(template, event);
            items[number - 1] = index.need(itemHeaders[number - 1]);
        });
        int[] totals = new int[form.totals().size()];
        String[] totalHeaders = new String[totals.length];
        Instrument.Scale[] totalScales = new Instrument.Scale[totals.length];
        boolean[] turned = new boolean[items.length];
        form.reversedAlready().forEach(number -> turned[number - 1] = true);
        for (int i = 0; i < totals.length; i++) {
            totalScales[i] = instrument.findScale(form.totals().get(i).scale()).orElseThrow();
            totalHeaders[i] = SiteMapping.columnOf(form.totals().get(i).column(), event);
            totals[i] = index.need(totalHeaders[i]);
        }
        return new FormColumns(
                form,
                instrument,
                visit,
                event,
                items,
                itemHeaders,
                totals,
                totalHeaders,
                totalScales,
                turned,
                form.date()
                        .map(date -> index.need(SiteMapping.columnOf(date.column(), event)))
                        .orElse(-1),
                form.date()
                        .map(date -> new DateReader(date.rule(), plan.latest()))
                        .orElse(null),
                form.complete()
                        .map(complete -> index.need(SiteMapping.columnOf(complete.column(), event)))
                        .orElse(-1),
                new ItemCell(
                        instrument,
                        form.value(),
                        new NumberReader(export.text().decimal(), export.text().thousands()),
                        export.missing(),
                        form.missing()));
    }

    @Override
    public StagedBlock check(RowBlock rows) {
        BlockBuilder block = new BlockBuilder();
        for (RowBlock.Row row : rows.rows()) {
            block.received();
            if (!accept(row.line(), row.cells(), block)) {
                block.rejected();
            }
        }
        return block.build();
    }

    private boolean accept(int line, String[] cells, BlockBuilder block) {
        if (withdrawn.isErased(line, block)) {
            return false;
        }
        RowPlace nobody = new RowPlace(plan.file(), line, "", null);
        if (!RowShape.fits(cells, width)) {
            block.finding(
                    FindingCode.STG_010, nobody.at(null, null, null), width + " fields", cells.length + " fields");
            return false;
        }
        String id = record.read(cells);
        if (id.isEmpty()) {
            block.finding(FindingCode.STG_020, nobody.at(record.header(), null, null), "a participant's id", null);
            return false;
        }
        ParticipantKey participant = plan.keys().of(id);
        if (withdrawn.isOf(participant, line, block)) {
            return false;
        }
        block.participant(id, participant);
        String event = visits.event(cells);
        RowPlace place = new RowPlace(plan.file(), line, id, event);
        if (visits.isUnknown(event)) {
            block.finding(FindingCode.STG_021, place.at(visits.header(), null, null), visits.expected(), event);
            block.rowKey(line, rowKey(cells));
            block.refused(new RefusedRow(participant, line, null, null, null, 0));
            return false;
        }
        Optional<IntervalCode> visit = visits.read(event);
        FactColumns.Reading itsFacts = facts.read(cells, participant, place, block);
        boolean clean = itsFacts.clean();
        boolean usable = itsFacts.usable();
        List<AssessmentFragment> fragments = new ArrayList<>();
        for (FormColumns form : forms) {
            Optional<IntervalCode> at = form.event == null ? visit : form.visit;
            FormVerdict verdict = readForm(form, at, cells, participant, place, block, fragments);
            usable |= verdict == FormVerdict.USABLE;
            clean &= verdict != FormVerdict.REFUSED;
        }
        HistoryColumns.Reading itsHistory = history.read(cells, participant, place, block);
        usable |= itsHistory.usable();
        clean &= itsHistory.clean();
        if (!clean || itsFacts.usable() || itsHistory.usable()) {
            block.rowKey(line, rowKey(cells));
        }
        if (clean || usable) {
            for (AssessmentFragment fragment : fragments) {
                block.fragment(fragment);
            }
            if (plan.export().replacesByKey() && (itsHistory.clean() || itsHistory.usable())) {
                block.keyed(new KeyedRow(participant, rowKey(cells)));
            }
            return true;
        }
        // What is left of a refused row says nothing: it would only stand in the way of its earlier version.
        block.refused(new RefusedRow(participant, line, visit.orElse(null), null, null, 0));
        return false;
    }

    private String rowKey(String[] cells) {
        if (rowKey.length == 1) {
            return Texts.folded(cells[rowKey[0]]);
        }
        StringJoiner key = new StringJoiner(KEY_SEPARATOR);
        for (int position : rowKey) {
            key.add(Texts.folded(cells[position]));
        }
        return key.toString();
    }

    private FormVerdict readForm(
            FormColumns form,
            Optional<IntervalCode> visit,
            String[] cells,
            ParticipantKey participant,
            RowPlace place,
            BlockBuilder block,
            List<AssessmentFragment> fragments) {
        if (!isFilledIn(form, cells)) {
            return FormVerdict.ABSENT;
        }
        int problems = 0;
        String code = form.form.code();
        LocalDate date = null;
        if (form.dates != null) {
            String text = cells[form.date].strip();
            if (!text.isEmpty() && !missing.contains(Texts.folded(text))) {
                DateReader.Result result = form.dates.read(text);
                date = result.date();
                if (result.verdict().isWrong()) {
                    problems++;
                }
                Optional<FindingCode> problem = result.problem();
                if (problem.isPresent()) {
                    tellOfDate(problem.get(), form, text, place, block);
                }
            }
        }
        if (date == null && visit.isEmpty()) {
            if (problems == 0) {
                block.finding(
                        FindingCode.STG_028,
                        place.at(form.date < 0 ? null : plan.header().get(form.date), code, null),
                        "the date of the assessment",
                        null);
            }
            return FormVerdict.REFUSED;
        }
        short[] values = new short[form.items.length];
        byte[] reasons = new byte[form.items.length];
        int answers = 0;
        ItemCell cell = form.cell;
        for (int i = 0; i < values.length; i++) {
            if (form.items[i] < 0) {
                reasons[i] = form.form.items().isEmpty() ? ABSENT : BLANK;
                continue;
            }
            cell.readItem(i + 1, cells[form.items[i]]);
            reasons[i] = cell.reason.code();
            if (cell.reason == MissingReason.NONE) {
                values[i] = (short) turned(form, i, (int) cell.value);
                answers++;
            }
            if (cell.problem.isPresent()) {
                problems++;
                block.finding(
                        cell.problem.get(),
                        place.at(form.itemHeaders[i], code, form.itemHeaders[i]),
                        Ranges.expected(cell.problem.get(), form.instrument, i + 1, null),
                        cells[form.items[i]]);
            }
        }
        List<AssessmentFragment.Total> totals = new ArrayList<>(form.totals.length);
        for (int i = 0; i < form.totals.length; i++) {
            TotalColumn total = form.form.totals().get(i);
            String text = cells[form.totals[i]];
            cell.readTotal(form.totalScales[i], text);
            if (cell.problem.isPresent()) {
                problems++;
                block.finding(
                        cell.problem.get(),
                        place.at(form.totalHeaders[i], code, form.totalHeaders[i]),
                        Ranges.expected(cell.problem.get(), form.instrument, 0, total.scale()),
                        text);
            } else if (cell.reason == MissingReason.NONE) {
                totals.add(new AssessmentFragment.Total(total.scale(), cell.value, total.use(), place.line()));
            }
        }
        fragments.add(new AssessmentFragment(
                participant,
                form.instrument.code(),
                code,
                visit.orElse(null),
                form.event == null ? place.event() : form.event,
                date,
                place.line(),
                values,
                reasons,
                null,
                totals));
        return problems > 0 && answers == 0 && totals.isEmpty() ? FormVerdict.REFUSED : FormVerdict.USABLE;
    }

    /** Forms may share a date: it is told of once. */
    private void tellOfDate(FindingCode problem, FormColumns form, String text, RowPlace place, BlockBuilder block) {
        String header = plan.header().get(form.date);
        if (form.dates != null && !block.hasTold(problem, place.line(), header)) {
            block.finding(problem, place.at(header, form.form.code(), header), form.dates.expected(), text);
        }
    }

    /** Items the site turned round before the export are turned back, so that scoring turns them once. */
    private static int turned(FormColumns form, int index, int answer) {
        return form.turned[index] ? form.instrument.items().get(index).turned(answer) : answer;
    }

    private static boolean isFilledIn(FormColumns form, String[] cells) {
        for (int item : form.items) {
            if (item >= 0 && !cells[item].isBlank()) {
                return true;
            }
        }
        for (int total : form.totals) {
            if (!cells[total].isBlank()) {
                return true;
            }
        }
        return (form.date >= 0 && !cells[form.date].isBlank())
                || (form.complete >= 0
                        && form.form.complete().orElseThrow().accepted().contains(cells[form.complete].strip()));
    }
}
