package org.equipoise.definition;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.Looks.Asked;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Looks.Spending;
import org.equipoise.definition.Study.Interval;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.vocabulary.Code;
import org.equipoise.vocabulary.OutcomeCode;

/** Reads the looks that a study declares. */
final class LooksReader {
    private final Part part;
    private final String baseline;
    private final List<Outcome> outcomes;

    LooksReader(Part part, List<Interval> intervals, List<Outcome> outcomes) {
        this.part = part;
        this.baseline = intervals.isEmpty() ? "" : intervals.get(0).code().value();
        this.outcomes = outcomes;
    }

    Looks read() {
        Uniqueness names = new Uniqueness("The look");
        List<Look> planned = new ArrayList<>();
        for (Part one : part.at("planned").elements()) {
            names.see(one.at("name"));
            Look look = look(one);
            if (!planned.isEmpty()) {
                checkOrder(planned.get(planned.size() - 1), look, one);
            }
            planned.add(look);
        }
        return new Looks(
                part.at("alpha").number(Looks.USUAL_ALPHA),
                part.at("spending").choice(Spending.class, Spending.OBRIEN_FLEMING),
                planned);
    }

    private Look look(Part one) {
        Uniqueness codes = new Uniqueness("The outcome");
        List<Asked> asked = new ArrayList<>();
        for (Part element : one.at("outcomes").elements()) {
            codes.see(element.at("outcome"));
            asked.add(asked(element));
        }
        return new Look(
                one.at("name").text(),
                cutOff(one.at("cut_off")),
                one.at("information").number(1),
                one.at("after").at("days").integer(0),
                asked);
    }

    private static void checkOrder(Look before, Look look, Part one) {
        if (!look.cutOff().isAfter(before.cutOff())) {
            one.at("cut_off")
                    .tell(
                            DefinitionProblem.LOOK_ORDER,
                            "a day after " + before.cutOff(),
                            look.cutOff().toString(),
                            look.name(),
                            before.name());
        }
        if (!(look.information() > before.information())) {
            one.at("information")
                    .tell(
                            DefinitionProblem.LOOK_ORDER,
                            "more than " + before.information(),
                            Double.toString(look.information()),
                            look.name(),
                            before.name());
        }
    }

    private static LocalDate cutOff(Part part) {
        try {
            return LocalDate.parse(part.text());
        } catch (DateTimeException e) {
            part.tell(DefinitionProblem.BAD_DATE, "a day as yyyy-MM-dd", part.text(), part.text());
            return LocalDate.MAX;
        }
    }

    private Asked asked(Part element) {
        Part code = element.at("outcome");
        Optional<Outcome> outcome = outcomes.stream()
                .filter(known -> known.code().value().equals(code.text()))
                .findFirst();
        if (outcome.isEmpty() && !code.file().isMisshapen("/outcomes")) {
            code.tell(
                    DefinitionProblem.LOOK_OUTCOME_UNKNOWN,
                    Choices.of(
                            outcomes.stream().map(known -> known.code().value()).toList(), code.text()),
                    code.text(),
                    code.text());
        }
        List<Part> places = Stream.concat(
                        element.at("intervals").elements().stream(), element.at("periods").elements().stream())
                .toList();
        if (places.isEmpty()) {
            element.at("intervals")
                    .tell(
                            DefinitionProblem.KEY_NEEDED_HERE,
                            "the key intervals or periods",
                            null,
                            "intervals",
                            "a look is at some of them");
        }
        outcome.ifPresent(known -> places.forEach(place -> checkPlace(known, place)));
        return new Asked(
                code.code(OutcomeCode::new), places.stream().map(Part::text).toList());
    }

    /** A place that the outcome is asked at, other than the baseline. */
    private void checkPlace(Outcome outcome, Part place) {
        List<String> known = Stream.<Code>concat(outcome.intervals().stream(), outcome.periods().stream())
                .map(Code::value)
                .filter(code -> !code.equals(baseline))
                .toList();
        if (!known.contains(place.text())) {
            place.tell(
                    DefinitionProblem.NOT_ASKED_THERE,
                    Choices.of(known, place.text()),
                    place.text(),
                    outcome.code().value(),
                    place.text());
        }
    }
}
