package org.equipoise.definition;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.vocabulary.OutcomeCode;

/**
 * The declared looks at the arms of a study: when, at what, and how much of the error each may spend.
 *
 * @param alpha two-sided error of all looks at one hypothesis together
 * @param planned by rising cut-off and information
 */
public record Looks(double alpha, Spending spending, List<Look> planned) {
    /** The error that is usually spent. */
    static final double USUAL_ALPHA = 0.05;

    /** No look. */
    public static final Looks NONE = new Looks(USUAL_ALPHA, Spending.OBRIEN_FLEMING, List.of());

    public Looks {
        planned = List.copyOf(planned);
    }

    /** How the error is spent as information grows. */
    public enum Spending {
        /** Little early, nearly all at the end. */
        OBRIEN_FLEMING,
        /** Much the same at each look. */
        POCOCK
    }

    /**
     * One look.
     *
     * @param cutOff the last day whose data are in it
     * @param information share of the planned information that it is declared at
     * @param afterDays nights it waits after the cut-off for files that are on their way
     * @param asked what is looked at
     */
    public record Look(String name, LocalDate cutOff, double information, int afterDays, List<Asked> asked) {
        public Look {
            asked = List.copyOf(asked);
        }

        /** What is looked at of an outcome, if anything. */
        public Optional<Asked> find(OutcomeCode outcome) {
            return asked.stream().filter(one -> one.outcome().equals(outcome)).findFirst();
        }

        /** Whether the outcome is looked at at this interval or period. */
        public boolean asks(OutcomeCode outcome, String place) {
            return find(outcome).filter(one -> one.places().contains(place)).isPresent();
        }

        /** Whether it may be taken on a day: every file up to the cut-off has had its time to come. */
        public boolean isDue(LocalDate today) {
            return today.isAfter(cutOff.plusDays(afterDays));
        }
    }

    /**
     * An outcome at a look.
     *
     * @param places codes of intervals or periods
     */
    public record Asked(OutcomeCode outcome, List<String> places) {
        public Asked {
            places = List.copyOf(places);
        }
    }

    /** The looks at one hypothesis up to and with this one, in order: each spends what those before it left. */
    public List<Look> upTo(Look look, OutcomeCode outcome, String place) {
        return planned.subList(0, planned.indexOf(look) + 1).stream()
                .filter(one -> one.asks(outcome, place))
                .toList();
    }

    /** The declaration in words: whatever of it cannot be changed once the look is taken. */
    public String declaration(Look look) {
        return String.format(
                Locale.ROOT,
                "cut-off %s, information %s, after %d days, alpha %s by %s, %s",
                look.cutOff(),
                look.information(),
                look.afterDays(),
                alpha,
                spending.name().toLowerCase(Locale.ROOT),
                look.asked().stream()
                        .map(asked -> asked.outcome().value() + " at " + String.join(" ", asked.places()))
                        .collect(Collectors.joining(", ")));
    }
}
