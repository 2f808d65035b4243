package org.equipoise.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.equipoise.definition.Study.Tier;
import org.jspecify.annotations.Nullable;

/** What the definitions say, as a reader says it. */
final class Wording {
    private Wording() {}

    /** {@code lower is better; negative favours MBT}. */
    static String direction(Study study, Outcome outcome, boolean ratio) {
        String arm = study.arm(Role.TREATMENT).code().value();
        return outcome.direction() == Direction.LOWER_IS_BETTER
                ? "lower is better; " + (ratio ? "below 1" : "negative") + " favours " + arm
                : "higher is better; " + (ratio ? "above 1" : "positive") + " favours " + arm;
    }

    /** When p is told, and what of. */
    static String conduct(Conduct conduct) {
        return switch (conduct) {
            case COMPLETED -> "p is two-sided, not corrected for the number of comparisons; none at baseline.";
            case OBSERVATIONAL -> "Monitoring: p only at a declared look.";
            case ONGOING -> "The study is running: nothing by arm before a declared look.";
        };
    }

    /** A reason as a reader says it. */
    static String reason(@Nullable String reason) {
        return reason == null ? "" : reason.replace('_', ' ');
    }

    static String tier(Tier tier) {
        return tier.name().toLowerCase(Locale.ROOT);
    }

    /** That sites measured on different scales, and how these were brought together. */
    static String standardized(Outcome outcome) {
        return outcome.source() instanceof OfStandardized standardized
                ? "; standardized: sites measured it by "
                        + standardized.scales().stream()
                                .map(scale -> scale.instrument().value())
                                .distinct()
                                .collect(Collectors.joining(" or "))
                        + ", each site\u2019s scores are taken less their mean at the baseline, over their standard"
                        + " deviation there"
                : "";
    }

    /** The arm that a smaller effect favours. */
    static String favouredBelow(Study study, Outcome outcome) {
        return arm(study, outcome.direction() == Direction.LOWER_IS_BETTER ? Role.TREATMENT : Role.CONTROL);
    }

    /** The arm that a greater effect favours. */
    static String favouredAbove(Study study, Outcome outcome) {
        return arm(study, outcome.direction() == Direction.LOWER_IS_BETTER ? Role.CONTROL : Role.TREATMENT);
    }

    private static String arm(Study study, Role role) {
        return study.arm(role).code().value();
    }
}
