package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.FactColumn;
import org.equipoise.definition.SiteMapping.FactKind;
import org.equipoise.definition.Study;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.ParticipantFact;
import org.equipoise.staging.internal.BlockBuilder.RowPlace;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.Severity;
import org.jspecify.annotations.Nullable;

/** Reads the columns that say something of the participant. For one thread. */
final class FactColumns {
    /** What reading a row's facts came to. */
    record Reading(boolean usable, boolean clean) {}

    private record Column(
            FactColumn mapping,
            int position,
            Map<String, String> values,
            Set<String> missing,
            String expected,
            @Nullable DateReader dates) {}

    private final List<Column> columns = new ArrayList<>();
    private final NumberReader numbers;
    private final Set<String> missing;

    /** What the rows before said of the same participant: long files repeat it in every row. */
    private final @Nullable String[] lastTexts;

    private @Nullable BlockBuilder lastBlock;
    private @Nullable ParticipantKey lastParticipant;

    FactColumns(ExportPlan plan, HeaderIndex index) {
        Export export = plan.export();
        numbers = new NumberReader(export.text().decimal(), export.text().thousands());
        missing = Texts.missing(export.missing());
        for (FactColumn fact : export.facts()) {
            columns.add(new Column(
                    fact,
                    index.need(fact.column()),
                    Texts.foldedKeys(valuesOf(fact, plan.study())),
                    Texts.folded(fact.missing()),
                    String.join(", ", new TreeSet<>(valuesOf(fact, plan.study()).keySet())),
                    fact.date().map(rule -> new DateReader(rule, plan.latest())).orElse(null)));
        }
        lastTexts = new String[columns.size()];
    }

    private static Map<String, String> valuesOf(FactColumn fact, Study study) {
        if (fact.kind() != FactKind.ARM || !fact.values().isEmpty()) {
            return fact.values();
        }
        Map<String, String> arms = new HashMap<>();
        study.arms().forEach(arm -> arms.put(arm.code().value(), arm.code().value()));
        return arms;
    }

    /** Where the columns stand. */
    IntStream positions() {
        return columns.stream().mapToInt(Column::position);
    }

    /**
     * Reads the row's facts into the block.
     *
     * @return whether any fact is usable, and whether none was refused
     */
    Reading read(String[] cells, ParticipantKey participant, RowPlace row, BlockBuilder block) {
        if (block != lastBlock || !participant.equals(lastParticipant)) {
            Arrays.fill(lastTexts, null);
            lastBlock = block;
            lastParticipant = participant;
        }
        boolean usable = false;
        boolean clean = true;
        for (int i = 0; i < lastTexts.length; i++) {
            Column column = columns.get(i);
            String text = cells[column.position].strip();
            boolean repeated = text.equals(lastTexts[i]);
            if (text.isEmpty() || (!repeated && isMissing(column, text))) {
                continue;
            }
            if (repeated || readOne(column, text, participant, row, block)) {
                lastTexts[i] = text;
                usable = true;
            } else {
                clean = false;
            }
        }
        return new Reading(usable, clean);
    }

    private boolean isMissing(Column column, String text) {
        String folded = Texts.folded(text);
        return missing.contains(folded) || column.missing.contains(folded);
    }

    private boolean readOne(Column column, String text, ParticipantKey participant, RowPlace row, BlockBuilder block) {
        String header = column.mapping.column();
        if (column.dates != null) {
            return readDate(column, column.dates, text, participant, row, block);
        }
        String value = column.values.isEmpty() ? text : column.values.get(Texts.folded(text));
        if (value == null) {
            block.finding(
                    FindingCode.STG_024,
                    row.at(header, null, column.mapping.fact()),
                    "one of " + column.expected,
                    text);
            return false;
        }
        if (column.mapping.kind() == FactKind.NUMBER) {
            double number = numbers.read(value);
            if (!Double.isFinite(number)) {
                block.finding(FindingCode.STG_032, row.at(header, null, column.mapping.fact()), "a number", text);
                return false;
            }
            value = Double.toString(number);
        }
        add(block, participant, column, value, null, row);
        return true;
    }

    private static boolean readDate(
            Column column,
            DateReader dates,
            String text,
            ParticipantKey participant,
            RowPlace row,
            BlockBuilder block) {
        DateReader.Result result = dates.read(text);
        Optional<FindingCode> problem = result.problem();
        if (problem.isPresent()) {
            block.finding(
                    problem.get(),
                    row.at(column.mapping.column(), null, column.mapping.fact()),
                    dates.expected(),
                    text);
        }
        if (result.date() != null) {
            add(block, participant, column, null, result.date(), row);
        }
        return problem.isEmpty() || problem.get().severity() == Severity.WARNING;
    }

    private static void add(
            BlockBuilder block,
            ParticipantKey participant,
            Column column,
            @Nullable String text,
            @Nullable LocalDate date,
            RowPlace row) {
        block.fact(new ParticipantFact(
                participant, column.mapping.fact(), text, date, row.line(), column.mapping.column()));
    }
}
