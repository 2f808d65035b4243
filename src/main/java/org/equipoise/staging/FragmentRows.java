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
            "total_scales",
            "total_values",
            "total_uses",
            "total_lines",
            "stale");

    /** About what a fragment takes. */
    public static final int USUAL_BYTES = 400;

    private static final String[] NO_TEXTS = {};
    private static final double[] NO_NUMBERS = {};
    private static final int[] NO_LINES = {};

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
                .int2Array(fragment.values(), items, missing(fragment.reasons()))
                .bytea(fragment.reasons());
        if (fragment.lines() == null) {
            rows.nullField();
        } else {
            rows.int4Array(fragment.lines(), items, null);
        }
        writeTotals(rows, fragment.totals());
        rows.bool(stale);
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
            rows.textArray(NO_TEXTS, 0)
                    .float8Array(NO_NUMBERS, 0, null)
                    .textArray(NO_TEXTS, 0)
                    .int4Array(NO_LINES, 0, null);
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
        short[] values = rows.int2Array();
        byte[] reasons = Objects.requireNonNull(rows.bytea());
        int[] lines = rows.int4Array();
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
        int[] lines = Objects.requireNonNull(rows.int4Array());
        if (scales.length == 0) {
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
