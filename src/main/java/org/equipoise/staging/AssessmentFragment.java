package org.equipoise.staging;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.equipoise.definition.SiteMapping.TotalUse;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;

/**
 * What one block of a file says of one participant's assessment with one instrument on one occasion.
 * Arrays have one element per item, index 0 for item 1, and are not to be modified.
 *
 * @param visit interval that the site's visit name stands for; null when the date places it
 * @param event the site's own name of the visit
 * @param date when it was done; null when unknown
 * @param firstLine first line of the file it came from, header = 1
 * @param values answers in the instrument's coding; meaningless where a reason is set
 * @param reasons {@link MissingReason} codes, 0 where the value is there
 * @param lines line of each item, 0 where the fragment does not speak of it; null when all are from the first line
 */
public record AssessmentFragment(
        ParticipantKey participant,
        InstrumentCode instrument,
        String form,
        @Nullable IntervalCode visit,
        @Nullable String event,
        @Nullable LocalDate date,
        int firstLine,
        short[] values,
        byte[] reasons,
        int @Nullable [] lines,
        List<Total> totals) {

    /**
     * A total that the site computed.
     *
     * @param line where it was read
     */
    public record Total(ScaleCode scale, double value, TotalUse use, int line) {}

    /** The line of item {@code index + 1}, 0 if the fragment does not speak of it. */
    public int line(int index) {
        if (lines != null) {
            return lines[index];
        }
        return reasons[index] == ABSENT ? 0 : firstLine;
    }

    /** Fragments of a participant with the same of all these answer the same questions. A date counts only without a visit. */
    public record Occasion(
            InstrumentCode instrument,
            String form,
            @Nullable IntervalCode visit,
            @Nullable LocalDate date) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Occasion occasion
                    && Objects.equals(date, occasion.date)
                    && Objects.equals(visit, occasion.visit)
                    && instrument.equals(occasion.instrument)
                    && form.equals(occasion.form);
        }

        @Override
        public int hashCode() {
            int what = 31 * instrument.hashCode() + form.hashCode();
            return 31 * (31 * what + Objects.hashCode(visit)) + Objects.hashCode(date);
        }
    }

    /** What it is about. */
    public Occasion occasion() {
        return new Occasion(instrument, form, visit, visit == null ? date : null);
    }

    private static final byte ABSENT = MissingReason.ABSENT.code();
}
