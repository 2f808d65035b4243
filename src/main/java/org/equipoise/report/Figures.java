package org.equipoise.report;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.comparison.HeadlineRow.ArmSummary;
import org.equipoise.comparison.HeadlineRow.Difference;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.Direction;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.jspecify.annotations.Nullable;

/** Numbers and notes as journals print them; the same on page and terminal, whatever the machine's language. */
final class Figures {
    /** What stands where there is no number. */
    static final String NONE = "\u2013";

    /** Marks a difference that is not adjusted. */
    static final String UNADJUSTED = "\u2020";

    private final int decimals;

    private Figures(int decimals) {
        this.decimals = decimals;
    }

    /** For the rows of one outcome: so many decimals that its first standard deviation shows three figures. */
    static Figures of(List<HeadlineRow> rows) {
        double spread = rows.stream()
                .flatMap(row -> Stream.of(row.treatment(), row.control()))
                .filter(Objects::nonNull)
                .map(ArmSummary::standardDeviation)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(10.0);
        return new Figures(spread >= 10 ? 1 : spread >= 1 ? 2 : 3);
    }

    /** {@code 52}. */
    static String n(@Nullable ArmSummary arm) {
        return arm == null ? NONE : Integer.toString(arm.n());
    }

    /** {@code 14.7 (10.1)}. */
    String mean(@Nullable ArmSummary arm) {
        if (arm == null || arm.mean() == null) {
            return NONE;
        }
        return number(arm.mean(), decimals) + " ("
                + (arm.standardDeviation() == null ? NONE : number(arm.standardDeviation(), decimals)) + ")";
    }

    /** {@code −4.0 (−7.3 to −0.6)}, with a mark if it is not adjusted. */
    String difference(@Nullable Difference difference) {
        if (difference == null) {
            return NONE;
        }
        String value = number(difference.value(), decimals);
        String interval = difference.low() == null || difference.high() == null
                ? ""
                : " (" + number(difference.low(), decimals) + " to " + number(difference.high(), decimals) + ")";
        return value + interval + (difference.isAdjusted() ? "" : UNADJUSTED);
    }

    static String g(@Nullable Double g) {
        return g == null ? NONE : number(g, 2);
    }

    /** {@code 0.023}, {@code <0.001}. */
    static String p(@Nullable Difference difference) {
        Double p = difference == null ? null : difference.p();
        if (p == null) {
            return NONE;
        }
        return p < 0.001 ? "<0.001" : p > 0.999 ? ">0.999" : number(p, 3);
    }

    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        boolean zero = text.chars().noneMatch(c -> c >= '1' && c <= '9');
        return zero ? text.replace("-", "") : text.replace('-', '\u2212');
    }

    /** {@code lower is better; negative favours MBT}. */
    static String direction(Study study, Outcome outcome) {
        String arm = study.arm(Role.TREATMENT).code().value();
        return outcome.direction() == Direction.LOWER_IS_BETTER
                ? "lower is better; negative favours " + arm
                : "higher is better; positive favours " + arm;
    }

    /** What a reader must know of the columns. */
    static List<String> notes(Study study, List<HeadlineRow> rows) {
        String treatment = study.arm(Role.TREATMENT).code().value();
        String control = study.arm(Role.CONTROL).code().value();
        Stream<String> always = Stream.of(
                "Everyone allocated, as allocated. Difference: " + treatment + " minus " + control + "."
                        + adjustment(study, rows),
                "g: Hedges' g, unadjusted. " + conduct(study.conduct()));
        boolean unadjusted = rows.stream()
                .map(HeadlineRow::difference)
                .filter(Objects::nonNull)
                .anyMatch(difference -> !difference.isAdjusted());
        return Stream.concat(always, unadjusted ? Stream.of(UNADJUSTED + " Unadjusted (Welch).") : Stream.empty())
                .toList();
    }

    private static String conduct(Conduct conduct) {
        return switch (conduct) {
            case COMPLETED -> "p is two-sided, not corrected for the number of comparisons; none at baseline.";
            case OBSERVATIONAL -> "Monitoring: p only at a declared look.";
            case ONGOING -> "The study is running: nothing by arm before a declared look.";
        };
    }

    private static String adjustment(Study study, List<HeadlineRow> rows) {
        return rows.stream()
                .map(HeadlineRow::difference)
                .filter(Objects::nonNull)
                .filter(Difference::isAdjusted)
                .map(Difference::variant)
                .findFirst()
                .map(variant ->
                        " Adjusted for baseline" + factors(study, variant) + ", and for site where there are several.")
                .orElse("");
    }

    private static String factors(Study study, String variant) {
        return study.comparisons().ancova().stream()
                .filter(model ->
                        model.variant().equals(variant) && !model.factors().isEmpty())
                .map(model -> ", " + String.join(", ", model.factors()))
                .findFirst()
                .orElse("");
    }

    /** A reason as a reader says it. */
    static String reason(@Nullable String reason) {
        return reason == null ? "" : reason.replace('_', ' ');
    }
}
