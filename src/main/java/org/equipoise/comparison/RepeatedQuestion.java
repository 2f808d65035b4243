package org.equipoise.comparison;

import java.util.List;
import java.util.Optional;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.IntervalCode;

/**
 * What is asked of a score's whole follow-up at once, at a site or over all.
 *
 * @param intervals the questions about each interval after the baseline, in order of time
 */
public record RepeatedQuestion(Outcome outcome, Scope scope, List<Question> intervals) {
    public RepeatedQuestion {
        intervals = List.copyOf(intervals);
    }

    /** The same about others. */
    RepeatedQuestion about(Scope others) {
        return new RepeatedQuestion(
                outcome,
                others,
                intervals.stream()
                        .map(each ->
                                new Question(each.outcome(), each.place(), others, each.endpoints(), each.adjusted()))
                        .toList());
    }

    List<Place> places() {
        return intervals.stream().map(Question::place).toList();
    }

    /** The interval of this code, if it is one of them. */
    Optional<Place> find(IntervalCode code) {
        return places().stream()
                .filter(place -> place.code().equals(code.value()))
                .findFirst();
    }
}
