package org.equipoise.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.definition.Study.FollowUp;
import org.equipoise.definition.Study.Kind;

/**
 * What a mapping may name: intervals, arms, kinds of event and spell of the studies its site takes part in.
 *
 * @param complete whether all of these could be read; if not, an unknown name may be right and is not told
 */
record StudyTerms(Collection<Study> studies, boolean complete) {

    void checkInterval(Part part) {
        Set<String> known = studies.stream()
                .flatMap(study -> study.intervals().stream())
                .map(interval -> interval.code().value())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        check(DefinitionProblem.INTERVAL_UNKNOWN, known, part.text(), part);
    }

    void checkArm(String arm, Part part) {
        Set<String> known = studies.stream()
                .flatMap(study -> study.arms().stream())
                .map(candidate -> candidate.code().value())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        check(DefinitionProblem.ARM_UNKNOWN, known, arm, part);
    }

    /** Kinds of event with their details. */
    Map<String, Set<String>> events() {
        return details(FollowUp::events);
    }

    /** Kinds of spell with their details. */
    Map<String, Set<String>> spells() {
        return details(FollowUp::spells);
    }

    private Map<String, Set<String>> details(Function<FollowUp, List<Kind>> of) {
        Map<String, Set<String>> details = new LinkedHashMap<>();
        studies.stream()
                .flatMap(study -> of.apply(study.followUp()).stream())
                .forEach(kind -> details.computeIfAbsent(kind.code(), code -> new LinkedHashSet<>())
                        .addAll(kind.details()));
        return details;
    }

    void checkKind(Set<String> known, String kind, Part part) {
        check(DefinitionProblem.KIND_UNKNOWN, known, kind, part);
    }

    /**
     * Checks a detail of whichever of these kinds a row tells.
     *
     * @param kinds with their details
     */
    void checkDetail(Map<String, Set<String>> kinds, String detail, Part part) {
        Set<String> known =
                kinds.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
        if (complete && !kinds.isEmpty() && !known.contains(detail)) {
            part.tell(
                    DefinitionProblem.DETAIL_UNKNOWN,
                    choices(known, detail),
                    detail,
                    String.join(" or ", kinds.keySet()),
                    detail);
        }
    }

    /** What the studies name, in words. */
    static String choices(Collection<String> known, String found) {
        return known.isEmpty() ? "none, since the study names none" : Choices.of(known, found);
    }

    private void check(DefinitionProblem problem, Set<String> known, String name, Part part) {
        if (complete && !known.contains(name)) {
            part.tell(problem, choices(known, name), name, name);
        }
    }
}
