package org.equipoise.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;

/** How assessment fragments lie in {@code staging.assessment_fragment}: the published form of this relation. */
public final class FragmentRows {
    /** Its columns, in the order in which they are written and read here. */
    public static final List<String> COLUMNS = List.of(
            "submission_id",
            "source_submission_id",
            "participant_key",
            "instrument_code",
            "form_code",
            "visit_code",
            "event_name",
            "assessed_on",
            "first_line",
            "item_values",
            "item_reasons",
            "item_lines",
            "lines_rise",
            "total_scales",
            "total_values",
            "total_uses",
            "total_lines",
            "stale");

    /** About what a fragment takes. */
    public static final int USUAL_BYTES = 250;

    private static final byte ABSENT = MissingReason.ABSENT.code();

    private FragmentRows() {}

    /**
     * A stored fragment.
     *
     * @param submission through which it counts
     * @param source whose file it was read from
     */
    public record Stored(AssessmentFragment fragment, long submission, long source, boolean stale) {}

    /** Adds a fragment to rows on their way to the database. */
    public static void write(
            BinaryCopy rows, AssessmentFragment fragment, long submission, long source, boolean stale) {
        int items = fragment.values().length;
        rows.startRow()
                .int8(submission)
                .int8(source)
                .uuid(fragment.participant().value())
                .text(fragment.instrument().value())
                .text(fragment.form())
                .text(fragment.visit() == null ? null : fragment.visit().value())
                .text(fragment.event())
                .date(fragment.date())
                .int4(fragment.firstLine())
                .packedInt2(fragment.values())
                .bytea(isComplete(fragment.reasons()) ? null : fragment.reasons());
        boolean rise = linesRise(fragment);
        if (fragment.lines() == null || rise) {
            rows.nullField();
        } else {
            rows.int4Array(fragment.lines(), items, null);
        }
        rows.bool(rise);
        writeTotals(rows, fragment.totals());
        rows.bool(stale);
    }

    private static boolean isComplete(byte[] reasons) {
        for (byte reason : reasons) {
            if (reason != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether each item that the fragment speaks of stands a line below the one before it, the first in the first line. */
    private static boolean linesRise(AssessmentFragment fragment) {
        int[] lines = fragment.lines();
        if (lines == null) {
            return false;
        }
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

    private static int[] risingLines(int firstLine, byte[] reasons) {
        int[] lines = new int[reasons.length];
        int next = firstLine;
        for (int i = 0; i < lines.length; i++) {
            lines[i] = reasons[i] == ABSENT ? 0 : next++;
        }
        return lines;
    }

    /** Which items have no value. */
    public static @Nullable BitSet missing(byte[] reasons) {
        BitSet missing = null;
        for (int i = 0; i < reasons.length; i++) {
            if (reasons[i] != 0) {
                missing = missing == null ? new BitSet(reasons.length) : missing;
                missing.set(i);
            }
        }
        return missing;
    }

    private static void writeTotals(BinaryCopy rows, List<AssessmentFragment.Total> totals) {
        int count = totals.size();
        if (count == 0) {
            rows.nullField().nullField().nullField().nullField();
            return;
        }
        String[] scales = new String[count];
        double[] values = new double[count];
        String[] uses = new String[count];
        int[] lines = new int[count];
        for (int i = 0; i < count; i++) {
            AssessmentFragment.Total total = totals.get(i);
            scales[i] = total.scale().value();
            values[i] = total.value();
            uses[i] = total.use().name().toLowerCase(Locale.ROOT);
            lines[i] = total.line();
        }
        rows.textArray(scales, count)
                .float8Array(values, count, null)
                .textArray(uses, count)
                .int4Array(lines, count, null);
    }

    /** Reads the fragment a query's row begins with; the query names {@link #COLUMNS} first. */
    public static Stored read(BinaryRows rows) throws SQLException {
        long submission = rows.int8();
        long source = rows.int8();
        ParticipantKey participant = new ParticipantKey(rows.uuid());
        InstrumentCode instrument = new InstrumentCode(Objects.requireNonNull(rows.text()));
        String form = Objects.requireNonNull(rows.text());
        String visit = rows.text();
        String event = rows.text();
        var date = rows.date();
        int firstLine = rows.int4();
        short[] values = rows.packedInt2();
        byte[] told = rows.bytea();
        byte[] reasons = told == null ? new byte[values.length] : told;
        int[] lines = rows.int4Array();
        if (rows.bool()) {
            lines = risingLines(firstLine, reasons);
        }
        List<AssessmentFragment.Total> totals = readTotals(rows);
        AssessmentFragment fragment = new AssessmentFragment(
                participant,
                instrument,
                form,
                visit == null ? null : new IntervalCode(visit),
                event,
                date,
                firstLine,
                values,
                reasons,
                lines,
                totals);
        return new Stored(fragment, submission, source, rows.bool());
    }

    private static List<AssessmentFragment.Total> readTotals(BinaryRows rows) {
        String[] scales = rows.textArray();
        double[] values = rows.float8Array();
        String[] uses = rows.textArray();
        int[] lines = rows.int4Array();
        if (lines == null) {
            return List.of();
        }
        List<AssessmentFragment.Total> totals = new ArrayList<>(scales.length);
        for (int i = 0; i < scales.length; i++) {
            totals.add(new AssessmentFragment.Total(
                    new ScaleCode(scales[i]), values[i], TotalUse.valueOf(uses[i].toUpperCase(Locale.ROOT)), lines[i]));
        }
        return totals;
    }
}
