package org.equipoise.report;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.comparison.HeadlineRow.ArmSummary;
import org.equipoise.comparison.HeadlineRow.Difference;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.jspecify.annotations.Nullable;

/** Numbers and notes as journals print them; the same on page and terminal, whatever the machine's language. */
final class Figures {
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
        return arm == null ? Numerals.NONE : Integer.toString(arm.n());
    }

    /** {@code 14.7 (10.1)}. */
    String mean(@Nullable ArmSummary arm) {
        if (arm == null || arm.mean() == null) {
            return Numerals.NONE;
        }
        return Numerals.number(arm.mean(), decimals) + " ("
                + (arm.standardDeviation() == null ? Numerals.NONE : Numerals.number(arm.standardDeviation(), decimals))
                + ")";
    }

    /** {@code −4.0 (−7.3 to −0.6)}, with a mark if it is not adjusted. */
    String difference(@Nullable Difference difference) {
        if (difference == null) {
            return Numerals.NONE;
        }
        return Numerals.interval(difference.value(), difference.low(), difference.high(), decimals)
                + Reading.mark(difference.method(), difference.main());
    }

    static String g(@Nullable Double g) {
        return Numerals.number(g, 2);
    }

    static String p(@Nullable Difference difference) {
        return Numerals.p(difference == null ? null : difference.p());
    }

    /** What a reader must know of the columns. */
    static List<String> notes(Study study, List<HeadlineRow> rows) {
        String treatment = study.arm(Role.TREATMENT).code().value();
        String control = study.arm(Role.CONTROL).code().value();
        Stream<String> always = Stream.of(
                "Everyone allocated, as allocated. Difference: " + treatment + " minus " + control + "."
                        + adjustment(study, rows),
                "g: Hedges' g, unadjusted. " + Wording.conduct(study.conduct()));
        boolean unadjusted = rows.stream()
                .map(HeadlineRow::difference)
                .filter(Objects::nonNull)
                .anyMatch(difference -> !difference.isAdjusted());
        boolean oneInterval = rows.stream()
                .map(HeadlineRow::difference)
                .filter(Objects::nonNull)
                .anyMatch(difference -> difference.isAdjusted() && !difference.main());
        return Stream.of(
                        always,
                        unadjusted ? Stream.of(Reading.UNADJUSTED + " Unadjusted (Welch).") : Stream.<String>empty(),
                        oneInterval ? Stream.of(Reading.ONE_INTERVAL_NOTE) : Stream.<String>empty())
                .flatMap(lines -> lines)
                .toList();
    }

    private static String adjustment(Study study, List<HeadlineRow> rows) {
        return rows.stream()
                .map(HeadlineRow::difference)
                .filter(Objects::nonNull)
                .filter(Difference::isAdjusted)
                .filter(Difference::main)
                .findFirst()
                .map(difference -> " By " + method(difference.method()) + ", adjusted for baseline"
                        + factors(study, difference.variant()) + ", and for site where there are several.")
                .orElse("");
    }

    /** An adjusting method in words. */
    static String method(String method) {
        return method.equals("ancova")
                ? "analysis of covariance"
                : "a mixed model for repeated measures over the whole follow-up";
    }

    static String factors(Study study, String variant) {
        Study.Comparisons comparisons = study.comparisons();
        return Stream.concat(
                        comparisons.repeated().models().stream()
                                .map(model -> Map.entry(model.variant(), model.factors())),
                        comparisons.ancova().stream().map(model -> Map.entry(model.variant(), model.factors())))
                .filter(model ->
                        model.getKey().equals(variant) && !model.getValue().isEmpty())
                .map(model -> ", " + String.join(", ", model.getValue()))
                .findFirst()
                .orElse("");
    }
}
