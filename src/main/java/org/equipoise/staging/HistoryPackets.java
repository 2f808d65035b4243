package org.equipoise.staging;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.database.Letters;
import org.equipoise.staging.StoredHistory.Named;
import org.equipoise.staging.StoredHistory.Thing;
import org.equipoise.vocabulary.ParticipantKey;
import org.jspecify.annotations.Nullable;

/**
 * How events, spells, observed time and care lie in {@code staging.history_packet}: what a block of a file says of one
 * participant is one row, or a few. The views {@code staging.event}, {@code staging.spell}, {@code staging.observed_span} and
 * {@code staging.care_episode} show them one by one.
 */
public final class HistoryPackets {
    /** The relation. */
    public static final String TABLE = "staging.history_packet";

    /** Its columns, in the order in which they are written and read here; what was replaced is marked later. */
    public static final List<String> COLUMNS = List.of(
            "submission_id",
            "source_submission_id",
            "participant_key",
            "stale",
            "goes_on",
            "repeats",
            "record_letters",
            "record_tables",
            "names",
            "details",
            "therapists",
            "care_groups",
            "from_days",
            "to_days",
            "numbers",
            "line_letters",
            "lines",
            "row_keys",
            "replaced_letters");

    /** A row with more would not fit on a page. */
    private static final int BYTES_PER_PACKET = 6_000;

    private static final char REPLACED = 'r';

    private HistoryPackets() {}

    /**
     * What is stored of a participant in a row.
     *
     * @param submission through which it counts
     * @param source whose file it was read from
     */
    public record Packet(
            ParticipantKey participant, long submission, long source, boolean stale, List<StoredHistory> rows) {}

    /** Rows for the database, participant by participant. */
    public static BinaryCopy encode(StagedBlock block, long submission) {
        Map<ParticipantKey, List<StoredHistory>> all = new LinkedHashMap<>();
        StagedHistory history = block.history();
        for (StagedEvent event : history.events()) {
            of(all, event.participant()).add(StoredHistory.of(event, block.rowKey(event.line())));
        }
        for (StagedSpell spell : history.spells()) {
            of(all, spell.participant()).add(StoredHistory.of(spell, block.rowKey(spell.line())));
        }
        for (ObservedSpan span : history.observed()) {
            of(all, span.participant()).add(StoredHistory.of(span, block.rowKey(span.line())));
        }
        for (CareEpisode episode : history.care()) {
            of(all, episode.participant()).add(StoredHistory.of(episode, block.rowKey(episode.line())));
        }
        BinaryCopy rows = new BinaryCopy(COLUMNS.size());
        all.forEach((participant, theirs) -> write(rows, participant, theirs, submission));
        return rows;
    }

    private static List<StoredHistory> of(Map<ParticipantKey, List<StoredHistory>> all, ParticipantKey participant) {
        return all.computeIfAbsent(participant, key -> new ArrayList<>());
    }

    /**
     * Adds rows on their way to the database.
     *
     * @param ofOne all that a block of the file says of the participant
     */
    public static void write(BinaryCopy rows, ParticipantKey participant, List<StoredHistory> ofOne, long submission) {
        boolean repeats = repeats(ofOne);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < ofOne.size(); i++) {
            int more = 32 + ofOne.get(i).rowKey().length();
            if (i > from && bytes + more > BYTES_PER_PACKET) {
                new Writing(ofOne.subList(from, i)).write(rows, participant, submission, from > 0, repeats);
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        new Writing(ofOne.subList(from, ofOne.size())).write(rows, participant, submission, from > 0, repeats);
    }

    private static boolean repeats(List<StoredHistory> rows) {
        Set<Thing> met = new HashSet<>(2 * rows.size());
        for (StoredHistory row : rows) {
            if (!met.add(row.thingInFile())) {
                return true;
            }
        }
        return false;
    }

    /** One packet. */
    private static final class Writing {
        private final Letters<Named> records;
        private final LocalDate[] from;
        private final @Nullable LocalDate[] to;
        private final int[] numbers;
        private final BitSet withoutNumber = new BitSet();
        private final StringBuilder lineLetters;
        private final int[] lines;
        private final String[] keys;
        private final StringBuilder replaced = new StringBuilder();
        private final Map<Integer, Integer> places = new HashMap<>();
        private boolean anyReplaced;
        private int size;
        private int lineCount;

        Writing(List<StoredHistory> rows) {
            int count = rows.size();
            records = new Letters<>(count);
            from = new LocalDate[count];
            to = new LocalDate[count];
            numbers = new int[count];
            lineLetters = new StringBuilder(count);
            lines = new int[count];
            keys = new String[count];
            rows.forEach(this::add);
        }

        private void add(StoredHistory row) {
            records.add(row.named());
            from[size] = row.from();
            to[size] = row.to();
            if (row.number() == null) {
                withoutNumber.set(size);
            } else {
                numbers[size] = row.number();
            }
            lineLetters.append(Letters.letter(place(row)));
            size++;
        }

        private int place(StoredHistory row) {
            if (lineCount > 0 && lines[lineCount - 1] == row.line()) {
                return lineCount - 1;
            }
            Integer known = places.putIfAbsent(row.line(), lineCount);
            if (known != null) {
                return known;
            }
            lines[lineCount] = row.line();
            keys[lineCount] = row.rowKey();
            replaced.append(row.replaced() ? REPLACED : '.');
            anyReplaced |= row.replaced();
            return lineCount++;
        }

        void write(BinaryCopy rows, ParticipantKey participant, long submission, boolean goesOn, boolean repeats) {
            rows.startRow()
                    .int8(submission)
                    .int8(submission)
                    .uuid(participant.value())
                    .bool(false)
                    .bool(goesOn)
                    .bool(repeats);
            rows.text(records.cells());
            Named.write(rows, records.things());
            rows.dateArray(from)
                    .dateArray(to)
                    .int4Array(numbers, size, withoutNumber)
                    .text(lineLetters)
                    .int4Array(lines, lineCount, null)
                    .textArray(keys, lineCount)
                    .text(anyReplaced ? replaced : null);
        }
    }

    /** Reads the packet a query's row begins with; the query names {@link #COLUMNS} first. */
    public static Packet read(BinaryRows rows) {
        long submission = rows.int8();
        long source = rows.int8();
        ParticipantKey participant = new ParticipantKey(rows.uuid());
        boolean stale = rows.bool();
        rows.bool();
        rows.bool();
        return new Packet(participant, submission, source, stale, rows(rows));
    }

    private static List<StoredHistory> rows(BinaryRows rows) {
        String letters = Objects.requireNonNull(rows.text());
        Named[] named = Named.read(rows);
        @Nullable LocalDate[] from = rows.dateArray();
        @Nullable LocalDate[] to = rows.dateArray();
        @Nullable Integer[] numbers = rows.integerArray();
        String lineLetters = Objects.requireNonNull(rows.text());
        int[] lines = Objects.requireNonNull(rows.int4Array());
        String[] keys = rows.textArray();
        String replaced = rows.text();
        List<StoredHistory> all = new ArrayList<>(letters.length());
        for (int i = 0; i < letters.length(); i++) {
            int line = Letters.place(lineLetters.charAt(i));
            all.add(new StoredHistory(
                    named[Letters.place(letters.charAt(i))],
                    Objects.requireNonNull(from[i]),
                    to[i],
                    numbers[i],
                    lines[line],
                    keys[line],
                    replaced != null && replaced.charAt(line) == REPLACED));
        }
        return all;
    }
}
