package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.Study.Arm;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.OutcomeCode;

/** Reads what about the sites a study holds their effects against. */
final class ModeratorReader {
    private final Part part;
    private final List<Arm> arms;
    private final List<Outcome> outcomes;

    ModeratorReader(Part part, List<Arm> arms, List<Outcome> outcomes) {
        this.part = part;
        this.arms = arms;
        this.outcomes = outcomes;
    }

    List<Moderator> read() {
        Uniqueness codes = new Uniqueness("The moderator");
        List<Moderator> moderators = new ArrayList<>();
        for (Part one : part.elements()) {
            codes.see(one.at("code"));
            checkOutcome(one);
            checkArm(one.at("arm"));
            moderators.add(new Moderator(
                    one.at("code").text(),
                    one.at("name").text(),
                    one.at("outcome").code(OutcomeCode::new),
                    one.at("at").text(),
                    one.at("arm").code(ArmCode::new),
                    one.at("minimum_sites").integer(Moderator.USUAL_MINIMUM)));
        }
        return moderators;
    }

    private void checkOutcome(Part one) {
        Part named = one.at("outcome");
        Optional<Outcome> found = outcomes.stream()
                .filter(outcome -> outcome.code().value().equals(named.text()))
                .filter(outcome -> outcome.type() != OutcomeType.TIME_TO_EVENT)
                .findFirst();
        if (found.isEmpty() && named.isPresent() && !part.file().isMisshapen("/outcomes")) {
            named.tell(
                    DefinitionProblem.OUTCOME_UNKNOWN,
                    "an outcome of the study, and no time to an event",
                    named.text(),
                    named.text());
        }
        found.ifPresent(outcome -> checkPlace(one.at("at"), outcome));
    }

    private static void checkPlace(Part at, Outcome outcome) {
        List<String> asked = Stream.concat(outcome.intervals().stream(), outcome.periods().stream())
                .map(Code::value)
                .toList();
        if (at.isPresent() && !asked.contains(at.text())) {
            at.tell(
                    DefinitionProblem.NOT_ASKED_THERE,
                    StudyTerms.choices(asked, at.text()),
                    at.text(),
                    outcome.code(),
                    at.text());
        }
    }

    private void checkArm(Part arm) {
        List<String> known = arms.stream().map(one -> one.code().value()).toList();
        if (arm.isPresent() && !known.contains(arm.text())) {
            arm.tell(DefinitionProblem.ARM_UNKNOWN, StudyTerms.choices(known, arm.text()), arm.text(), arm.text());
        }
    }
}
