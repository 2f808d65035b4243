package org.equipoise.staging;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.database.Letters;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.staging.AssessmentFragment.Total;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;

/**
 * How assessment fragments lie in {@code staging.fragment_packet}: what a block of a file says of one participant is one row,
 * or a few. The view {@code staging.assessment_fragment} shows them one by one, as {@link FragmentRows} reads them.
 */
public final class FragmentPackets {
    /** The relation. */
    public static final String TABLE = "staging.fragment_packet";

    /** Its columns, in the order in which they are written and read here. */
    public static final List<String> COLUMNS = List.of(
            "submission_id",
            "source_submission_id",
            "participant_key",
            "stale",
            "goes_on",
            "repeats",
            "form_letters",
            "instrument_codes",
            "form_codes",
            "item_counts",
            "visit_letters",
            "visit_codes",
            "event_letters",
            "event_names",
            "assessed_on",
            "first_lines",
            "item_values",
            "item_reasons",
            "line_letters",
            "item_lines",
            "total_places",
            "total_scales",
            "total_values",
            "total_uses",
            "total_lines");

    /** About what a fragment takes. */
    public static final int USUAL_BYTES = 80;

    /** A row with more would not fit on a page. */
    private static final int BYTES_PER_PACKET = 6_000;

    /** All items are from the first line. */
    private static final char FIRST_LINE = 'f';
    /** Each item that is spoken of stands a line below the one before it. */
    private static final char LINES_RISE = 'r';

    private static final char LINES_LISTED = 'l';

    private static final byte ABSENT = MissingReason.ABSENT.code();

    private FragmentPackets() {}

    /**
     * What is stored of a participant in a row.
     *
     * @param submission through which it counts
     * @param source whose file it was read from
     */
    public record Packet(
            ParticipantKey participant,
            long submission,
            long source,
            boolean stale,
            List<AssessmentFragment> fragments) {}

    /** What a letter stands for. */
    private record Form(InstrumentCode instrument, String code, int items) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Form form
                    && items == form.items
                    && instrument.equals(form.instrument)
                    && code.equals(form.code);
        }

        @Override
        public int hashCode() {
            return instrument.hashCode();
        }
    }

    /**
     * Adds fragments to rows on their way to the database.
     *
     * @param ofOne all that a block of the file says of one participant
     * @param submission through which they count
     * @param source whose file they were read from
     */
    public static void write(
            BinaryCopy rows, List<AssessmentFragment> ofOne, long submission, long source, boolean stale) {
        boolean repeats = repeats(ofOne);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < ofOne.size(); i++) {
            int more = bytes(ofOne.get(i));
            if (i > from && bytes + more > BYTES_PER_PACKET) {
                new Writing(ofOne.subList(from, i)).write(rows, submission, source, stale, from > 0, repeats);
                from = i;
                bytes = 0;
            }
            bytes += more;
        }
        new Writing(ofOne.subList(from, ofOne.size())).write(rows, submission, source, stale, from > 0, repeats);
    }

    private static int bytes(AssessmentFragment fragment) {
        return 24 + 11 * fragment.values().length + 64 * fragment.totals().size();
    }

    private static boolean repeats(List<AssessmentFragment> fragments) {
        Set<AssessmentFragment.Occasion> met = new HashSet<>();
        for (AssessmentFragment fragment : fragments) {
            if (!met.add(fragment.occasion())) {
                return true;
            }
        }
        return false;
    }

    /** One packet. */
    private static final class Writing {
        private final List<AssessmentFragment> fragments;
        private final Letters<Form> forms;
        private final Letters<String> visits;
        private final Letters<String> events;
        private final LocalDate[] dates;
        private final int[] firstLines;
        private final short[] values;
        private final byte[] reasons;
        private final StringBuilder lineLetters;
        private final int[] lines;
        private final List<Total> totals = new ArrayList<>(0);
        private int items;
        private int listed;
        private boolean anyReason;

        Writing(List<AssessmentFragment> fragments) {
            this.fragments = fragments;
            int count = fragments.size();
            int allItems = 0;
            for (AssessmentFragment fragment : fragments) {
                allItems += fragment.values().length;
            }
            forms = new Letters<>(count);
            visits = new Letters<>(count);
            events = new Letters<>(count);
            dates = new LocalDate[count];
            firstLines = new int[count];
            values = new short[allItems];
            reasons = new byte[allItems];
            lineLetters = new StringBuilder(count);
            lines = new int[allItems];
        }

        void write(BinaryCopy rows, long submission, long source, boolean stale, boolean goesOn, boolean repeats) {
            for (int i = 0; i < fragments.size(); i++) {
                add(i, fragments.get(i));
            }
            rows.startRow()
                    .int8(submission)
                    .int8(source)
                    .uuid(fragments.get(0).participant().value())
                    .bool(stale)
                    .bool(goesOn)
                    .bool(repeats);
            writeForms(rows);
            Letters.write(rows, visits);
            Letters.write(rows, events);
            rows.dateArray(dates)
                    .int4Array(firstLines, firstLines.length, null)
                    .packedInt2(values)
                    .bytea(anyReason ? reasons : null)
                    .text(lineLetters);
            if (listed == 0) {
                rows.nullField();
            } else {
                rows.int4Array(lines, listed, null);
            }
            writeTotals(rows);
        }

        private void add(int place, AssessmentFragment fragment) {
            int count = fragment.values().length;
            forms.add(new Form(fragment.instrument(), fragment.form(), count));
            visits.add(fragment.visit() == null ? null : fragment.visit().value());
            events.add(fragment.event());
            dates[place] = fragment.date();
            firstLines[place] = fragment.firstLine();
            System.arraycopy(fragment.values(), 0, values, items, count);
            System.arraycopy(fragment.reasons(), 0, reasons, items, count);
            items += count;
            for (int i = 0; !anyReason && i < count; i++) {
                anyReason = fragment.reasons()[i] != 0;
            }
            int[] itsLines = fragment.lines();
            if (itsLines == null) {
                lineLetters.append(FIRST_LINE);
            } else if (linesRise(fragment, itsLines)) {
                lineLetters.append(LINES_RISE);
            } else {
                lineLetters.append(LINES_LISTED);
                System.arraycopy(itsLines, 0, lines, listed, count);
                listed += count;
            }
            totals.addAll(fragment.totals());
        }

        private void writeForms(BinaryCopy rows) {
            int count = forms.things().size();
            String[] instruments = new String[count];
            String[] codes = new String[count];
            int[] counts = new int[count];
            for (int i = 0; i < count; i++) {
                Form form = forms.things().get(i);
                instruments[i] = form.instrument().value();
                codes[i] = form.code();
                counts[i] = form.items();
            }
            rows.text(forms.cells())
                    .textArray(instruments, count)
                    .textArray(codes, count)
                    .int4Array(counts, count, null);
        }

        private void writeTotals(BinaryCopy rows) {
            int count = totals.size();
            if (count == 0) {
                rows.nullField().nullField().nullField().nullField().nullField();
                return;
            }
            int[] places = new int[count];
            String[] scales = new String[count];
            double[] sums = new double[count];
            String[] uses = new String[count];
            int[] totalLines = new int[count];
            int n = 0;
            for (int i = 0; i < fragments.size(); i++) {
                for (Total total : fragments.get(i).totals()) {
                    places[n] = i + 1;
                    scales[n] = total.scale().value();
                    sums[n] = total.value();
                    uses[n] = total.use().name().toLowerCase(Locale.ROOT);
                    totalLines[n] = total.line();
                    n++;
                }
            }
            rows.int4Array(places, count, null)
                    .textArray(scales, count)
                    .float8Array(sums, count, null)
                    .textArray(uses, count)
                    .int4Array(totalLines, count, null);
        }
    }

    /** Whether each item that the fragment speaks of stands a line below the one before it, the first in the first line. */
    private static boolean linesRise(AssessmentFragment fragment, int[] lines) {
        int next = fragment.firstLine();
        for (int i = 0; i < lines.length; i++) {
            boolean absent = fragment.reasons()[i] == ABSENT;
            if (lines[i] != (absent ? 0 : next)) {
                return false;
            }
            next += absent ? 0 : 1;
        }
        return true;
    }

    /** Lines that rise from the first. */
    static int[] risingLines(int firstLine, byte[] reasons) {
        int[] lines = new int[reasons.length];
        int next = firstLine;
        for (int i = 0; i < lines.length; i++) {
            lines[i] = reasons[i] == ABSENT ? 0 : next++;
        }
        return lines;
    }

    /** Reads the packet a query's row begins with; the query names {@link #COLUMNS} first. */
    public static Packet read(BinaryRows rows) {
        long submission = rows.int8();
        long source = rows.int8();
        ParticipantKey participant = new ParticipantKey(rows.uuid());
        boolean stale = rows.bool();
        rows.bool();
        rows.bool();
        return new Packet(participant, submission, source, stale, new Reading(rows, participant).fragments());
    }

    /** One packet, its columns in their order. */
    private static final class Reading {
        private final ParticipantKey participant;
        private final String formLetters;
        private final Form[] forms;
        private final String visitLetters;
        private final IntervalCode[] visits;
        private final String eventLetters;
        private final String[] events;
        private final @Nullable LocalDate[] dates;
        private final int[] firstLines;
        private final short[] values;
        private final byte @Nullable [] reasons;
        private final String lineLetters;
        private final int @Nullable [] lines;
        private final int @Nullable [] totalPlaces;
        private final Total[] totals;
        private int items;
        private int listed;
        private int told;

        Reading(BinaryRows rows, ParticipantKey participant) {
            this.participant = participant;
            formLetters = Objects.requireNonNull(rows.text());
            forms = forms(rows);
            visitLetters = Objects.requireNonNull(rows.text());
            visits = Arrays.stream(rows.textArray()).map(IntervalCode::new).toArray(IntervalCode[]::new);
            eventLetters = Objects.requireNonNull(rows.text());
            events = rows.textArray();
            dates = rows.dateArray();
            firstLines = Objects.requireNonNull(rows.int4Array());
            values = rows.packedInt2();
            reasons = rows.bytea();
            lineLetters = Objects.requireNonNull(rows.text());
            lines = rows.int4Array();
            totalPlaces = rows.int4Array();
            totals = totals(rows);
        }

        private static Form[] forms(BinaryRows rows) {
            String[] instruments = rows.textArray();
            String[] codes = rows.textArray();
            int[] counts = Objects.requireNonNull(rows.int4Array());
            Form[] forms = new Form[instruments.length];
            for (int i = 0; i < forms.length; i++) {
                forms[i] = new Form(new InstrumentCode(instruments[i]), codes[i], counts[i]);
            }
            return forms;
        }

        private static Total[] totals(BinaryRows rows) {
            String[] scales = rows.textArray();
            double[] sums = rows.float8Array();
            String[] uses = rows.textArray();
            int[] lines = rows.int4Array();
            Total[] totals = new Total[scales.length];
            for (int i = 0; i < totals.length; i++) {
                totals[i] = new Total(
                        new ScaleCode(scales[i]),
                        sums[i],
                        TotalUse.valueOf(uses[i].toUpperCase(Locale.ROOT)),
                        Objects.requireNonNull(lines)[i]);
            }
            return totals;
        }

        List<AssessmentFragment> fragments() {
            List<AssessmentFragment> fragments = new ArrayList<>(firstLines.length);
            for (int i = 0; i < firstLines.length; i++) {
                fragments.add(fragment(i));
            }
            return fragments;
        }

        private AssessmentFragment fragment(int place) {
            Form form = Objects.requireNonNull(Letters.read(formLetters.charAt(place), forms));
            int end = items + form.items();
            byte[] itsReasons = reasons == null ? new byte[form.items()] : Arrays.copyOfRange(reasons, items, end);
            AssessmentFragment fragment = new AssessmentFragment(
                    participant,
                    form.instrument(),
                    form.code(),
                    Letters.read(visitLetters.charAt(place), visits),
                    Letters.read(eventLetters.charAt(place), events),
                    dates[place],
                    firstLines[place],
                    Arrays.copyOfRange(values, items, end),
                    itsReasons,
                    lines(place, itsReasons),
                    totals(place));
            items = end;
            return fragment;
        }

        private int @Nullable [] lines(int place, byte[] itsReasons) {
            char letter = lineLetters.charAt(place);
            if (letter == LINES_RISE) {
                return risingLines(firstLines[place], itsReasons);
            }
            if (letter == FIRST_LINE) {
                return null;
            }
            int from = listed;
            listed += itsReasons.length;
            return Arrays.copyOfRange(Objects.requireNonNull(lines), from, listed);
        }

        private List<Total> totals(int place) {
            int from = told;
            while (totalPlaces != null && told < totals.length && totalPlaces[told] == place + 1) {
                told++;
            }
            return from == told ? List.of() : List.of(Arrays.copyOfRange(totals, from, told));
        }
    }
}
