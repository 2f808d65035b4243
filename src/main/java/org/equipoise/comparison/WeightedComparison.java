package org.equipoise.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Weighting;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.PropensityWeighting;
import org.equipoise.statistics.PropensityWeighting.Balance;
import org.equipoise.statistics.PropensityWeighting.Result;
import org.equipoise.statistics.PropensityWeighting.Target;

/**
 * The arms at sites that did not allocate at random, weighted by the propensity to be treated: the difference in means or
 * risks, the ratio of rates, or the difference in mean times without the event; its standard error with the propensity's own;
 * and how alike the arms were before and after.
 *
 * <p>The propensity depends on the confounders that the study names, on the baseline of a score or of the score that adjusts
 * a binary outcome, and on the site where there are several. Whoever lacks one of these, or the outcome, is not in it.
 */
final class WeightedComparison {
    static final String METHOD = "propensity_weighted";
    private static final String UNWEIGHTED = "unweighted";
    private static final Predicate<String> NUMBER =
            Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?").asMatchPredicate();

    /** What is compared: the name of the effect, and of what describes an arm. */
    private enum Measure {
        MEANS("diff", "mean"),
        RATES("rate_ratio", "rate"),
        TIMES("rmst_difference", "rmst");

        private final String effect;
        private final String ofArm;

        Measure(String effect, String ofArm) {
            this.effect = effect;
            this.ofArm = ofArm;
        }

        static Measure of(OutcomeType type) {
            return switch (type) {
                case COUNT -> RATES;
                case TIME_TO_EVENT -> TIMES;
                case CONTINUOUS, BINARY, DURATION, COST -> MEANS;
            };
        }

        /** Ratios are compared on their logarithm. */
        Numbers numbers(Estimate effect) {
            return Numbers.of(this == RATES ? effect.transformed(Math::exp) : effect);
        }
    }

    private final Study study;
    private final Weighting weighting;
    private final Question question;
    private final Sample sample;
    private final EstimateRows rows;
    private final Measure measure;
    private final boolean score;
    private final boolean takesBaseline;

    WeightedComparison(Study study, Question question, Sample sample, EstimateRows rows) {
        this.study = study;
        this.weighting = study.comparisons().unrandomised().orElseThrow();
        this.question = question;
        this.rows = rows;
        this.measure = Measure.of(question.outcome().type());
        this.score = question.outcome().type() == OutcomeType.CONTINUOUS;
        this.takesBaseline = question.outcome().baseline().isPresent();
        this.sample = score
                ? sample.complete(weighting.confounders())
                : new Sample(
                        sample.cases()
                                .complete(new Models.Model(METHOD, weighting.confounders(), takesBaseline))
                                .participants(),
                        sample.interval());
    }

    /** What the effect of an outcome of this type is called. */
    static String effect(OutcomeType type) {
        return Measure.of(type).effect;
    }

    static String variant(Weighting weighting) {
        return weighting.target().name().toLowerCase(Locale.ROOT);
    }

    void compare() {
        Target target = weighting.target() == Weighting.Target.OVERLAP ? Target.OVERLAP : Target.ALL;
        Design confounders = confounders();
        Group group = group(variant(weighting));
        Group unweighted = group(UNWEIGHTED);
        if (measure == Measure.TIMES) {
            List<Integer> horizons = SurvivalComparison.horizons(study, question);
            horizons.forEach(horizon -> {
                tell(group.at(horizon), times(confounders, target, horizon));
                tellUnweighted(unweighted.at(horizon), times(confounders, Target.UNWEIGHTED, horizon));
            });
            horizons.stream()
                    .findFirst()
                    .ifPresentOrElse(
                            horizon -> {
                                tellPeople(group, times(confounders, target, horizon));
                                balance(
                                        unweighted,
                                        times(confounders, Target.UNWEIGHTED, horizon)
                                                .balance());
                            },
                            () -> group.addReason(measure.effect, null, "no_horizon"));
        } else {
            Result weighted = result(confounders, target);
            Result plain = result(confounders, Target.UNWEIGHTED);
            tell(group, weighted);
            tellPeople(group, weighted);
            tellUnweighted(unweighted, plain);
            balance(unweighted, plain.balance());
        }
    }

    private Result result(Design confounders, Target target) {
        return measure == Measure.RATES
                ? PropensityWeighting.compareRates(
                        sample.values(), CountComparison.years(cases()), sample.treated(), confounders, target)
                : PropensityWeighting.compare(sample.values(), sample.treated(), confounders, target);
    }

    private Result times(Design confounders, Target target, int horizon) {
        return PropensityWeighting.compareTimes(
                SurvivalComparison.months(cases()), cases().events(), horizon, sample.treated(), confounders, target);
    }

    private void tell(Group group, Result weighted) {
        group.add(measure.effect, measure.numbers(weighted.weightsEstimated()));
        group.form("weights_known").add(measure.effect, measure.numbers(weighted.weightsKnown()));
        group.inArm(rows.treatment()).add(measure.ofArm, weighted.meanTreatment());
        group.inArm(rows.control()).add(measure.ofArm, weighted.meanControl());
    }

    private void tellPeople(Group group, Result weighted) {
        group.inArm(rows.treatment()).add("effective_n", weighted.effectiveTreatment());
        group.inArm(rows.control()).add("effective_n", weighted.effectiveControl());
        balance(group, weighted.balance());
    }

    private void tellUnweighted(Group group, Result plain) {
        group.add(measure.effect, measure.numbers(plain.weightsKnown()));
    }

    private static void balance(Group group, List<Balance> balance) {
        balance.forEach(
                one -> group.add("standardised_difference", one.column(), Numbers.of(one.standardizedDifference())));
    }

    private Cases cases() {
        return new Cases(sample.participants(), sample.interval());
    }

    private Group group(String variant) {
        return rows.group(
                METHOD, variant, cases().counts(), Map.of("confounders", String.join(" ", weighting.confounders())));
    }

    private Design confounders() {
        int people = sample.participants().size();
        Design design = Design.ofIntercept(people);
        for (String name : weighting.confounders()) {
            List<String> levels = sample.levels(name);
            design = people > 0 && levels.stream().allMatch(NUMBER)
                    ? design.withCovariate(
                            name,
                            levels.stream().mapToDouble(Double::parseDouble).toArray())
                    : design.withFactor(name, levels);
        }
        if (score) {
            design = design.withCovariate("baseline", sample.baselines());
        }
        if (takesBaseline) {
            design = design.withCovariate(
                    "baseline",
                    sample.participants().stream()
                            .mapToDouble(one -> Objects.requireNonNull(one.baseline()))
                            .toArray());
        }
        List<String> sites =
                sample.participants().stream().map(Participant::site).toList();
        return sites.stream().distinct().count() > 1 ? design.withFactor("site", sites) : design;
    }
}
