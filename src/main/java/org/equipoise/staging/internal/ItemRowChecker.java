package org.equipoise.staging.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.SiteMapping.Coding;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.ItemRow;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.staging.AssessmentFragment;
import org.equipoise.staging.BlockChecker;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.RefusedRow;
import org.equipoise.staging.RowBlock;
import org.equipoise.staging.StagedBlock;
import org.equipoise.staging.internal.BlockBuilder.RowPlace;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;

/** Checks rows that are one answer each, and joins neighbouring ones to fragments. */
final class ItemRowChecker implements BlockChecker {
    private static final byte ABSENT = MissingReason.ABSENT.code();
    private static final int REMEMBERED = 2000;

    /** One of the site's instruments, ready to read. */
    private final class Source {
        final Instrument instrument;
        final ItemCell cell;
        final boolean[] turned;
        final Map<String, Asked> asked = new HashMap<>();

        Source(Instrument instrument, ItemCell cell, Set<Integer> reversedAlready) {
            this.instrument = instrument;
            this.cell = cell;
            turned = new boolean[instrument.items().size()];
            reversedAlready.forEach(number -> turned[number - 1] = true);
        }

        /** An item's answer as the instrument has it: what the site has turned round is turned back. */
        short answer(int index) {
            Instrument.Item item = instrument.items().get(index);
            int answer = (int) cell.value;
            return (short) (turned[index] ? item.turned(answer) : answer);
        }

        /** What a text names. */
        Asked asked(String text) {
            Asked known = asked.get(text);
            if (known == null) {
                int number = parseItem(text);
                ScaleCode total = number == 0 ? totalItem.get(Texts.folded(text)) : null;
                known = new Asked(
                        number,
                        total,
                        total == null ? null : instrument.findScale(total).orElse(null));
                if (asked.size() < REMEMBERED) {
                    asked.put(text, known);
                }
            }
            return known;
        }

        private int parseItem(String text) {
            Matcher matcher = itemRow.itemPattern().matcher(text.strip());
            String digits = matcher.matches() ? matcher.group(1) : null;
            if (digits == null || digits.length() > 4) {
                return 0;
            }
            try {
                int number = Integer.parseInt(digits);
                return number >= 1 && number <= instrument.items().size() ? number : 0;
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    /**
     * What a row's value answers.
     *
     * @param item its number; 0 if it is no item
     * @param total the scale whose total it is; null if it is none
     * @param scale the same; null if the instrument does not have it
     */
    private record Asked(int item, @Nullable ScaleCode total, Instrument.@Nullable Scale scale) {}

    private record Occasion(
            ParticipantKey participant,
            InstrumentCode instrument,
            @Nullable IntervalCode visit,
            @Nullable LocalDate date) {

        // By hand, as those of codes.
        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            return other instanceof Occasion occasion
                    && Objects.equals(date, occasion.date)
                    && Objects.equals(visit, occasion.visit)
                    && instrument.equals(occasion.instrument)
                    && participant.equals(occasion.participant);
        }

        @Override
        public int hashCode() {
            int whoAndWhat = 31 * participant.hashCode() + instrument.hashCode();
            return 31 * (31 * whoAndWhat + Objects.hashCode(visit)) + Objects.hashCode(date);
        }
    }

    /** A fragment while rows still come in. */
    private static final class Part {
        final Occasion occasion;
        final @Nullable String event;
        final int firstLine;
        final short[] values;
        final byte[] reasons;
        final int[] lines;
        final List<AssessmentFragment.Total> totals = new ArrayList<>(1);

        Part(Occasion occasion, @Nullable String event, int firstLine, int items) {
            this.occasion = occasion;
            this.event = event;
            this.firstLine = firstLine;
            values = new short[items];
            reasons = new byte[items];
            lines = new int[items];
            Arrays.fill(reasons, ABSENT);
        }

        boolean hasTotal(ScaleCode scale) {
            for (AssessmentFragment.Total total : totals) {
                if (total.scale().equals(scale)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final ExportPlan plan;
    private final ItemRow itemRow;
    private final int width;
    private final RecordColumn record;
    private final FactColumns facts;
    private final VisitColumn visits;
    private final int instrumentColumn;
    private final int itemColumn;
    private final int valueColumn;
    private final int dateColumn;
    private final @Nullable DateReader dates;
    private final Map<String, Source> sources = new HashMap<>();
    /** Columns that are the same in all rows of an occasion. */
    private final int[] ofOccasion;

    private final Map<String, ScaleCode> totalItem;
    private final String expectedInstruments;
    private final WithdrawnRows withdrawn;

    ItemRowChecker(ExportPlan plan, HeaderIndex index) {
        this.plan = plan;
        Export export = plan.export();
        itemRow = export.itemRow().orElseThrow();
        width = plan.header().size();
        record = new RecordColumn(export.record(), index);
        facts = new FactColumns(plan, index);
        visits = new VisitColumn(export.visit(), index);
        instrumentColumn = index.need(itemRow.instrumentColumn());
        itemColumn = index.need(itemRow.itemColumn());
        valueColumn = index.need(itemRow.valueColumn());
        dateColumn = itemRow.date().map(date -> index.need(date.column())).orElse(-1);
        dates = itemRow.date()
                .map(date -> new DateReader(date.rule(), plan.latest()))
                .orElse(null);
        totalItem = Texts.foldedKeys(itemRow.totalItem());
        withdrawn = new WithdrawnRows(plan);
        NumberReader numbers =
                new NumberReader(export.text().decimal(), export.text().thousands());
        itemRow.instruments().forEach((name, code) -> {
            Instrument instrument = Objects.requireNonNull(plan.instruments().get(code));
            Coding coding = itemRow.coding(name);
            sources.put(
                    Texts.folded(name),
                    new Source(
                            instrument,
                            new ItemCell(instrument, coding.value(), numbers, export.missing(), coding.missing()),
                            coding.reversedAlready()));
        });
        ofOccasion = IntStream.concat(
                        facts.positions(),
                        IntStream.of(dateColumn, record.position(), visits.position(), instrumentColumn))
                .filter(position -> position >= 0)
                .toArray();
        expectedInstruments = "one of "
                + String.join(", ", new TreeSet<>(itemRow.instruments().keySet()));
    }

    @Override
    public StagedBlock check(RowBlock rows) {
        BlockBuilder block = new BlockBuilder();
        new Pass(block).run(rows);
        return block.build();
    }

    /** One block's work. */
    private final class Pass {
        private final BlockBuilder block;
        private final Map<Occasion, Part> parts = new LinkedHashMap<>();
        private final List<Part> finished = new ArrayList<>();
        private @Nullable Part last;
        private String lastRecord = "";
        private @Nullable ParticipantKey lastParticipant;

        /** The last row whose occasion could be told without a finding: rows of one assessment follow each other. */
        private String @Nullable [] lastTold;

        private @Nullable Occasion lastOccasion;
        private @Nullable Source lastSource;
        private @Nullable String lastEvent;

        Pass(BlockBuilder block) {
            this.block = block;
        }

        void run(RowBlock rows) {
            for (RowBlock.Row row : rows.rows()) {
                block.received();
                if (!accept(row.line(), row.cells())) {
                    block.rejected();
                }
            }
            finished.addAll(parts.values());
            for (Part part : finished) {
                block.fragment(new AssessmentFragment(
                        part.occasion.participant(),
                        part.occasion.instrument(),
                        plan.export().code(),
                        part.occasion.visit(),
                        part.event,
                        part.occasion.date(),
                        part.firstLine,
                        part.values,
                        part.reasons,
                        part.lines,
                        part.totals));
            }
        }

        private boolean accept(int line, String[] cells) {
            if (withdrawn.isErased(line, block)) {
                return false;
            }
            if (!RowShape.fits(cells, width)) {
                block.finding(
                        FindingCode.STG_010,
                        new RowPlace(plan.file(), line, "", null).at(null, null, null),
                        width + " fields",
                        cells.length + " fields");
                return false;
            }
            if (lastOccasion != null && lastSource != null && isOfLastOccasion(cells)) {
                RowPlace place = new RowPlace(plan.file(), line, lastRecord, lastEvent);
                return answer(line, cells, lastOccasion, lastSource, place);
            }
            lastTold = null;
            String id = record.read(cells);
            if (id.isEmpty()) {
                block.finding(
                        FindingCode.STG_020,
                        new RowPlace(plan.file(), line, "", null).at(record.header(), null, null),
                        "a participant's id",
                        null);
                return false;
            }
            ParticipantKey known = plan.keys().of(id);
            if (withdrawn.isOf(known, line, block)) {
                return false;
            }
            ParticipantKey participant = participant(id, known);
            String event = visits.event(cells);
            RowPlace place = new RowPlace(plan.file(), line, id, event);
            boolean clean = facts.read(cells, participant, place, block).clean();
            return acceptAnswer(line, cells, participant, place, clean);
        }

        private boolean isOfLastOccasion(String[] cells) {
            String[] told = lastTold;
            if (told == null) {
                return false;
            }
            for (int column : ofOccasion) {
                if (!told[column].equals(cells[column])) {
                    return false;
                }
            }
            return true;
        }

        private ParticipantKey participant(String id, ParticipantKey known) {
            if (lastParticipant == null || !id.equals(lastRecord)) {
                lastParticipant = known;
                lastRecord = id;
                block.participant(id, lastParticipant);
            }
            return lastParticipant;
        }

        private boolean acceptAnswer(
                int line, String[] cells, ParticipantKey participant, RowPlace place, boolean factsAreClean) {
            String instrumentText = cells[instrumentColumn];
            Source source = sources.get(instrumentText);
            if (source == null) {
                source = sources.get(Texts.folded(instrumentText));
            }
            if (source == null) {
                block.finding(
                        FindingCode.STG_022,
                        place.at(itemRow.instrumentColumn(), null, null),
                        expectedInstruments,
                        instrumentText);
                return refuse(line, participant, null, null, null, 0);
            }
            String form = source.instrument.code().value();
            Optional<IntervalCode> visit = visits.read(place.event());
            if (visits.isUnknown(place.event())) {
                block.finding(
                        FindingCode.STG_021, place.at(visits.header(), form, null), visits.expected(), place.event());
                return refuse(line, participant, null, null, source, 0);
            }
            LocalDate date = null;
            boolean clean = factsAreClean;
            if (dates != null) {
                String text = cells[dateColumn].strip();
                if (!text.isEmpty()) {
                    DateReader.Result result = dates.read(text);
                    date = result.date();
                    Optional<FindingCode> problem = result.problem();
                    if (problem.isPresent()) {
                        clean = false;
                        block.finding(
                                problem.get(),
                                place.at(itemRow.date().orElseThrow().column(), form, null),
                                dates.expected(),
                                text);
                    }
                    if (visit.isEmpty() && result.verdict().isWrong()) {
                        return refuse(line, participant, null, null, source, 0);
                    }
                }
            }
            if (date == null && visit.isEmpty()) {
                block.finding(
                        FindingCode.STG_028,
                        place.at(itemRow.date().map(d -> d.column()).orElse(null), form, null),
                        "a date" + (visits.source() == VisitSource.COLUMN ? " or a visit" : ""),
                        null);
                return refuse(line, participant, null, null, source, 0);
            }
            Occasion occasion = new Occasion(participant, source.instrument.code(), visit.orElse(null), date);
            lastTold = clean ? cells : null;
            lastOccasion = occasion;
            lastSource = source;
            lastEvent = place.event();
            return answer(line, cells, occasion, source, place);
        }

        private boolean answer(int line, String[] cells, Occasion occasion, Source source, RowPlace place) {
            String itemText = cells[itemColumn];
            Asked asked = source.asked(itemText);
            int number = asked.item;
            ScaleCode total = asked.total;
            String form = source.instrument.code().value();
            if (number == 0 && total == null) {
                block.finding(
                        FindingCode.STG_023,
                        place.at(itemRow.itemColumn(), form, null),
                        "an item from 1 to " + source.instrument.items().size()
                                + (totalItem.isEmpty()
                                        ? ""
                                        : ", or "
                                                + String.join(
                                                        ", ",
                                                        itemRow.totalItem().keySet())),
                        itemText);
                return refuse(line, occasion.participant, occasion.visit, occasion.date, source, 0);
            }
            String text = cells[valueColumn];
            ItemCell cell = source.cell;
            if (total == null) {
                cell.readItem(number, text);
            } else {
                if (asked.scale == null) {
                    return true;
                }
                cell.readTotal(asked.scale, text);
            }
            if (cell.problem.isPresent()) {
                block.finding(
                        cell.problem.get(),
                        place.at(itemRow.valueColumn(), form, itemText),
                        Ranges.expected(cell.problem.get(), source.instrument, number, total),
                        text);
                return refuse(line, occasion.participant, occasion.visit, occasion.date, source, number);
            }
            store(line, occasion, source, place, number, total, cell);
            return true;
        }

        private void store(
                int line,
                Occasion occasion,
                Source source,
                RowPlace place,
                int number,
                @Nullable ScaleCode total,
                ItemCell cell) {
            Part part = partFor(occasion, place, source, line);
            if (total != null) {
                if (cell.reason == MissingReason.NONE) {
                    if (part.hasTotal(total)) {
                        part = replace(part, place, source, line);
                    }
                    part.totals.add(new AssessmentFragment.Total(total, cell.value, itemRow.totalUse(), line));
                }
                return;
            }
            int index = number - 1;
            if (part.lines[index] != 0) {
                part = replace(part, place, source, line);
            }
            part.lines[index] = line;
            part.reasons[index] = cell.reason.code();
            part.values[index] = cell.reason == MissingReason.NONE ? source.answer(index) : 0;
        }

        private Part partFor(Occasion occasion, RowPlace place, Source source, int line) {
            Part part = last;
            if (part != null && part.occasion.equals(occasion)) {
                return part;
            }
            part = parts.get(occasion);
            if (part == null) {
                part = new Part(
                        occasion, place.event(), line, source.instrument.items().size());
                parts.put(occasion, part);
            }
            last = part;
            return part;
        }

        /** Begins another part for an occasion that already has this answer; the file's end tells them apart. */
        private Part replace(Part full, RowPlace place, Source source, int line) {
            finished.add(full);
            Part part = new Part(
                    full.occasion,
                    place.event(),
                    line,
                    source.instrument.items().size());
            parts.put(full.occasion, part);
            last = part;
            return part;
        }

        private boolean refuse(
                int line,
                ParticipantKey participant,
                @Nullable IntervalCode visit,
                @Nullable LocalDate date,
                @Nullable Source source,
                int item) {
            block.refused(new RefusedRow(
                    participant, line, visit, date, source == null ? null : source.instrument.code(), item));
            return false;
        }
    }
}
