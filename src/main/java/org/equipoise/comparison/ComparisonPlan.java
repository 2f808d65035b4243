package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.SiteMapping.Membership;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;

/**
 * Every question a study asks, in a fixed order: outcome, interval or period, sites by code, then all sites.
 *
 * <p>Over all sites means over those that allocate at random. Only if none does, all of them are taken together: an
 * unrandomised comparison is never mixed into a randomised one. Sites without randomisation are weighted together where the
 * study asks for it.
 *
 * @param scopes each site, then all
 * @param questions by outcome and interval or period, each over the scopes in turn
 * @param repeated by score with several intervals after the baseline, each over the scopes in turn
 * @param weighted by outcome and interval or period after the baseline, over the sites that do not allocate at random
 */
public record ComparisonPlan(
        Study study,
        List<Scope> scopes,
        List<Question> questions,
        List<RepeatedQuestion> repeated,
        List<Question> weighted) {
    public ComparisonPlan {
        scopes = List.copyOf(scopes);
        questions = List.copyOf(questions);
        repeated = List.copyOf(repeated);
        weighted = List.copyOf(weighted);
    }

    /** The plan of a study over the sites that take part in it. */
    public static ComparisonPlan of(DefinitionBundle definitions) {
        Study study = definitions.study();
        Map<String, Boolean> randomised = new TreeMap<>();
        definitions
                .mappings()
                .forEach((site, mapping) -> randomised.put(
                        site.value(),
                        mapping.findMembership(study.code())
                                .map(Membership::randomised)
                                .orElse(false)));
        return of(study, randomised);
    }

    /**
     * The plan of a study over sites.
     *
     * @param randomised by site code, whether it allocates at random
     */
    public static ComparisonPlan of(Study study, Map<String, Boolean> randomised) {
        List<Scope> scopes = new ArrayList<>();
        TreeMap<String, Boolean> sites = new TreeMap<>(randomised);
        sites.keySet().forEach(site -> scopes.add(Scope.of(site)));
        List<String> pooled =
                sites.keySet().stream().filter(site -> randomised.get(site)).toList();
        scopes.add(Scope.over(pooled.isEmpty() ? sites.keySet() : pooled));
        List<Question> questions = new ArrayList<>();
        List<RepeatedQuestion> repeated = new ArrayList<>();
        for (Outcome outcome : study.outcomes()) {
            for (Place place : places(study, outcome)) {
                scopes.forEach(scope -> questions.add(question(study, outcome, place, scope)));
            }
            if (isRepeated(study, outcome)) {
                scopes.forEach(scope -> repeated.add(repeated(study, outcome, scope)));
            }
        }
        List<String> others = sites.keySet().stream()
                .filter(site -> Boolean.FALSE.equals(randomised.get(site)))
                .toList();
        return new ComparisonPlan(study, scopes, questions, repeated, weighted(study, others));
    }

    private static List<Question> weighted(Study study, List<String> sites) {
        return study.comparisons().unrandomised().isEmpty() || sites.isEmpty()
                ? List.of()
                : study.outcomes().stream()
                        .flatMap(outcome -> places(study, outcome).stream()
                                .filter(place -> !place.isBaseline())
                                .map(place -> question(study, outcome, place, Scope.notRandomised(sites))))
                        .toList();
    }

    /** Whether a score's whole follow-up is asked about: it is to be had at several intervals after the baseline. */
    static boolean isRepeated(Study study, Outcome outcome) {
        return outcome.type() == OutcomeType.CONTINUOUS
                && !study.comparisons().repeated().models().isEmpty()
                && later(study, outcome).size() > 1;
    }

    private static RepeatedQuestion repeated(Study study, Outcome outcome, Scope scope) {
        return new RepeatedQuestion(
                outcome,
                scope,
                later(study, outcome).stream()
                        .map(place -> question(study, outcome, place, scope))
                        .toList());
    }

    private static List<Place> later(Study study, Outcome outcome) {
        return places(study, outcome).stream()
                .filter(place -> !place.isBaseline())
                .sorted(Comparator.comparingInt(Place::position))
                .toList();
    }

    private static List<Place> places(Study study, Outcome outcome) {
        return Stream.concat(
                        outcome.intervals().stream().map(code -> Place.at(study, code)),
                        outcome.periods().stream().map(code -> Place.over(study, outcome, code)))
                .toList();
    }

    private static Question question(Study study, Outcome outcome, Place place, Scope scope) {
        List<Endpoint> endpoints = place.isBaseline() || outcome.type() != OutcomeType.CONTINUOUS
                ? List.of(Endpoint.VALUE)
                : study.comparisons().endpoints();
        return new Question(outcome, place, scope, endpoints, !place.isBaseline());
    }

    /** The questions about one outcome, so that its values need be read once only. */
    public List<Question> about(Outcome outcome) {
        return questions.stream()
                .filter(question -> question.outcome().equals(outcome))
                .toList();
    }

    /** Those about one outcome over the sites that do not allocate at random. */
    public List<Question> aboutOthers(Outcome outcome) {
        return weighted.stream()
                .filter(question -> question.outcome().equals(outcome))
                .toList();
    }

    /** What a declared look asks of it. */
    public LookPlan at(Look look) {
        return LookPlan.of(this, look);
    }

    /** Those about the whole follow-up of one outcome. */
    public List<RepeatedQuestion> aboutFollowUp(Outcome outcome) {
        return repeated.stream()
                .filter(question -> question.outcome().equals(outcome))
                .toList();
    }

    /** How many questions there are. */
    public int size() {
        return questions.size() + repeated.size() + weighted.size();
    }
}
