package org.equipoise.comparison;

import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Period;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.PeriodCode;

/**
 * Where in follow-up an outcome is looked at.
 *
 * @param code of the interval or period
 * @param isPeriod which of the two
 * @param position of its cell in the outcome's series
 * @param fromMonth first month of a period; the month of an interval
 * @param toMonth last month of a period; the month of an interval
 */
public record Place(String code, boolean isPeriod, int position, int fromMonth, int toMonth) {

    static Place at(Study study, IntervalCode code) {
        Study.Interval interval = study.findInterval(code).orElseThrow();
        return new Place(code.value(), false, study.intervals().indexOf(interval), interval.month(), interval.month());
    }

    static Place over(Study study, Outcome outcome, PeriodCode code) {
        Period period = study.followUp().period(code);
        return new Place(code.value(), true, outcome.periods().indexOf(code), period.fromMonth(), period.toMonth());
    }

    /** Whether it is the planned point before treatment. */
    boolean isBaseline() {
        return !isPeriod && position == 0;
    }

    /** How many months it lasts. */
    int months() {
        return toMonth - fromMonth;
    }
}
