package org.equipoise.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What units of care cost: one currency, prices of one year.
 *
 * @param illustrative whether the numbers are made up, to show how costs are had and for nothing else
 */
public record UnitCosts(
        String code, String name, String currency, int priceYear, boolean illustrative, List<UnitCost> costs) {
    public UnitCosts {
        costs = List.copyOf(costs);
    }

    /** What is counted of a use of care. */
    public enum Unit {
        /** An event. */
        TIME,
        /** A day in a state. */
        DAY,
        /** A session of care. */
        SESSION;

        /** As a file writes it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A kind of care that is used.
     *
     * @param kind an event kind, a spell kind, or a modality of care
     * @param detail only this within the kind; empty for all
     */
    public record Use(String kind, Optional<String> detail) {}

    /**
     * What one unit costs.
     *
     * @param source where the number is from
     */
    public record UnitCost(Use use, Unit per, double cost, String source) {}

    /** What a unit of this kind costs: that of the detail, or else that of the kind as a whole. */
    public Optional<Double> find(Unit unit, String kind, Optional<String> detail) {
        return costs.stream()
                .filter(cost -> cost.per() == unit && cost.use().kind().equals(kind))
                .filter(cost ->
                        cost.use().detail().isEmpty() || cost.use().detail().equals(detail))
                .max((a, b) -> Boolean.compare(
                        a.use().detail().isPresent(), b.use().detail().isPresent()))
                .map(UnitCost::cost);
    }

    /** Whether anything of this kind has a cost, of one of its details at least. */
    boolean knows(Unit unit, String kind) {
        return costs.stream()
                .anyMatch(cost -> cost.per() == unit && cost.use().kind().equals(kind));
    }
}
