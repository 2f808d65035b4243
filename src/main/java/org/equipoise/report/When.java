package org.equipoise.report;

import java.util.List;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;

/**
 * A time that an outcome is asked at: a planned point, or a period.
 *
 * @param code as stored
 * @param name as a reader says it
 * @param fromMonth months from time zero to its beginning
 * @param toMonth to its end; the same for a planned point
 */
record When(String code, String name, int fromMonth, int toMonth) {
    private static final int FEW = 6;
    private static final int YEAR = 12;

    /** The times of an outcome, in the study's order. */
    static List<When> of(Study study, Outcome outcome) {
        return outcome.isOverPeriods()
                ? outcome.periods().stream()
                        .map(code -> of(study.followUp().period(code)))
                        .toList()
                : study.intervals().stream()
                        .filter(interval -> outcome.intervals().contains(interval.code()))
                        .map(interval ->
                                new When(interval.code().value(), interval.name(), interval.month(), interval.month()))
                        .toList();
    }

    private static When of(Period period) {
        return new When(period.code().value(), period.name(), period.fromMonth(), period.toMonth());
    }

    boolean isPeriod() {
        return toMonth > fromMonth;
    }

    boolean isBaseline() {
        return toMonth == 0;
    }

    /** {@code 18}, {@code 0–18}. */
    String label() {
        return isPeriod() ? fromMonth + "\u2013" + toMonth : Integer.toString(toMonth);
    }

    /**
     * The times of the headline and of the figures by site: those the study names beforehand as confirmatory; if it names
     * none, every period, every follow-up where they are few, else the whole years.
     */
    static List<When> marks(Outcome outcome, List<When> times) {
        List<When> later = times.stream().filter(when -> !when.isBaseline()).toList();
        List<When> confirmatory = later.stream()
                .filter(when -> outcome.confirmatory().contains(when.code()))
                .toList();
        return !confirmatory.isEmpty()
                ? confirmatory
                : outcome.isOverPeriods() || later.size() <= FEW
                        ? later
                        : later.stream()
                                .filter(when -> when.toMonth() % YEAR == 0)
                                .toList();
    }
}
