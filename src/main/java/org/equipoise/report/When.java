package org.equipoise.report;

import java.util.List;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;

/**
 * A time that an outcome is asked at.
 *
 * @param code as stored
 * @param name as a reader says it
 * @param month months from time zero
 */
record When(String code, String name, double month) {
    private static final int FEW = 6;
    private static final int YEAR = 12;

    /** The times of an outcome, in the study's order. */
    static List<When> of(Study study, Outcome outcome) {
        return study.intervals().stream()
                .map(interval -> new When(interval.code().value(), interval.name(), interval.month()))
                .toList();
    }

    boolean isBaseline() {
        return month == 0;
    }

    /** The times of the headline and of the figures by site: every follow-up where they are few, else the whole years. */
    static List<When> marks(List<When> times) {
        List<When> later = times.stream().filter(when -> !when.isBaseline()).toList();
        return later.size() <= FEW
                ? later
                : later.stream().filter(when -> when.month() % YEAR == 0).toList();
    }
}
