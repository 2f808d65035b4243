package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;

/**
 * Every question a study asks, in a fixed order: outcome, interval or period, sites by code, then all sites.
 *
 * <p>Over all sites means over those that allocate at random. Only if none does, all of them are taken together: an
 * unrandomised comparison is never mixed into a randomised one. Sites without randomisation are weighted together where the
 * study asks for it.
 *
 * <p>All sites share what their control arm is offered: the study's control arm by its code, or if no site says that, what
 * most sites say. Sites with another comparator are taken together by themselves.
 *
 * @param scopes each site, then all, then those of each other comparator
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
        return of(
                study,
                definitions.mappings().values().stream()
                        .flatMap(mapping -> mapping.findMembership(study.code()).stream()
                                .map(membership -> new Member(
                                        mapping.site().value(),
                                        membership.randomised(),
                                        membership.comparator().strip())))
                        .toList());
    }

    /**
     * A site that takes part.
     *
     * @param comparator what its control arm is offered, by class; small and capital letters are the same
     */
    record Member(String site, boolean randomised, String comparator) {
        String key() {
            return comparator.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The plan of a study over sites whose control arm is offered what the study's is.
     *
     * @param randomised by site code, whether it allocates at random
     */
    public static ComparisonPlan of(Study study, Map<String, Boolean> randomised) {
        String comparator = study.arm(Role.CONTROL).code().value();
        return of(
                study,
                randomised.entrySet().stream()
                        .map(site -> new Member(site.getKey(), site.getValue(), comparator))
                        .toList());
    }

    static ComparisonPlan of(Study study, List<Member> members) {
        List<Member> sites =
                members.stream().sorted(Comparator.comparing(Member::site)).toList();
        List<Member> randomised = sites.stream().filter(Member::randomised).toList();
        List<Member> others = sites.stream().filter(site -> !site.randomised()).toList();
        List<Member> pooled = randomised.isEmpty() ? sites : randomised;
        String main = mainComparator(study, pooled);
        List<Scope> scopes = new ArrayList<>();
        sites.forEach(site -> scopes.add(Scope.of(site.site())));
        scopes.add(Scope.over(pooled.stream()
                .filter(site -> site.key().equals(main))
                .map(Member::site)
                .toList()));
        scopes.addAll(ofOtherComparators(pooled, main));
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
        return new ComparisonPlan(study, scopes, questions, repeated, weighted(study, notRandomised(others, main)));
    }

    /** The control arm's code where a site says it, else what most sites say, the first by name if several do. */
    private static String mainComparator(Study study, List<Member> sites) {
        String control = study.arm(Role.CONTROL).code().value().toLowerCase(Locale.ROOT);
        Map<String, Long> number =
                sites.stream().collect(Collectors.groupingBy(Member::key, TreeMap::new, Collectors.counting()));
        return number.containsKey(control)
                ? control
                : number.entrySet().stream()
                        .max(Map.Entry.<String, Long>comparingByValue()
                                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                        .map(Map.Entry::getKey)
                        .orElse(control);
    }

    private static List<Scope> ofOtherComparators(List<Member> sites, String main) {
        Map<String, List<Member>> classes = sites.stream()
                .filter(site -> !site.key().equals(main))
                .collect(Collectors.groupingBy(Member::key, TreeMap::new, Collectors.toList()));
        return classes.values().stream()
                .map(same -> Scope.over(
                        same.get(0).comparator(),
                        same.stream().map(Member::site).toList()))
                .toList();
    }

    private static List<Scope> notRandomised(List<Member> sites, String main) {
        List<String> same = sites.stream()
                .filter(site -> site.key().equals(main))
                .map(Member::site)
                .toList();
        return Stream.concat(
                        same.isEmpty() ? Stream.of() : Stream.of(Scope.over(same)),
                        ofOtherComparators(sites, main).stream())
                .map(Scope::notRandomised)
                .toList();
    }

    private static List<Question> weighted(Study study, List<Scope> scopes) {
        return study.comparisons().unrandomised().isEmpty()
                ? List.of()
                : study.outcomes().stream()
                        .flatMap(outcome -> places(study, outcome).stream()
                                .filter(place -> !place.isBaseline())
                                .flatMap(place -> scopes.stream().map(scope -> question(study, outcome, place, scope))))
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
