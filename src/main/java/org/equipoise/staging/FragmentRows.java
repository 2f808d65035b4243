package org.equipoise.staging;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.equipoise.database.BinaryRows;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;

/** How the view {@code staging.assessment_fragment} gives assessment fragments one by one. */
public final class FragmentRows {
    /** Its columns, in the order in which they are read here. */
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

    private FragmentRows() {}

    /**
     * A stored fragment.
     *
     * @param submission through which it counts
     * @param source whose file it was read from
     */
    public record Stored(AssessmentFragment fragment, long submission, long source, boolean stale) {}

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
            lines = FragmentPackets.risingLines(firstLine, reasons);
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
