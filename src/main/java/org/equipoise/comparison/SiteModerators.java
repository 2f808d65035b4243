package org.equipoise.comparison;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import org.equipoise.definition.Moderator;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.PeriodCode;

/**
 * What a study holds its sites' effects against, with the value at each site.
 *
 * @param values by moderator in the study's order, then by site; a site without one is not in it
 */
public record SiteModerators(Map<Moderator, SortedMap<String, Double>> values) {
    /** Nothing is held against anything. */
    public static final SiteModerators NONE = new SiteModerators(Map.of());

    /**
     * Takes the values from the outcomes that the study names.
     *
     * @param read the participants with the values of an outcome
     */
    public static SiteModerators of(Study study, Function<Outcome, AnalysisSet> read) {
        Map<Moderator, SortedMap<String, Double>> values = new LinkedHashMap<>();
        for (Moderator moderator : study.comparisons().moderators()) {
            Outcome outcome = study.outcome(moderator.outcome());
            Place place = outcome.isOverPeriods()
                    ? Place.over(study, outcome, new PeriodCode(moderator.at()))
                    : Place.at(study, new IntervalCode(moderator.at()));
            boolean treated = study.arm(Role.TREATMENT).code().equals(moderator.arm());
            values.put(
                    moderator,
                    read.apply(outcome).bySite(place.position(), treated, outcome.type() == OutcomeType.COUNT));
        }
        return new SiteModerators(values);
    }
}
