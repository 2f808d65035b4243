package org.equipoise.warehouse.internal;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.definition.OutcomeSource;
import org.equipoise.definition.OutcomeSource.Criterion;
import org.equipoise.definition.OutcomeSource.OfArea;
import org.equipoise.definition.OutcomeSource.OfCare;
import org.equipoise.definition.OutcomeSource.OfCosts;
import org.equipoise.definition.OutcomeSource.OfEvents;
import org.equipoise.definition.OutcomeSource.OfMetric;
import org.equipoise.definition.OutcomeSource.OfRule;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.OutcomeSource.OfSpells;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.OutcomeSource.ReliableChange;
import org.equipoise.definition.OutcomeSource.Threshold;

/** Says where an outcome's values come from, for readers of the warehouse. */
final class OutcomeSources {
    private OutcomeSources() {}

    static String inWords(OutcomeSource source) {
        if (source instanceof OfScale scale) {
            return inWords(scale);
        }
        if (source instanceof OfStandardized standardized) {
            return standardized.scales().stream().map(OutcomeSources::inWords).collect(Collectors.joining(", else "))
                    + ", as the site asks; standardized in the comparison";
        }
        if (source instanceof OfMetric metric) {
            return Stream.concat(
                            metric.direct().stream().map(OutcomeSources::inWords),
                            metric.crosswalks().stream().map(code -> "crosswalk " + code))
                    .collect(Collectors.joining(", else "));
        }
        if (source instanceof OfEvents events) {
            return "any of "
                    + events.anyOf().stream()
                            .map(one -> one.kind()
                                    + one.detail()
                                            .map(detail -> " (" + detail + ")")
                                            .orElse(""))
                            .collect(Collectors.joining(", "));
        }
        if (source instanceof OfRule rule) {
            return rule.outcome() + " " + inWords(rule.criterion()) + ", version " + rule.version();
        }
        if (source instanceof OfArea area) {
            return lower(area.measure()) + " times " + area.outcome() + ", lines between values up to "
                    + area.longestGap() + " months apart, 0 from death on";
        }
        if (source instanceof OfCare care) {
            return "sessions of " + (care.modalities().isEmpty() ? "all care" : String.join(", ", care.modalities()));
        }
        if (source instanceof OfCosts costs) {
            return inWords(costs);
        }
        OfSpells spells = (OfSpells) source;
        return lower(spells.measure()) + " of " + spells.kind()
                + (spells.details().isEmpty() ? "" : " (" + String.join(", ", spells.details()) + ")")
                + (spells.atOnce() == 1 ? "" : ", " + spells.atOnce() + " classes at once");
    }

    private static String inWords(OfScale scale) {
        return "scale " + scale.scale() + " of " + scale.instrument();
    }

    private static String inWords(OfCosts costs) {
        return costs.table().currency() + (costs.annual() ? " a year" : " a period") + " at prices of "
                + costs.table().priceYear() + " by " + costs.table().code()
                + (costs.table().illustrative() ? ", made-up unit costs" : "") + ": "
                + costs.includes().stream()
                        .map(included -> included.use().kind()
                                + included.use()
                                        .detail()
                                        .map(detail -> " (" + detail + ")")
                                        .orElse(""))
                        .collect(Collectors.joining(", "));
    }

    private static String inWords(Criterion criterion) {
        if (criterion instanceof Threshold threshold) {
            return lower(threshold.test()) + " " + threshold.limit();
        }
        ReliableChange reliable = (ReliableChange) criterion;
        return lower(reliable.category()) + " by a change of "
                + reliable.change().points() + " ("
                + reliable.change().basis() + ")"
                + (reliable.cutOff().isPresent()
                        ? ", cut-off " + reliable.cutOff().getAsDouble()
                        : "");
    }

    private static String lower(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
