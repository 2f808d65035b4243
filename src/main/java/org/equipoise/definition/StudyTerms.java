package org.equipoise.definition;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a mapping may name: the intervals and arms of the studies its site takes part in.
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

    private void check(DefinitionProblem problem, Set<String> known, String name, Part part) {
        if (complete && !known.contains(name)) {
            part.tell(problem, Choices.of(known, name), name, name);
        }
    }
}
