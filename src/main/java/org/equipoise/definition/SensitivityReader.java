package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.vocabulary.OutcomeCode;

/** Reads which outcomes a study wants to know about when missing values had been otherwise. */
final class SensitivityReader {
    private final Part part;
    private final List<Outcome> outcomes;

    SensitivityReader(Part part, List<Outcome> outcomes) {
        this.part = part;
        this.outcomes = outcomes;
    }

    List<Sensitivity> read() {
        Uniqueness codes = new Uniqueness("The outcome");
        List<Sensitivity> asked = new ArrayList<>();
        for (Part one : part.elements()) {
            Part outcome = one.at("outcome");
            codes.see(outcome);
            if (outcomes.stream().noneMatch(known -> isFit(known, outcome.text()))
                    && !part.file().isMisshapen("/outcomes")) {
                outcome.tell(
                        DefinitionProblem.SENSITIVITY_MISFIT,
                        "a continuous outcome, or a binary one at planned points",
                        outcome.text(),
                        outcome.text());
            }
            asked.add(new Sensitivity(
                    outcome.code(OutcomeCode::new),
                    one.at("imputations").integer(Sensitivity.USUAL_IMPUTATIONS),
                    one.at("shifts").elements().stream()
                            .flatMapToDouble(shift -> shift.findNumber().stream())
                            .sorted()
                            .distinct()
                            .boxed()
                            .toList()));
        }
        return asked;
    }

    private static boolean isFit(Outcome outcome, String code) {
        return outcome.code().value().equals(code)
                && (outcome.type() == OutcomeType.CONTINUOUS
                        || (outcome.type() == OutcomeType.BINARY && !outcome.isOverPeriods()));
    }
}
