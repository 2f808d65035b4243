package org.equipoise.warehouse.internal;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.Letters;
import org.equipoise.harmonize.HarmonizedParticipant;
import org.equipoise.harmonize.HarmonizedParticipant.CountedDays;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedEvent;
import org.equipoise.harmonize.HarmonizedParticipant.PlacedSpell;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.equipoise.staging.ObservedSpan;
import org.equipoise.staging.StagedEvent;
import org.equipoise.staging.StagedSpell;
import org.equipoise.staging.StoredHistory.Named;
import org.equipoise.staging.StoredHistory.Table;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * A participant's events, spells, observed time and care on the way to the database: all in a row, or in a few that fit on a
 * page each.
 */
final class RecordRows {
    static final String TABLE = "warehouse.record_series_history";

    static final List<String> COLUMNS = List.of(
            "participant_key",
            "study_code",
            "site_code",
            "record_letters",
            "record_tables",
            "kinds",
            "details",
            "therapists",
            "therapy_groups",
            "from_on",
            "to_on",
            "numbers",
            "placement_letters",
            "placements",
            "days",
            "counted",
            "counted_from_on",
            "counted_to_on",
            "submission_letters",
            "submission_ids",
            "lines",
            "stale_letters",
            "snapshot_from");

    private static final int RECORDS_PER_ROW = 120;

    private RecordRows() {}

    /** Adds a participant's records. */
    static void add(BinaryCopy rows, StudyCode study, HarmonizedParticipant participant, long snapshot) {
        List<Entry> all = entries(participant);
        for (int from = 0; from < all.size(); from += RECORDS_PER_ROW) {
            new Row(all.subList(from, Math.min(all.size(), from + RECORDS_PER_ROW)))
                    .write(rows, study, participant, snapshot);
        }
    }

    /**
     * A record, in what all four kinds share.
     *
     * @param counted times of an event, days of a spell
     */
    private record Entry(
            Named named,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer number,
            @Nullable String placement,
            @Nullable Integer day,
            @Nullable Double counted,
            @Nullable CountedDays countedDays,
            Sourced<?> sourced,
            int line) {}

    private static List<Entry> entries(HarmonizedParticipant participant) {
        List<Entry> all = new ArrayList<>();
        for (PlacedEvent placed : participant.events()) {
            StagedEvent event = placed.sourced().value();
            all.add(new Entry(
                    new Named(Table.EVENT, event.kind().value(), event.detail(), null, null),
                    event.from(),
                    event.to(),
                    event.count(),
                    placed.placement().label(),
                    placed.day(),
                    (double) placed.counted(),
                    null,
                    placed.sourced(),
                    event.line()));
        }
        for (PlacedSpell placed : participant.spells()) {
            StagedSpell spell = placed.sourced().value();
            CountedDays counted = placed.counted();
            all.add(new Entry(
                    new Named(Table.SPELL, spell.kind().value(), spell.detail(), null, null),
                    spell.from(),
                    spell.to(),
                    spell.days(),
                    placed.placement().label(),
                    placed.day(),
                    counted == null ? null : counted.days(),
                    counted,
                    placed.sourced(),
                    spell.line()));
        }
        for (Sourced<ObservedSpan> sourced : participant.observed()) {
            ObservedSpan span = sourced.value();
            String source = span.source().name().toLowerCase(Locale.ROOT);
            all.add(unplaced(
                    new Named(Table.OBSERVED, span.kind(), source, null, null),
                    span.from(),
                    span.to(),
                    null,
                    sourced,
                    span.line()));
        }
        for (Sourced<CareEpisode> sourced : participant.care()) {
            CareEpisode episode = sourced.value();
            all.add(unplaced(
                    new Named(Table.CARE, episode.modality(), null, episode.therapist(), episode.group()),
                    episode.from(),
                    episode.to(),
                    episode.sessions(),
                    sourced,
                    episode.line()));
        }
        return all;
    }

    private static Entry unplaced(
            Named named,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable Integer number,
            Sourced<?> sourced,
            int line) {
        return new Entry(named, from, to, number, null, null, null, null, sourced, line);
    }

    /** One row. */
    private static final class Row {
        private final int count;
        private final Letters<Named> records;
        private final LocalDate[] from;
        private final @Nullable LocalDate[] to;
        private final int[] numbers;
        private final BitSet unnumbered = new BitSet();
        private final Letters<String> placements;
        private final int[] days;
        private final BitSet undated = new BitSet();
        private final double[] counted;
        private final BitSet uncounted = new BitSet();
        private final @Nullable LocalDate[] countedFrom;
        private final @Nullable LocalDate[] countedTo;
        private final Letters<Long> submissions;
        private final int[] lines;
        private final StringBuilder stale = new StringBuilder();
        private boolean anyStale;

        Row(List<Entry> entries) {
            count = entries.size();
            records = new Letters<>(count);
            from = new LocalDate[count];
            to = new LocalDate[count];
            numbers = new int[count];
            placements = new Letters<>(count);
            days = new int[count];
            counted = new double[count];
            countedFrom = new LocalDate[count];
            countedTo = new LocalDate[count];
            submissions = new Letters<>(count);
            lines = new int[count];
            for (int i = 0; i < count; i++) {
                add(i, entries.get(i));
            }
        }

        private void add(int place, Entry entry) {
            records.add(entry.named());
            from[place] = entry.from();
            to[place] = entry.to();
            number(numbers, unnumbered, place, entry.number());
            placements.add(entry.placement());
            number(days, undated, place, entry.day());
            if (entry.counted() == null) {
                uncounted.set(place);
            } else {
                counted[place] = entry.counted();
            }
            if (entry.countedDays() != null) {
                countedFrom[place] = entry.countedDays().from();
                countedTo[place] = entry.countedDays().to();
            }
            submissions.add(entry.sourced().submission());
            lines[place] = entry.line();
            stale.append(entry.sourced().stale() ? 's' : '.');
            anyStale |= entry.sourced().stale();
        }

        private static void number(int[] numbers, BitSet none, int place, @Nullable Integer number) {
            if (number == null) {
                none.set(place);
            } else {
                numbers[place] = number;
            }
        }

        void write(BinaryCopy rows, StudyCode study, HarmonizedParticipant participant, long snapshot) {
            rows.startRow()
                    .uuid(participant.key().value())
                    .text(study.value())
                    .text(participant.site().value());
            rows.text(records.cells());
            Named.write(rows, records.things());
            rows.dateArray(from).dateArray(to).int4Array(numbers, count, unnumbered);
            Letters.write(rows, placements);
            rows.int4Array(days, count, undated)
                    .float8Array(counted, count, uncounted)
                    .dateArray(countedFrom)
                    .dateArray(countedTo)
                    .text(submissions.cells())
                    .int8Array(
                            submissions.things().stream()
                                    .mapToLong(Long::longValue)
                                    .toArray(),
                            submissions.things().size(),
                            null)
                    .int4Array(lines, count, null)
                    .text(anyStale ? stale : null)
                    .int8(snapshot);
        }
    }
}
