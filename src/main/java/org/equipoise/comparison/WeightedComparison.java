package org.equipoise.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.equipoise.comparison.AnalysisSet.Participant;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Weighting;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.PropensityWeighting;
import org.equipoise.statistics.PropensityWeighting.Balance;
import org.equipoise.statistics.PropensityWeighting.Result;
import org.equipoise.statistics.PropensityWeighting.Target;

/**
 * The arms at sites that did not allocate at random, weighted by the propensity to be treated: the difference in means or
 * risks, its standard error with the propensity's own, and how alike the arms were before and after.
 *
 * <p>The propensity depends on the confounders that the study names, on the baseline of a score, and on the site where there
 * are several. Whoever lacks one of these, or the outcome, is not in it.
 */
final class WeightedComparison {
    static final String METHOD = "propensity_weighted";
    static final String DIFFERENCE = "diff";
    private static final String UNWEIGHTED = "unweighted";
    private static final Predicate<String> NUMBER =
            Pattern.compile("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?").asMatchPredicate();

    private final Weighting weighting;
    private final Sample sample;
    private final EstimateRows rows;
    private final boolean score;

    WeightedComparison(Weighting weighting, Question question, Sample sample, EstimateRows rows) {
        this.weighting = weighting;
        this.rows = rows;
        this.score = question.outcome().type() == OutcomeType.CONTINUOUS;
        this.sample = score
                ? sample.complete(weighting.confounders())
                : new Sample(sample.cases().complete(weighting.confounders()).participants(), sample.interval());
    }

    /** Whether a difference in means or risks says what there is to say of outcomes of this type. */
    static boolean fits(OutcomeType type) {
        return type != OutcomeType.COUNT && type != OutcomeType.TIME_TO_EVENT;
    }

    static String variant(Weighting weighting) {
        return weighting.target().name().toLowerCase(Locale.ROOT);
    }

    void compare() {
        Target target = weighting.target() == Weighting.Target.OVERLAP ? Target.OVERLAP : Target.ALL;
        Design confounders = confounders();
        Result weighted = PropensityWeighting.compare(sample.values(), sample.treated(), confounders, target);
        Result plain = PropensityWeighting.compare(sample.values(), sample.treated(), confounders, Target.UNWEIGHTED);
        Group group = group(variant(weighting));
        group.add(DIFFERENCE, Numbers.of(weighted.weightsEstimated()));
        group.form("weights_known").add(DIFFERENCE, Numbers.of(weighted.weightsKnown()));
        group.inArm(rows.treatment()).add("mean", weighted.meanTreatment());
        group.inArm(rows.control()).add("mean", weighted.meanControl());
        group.inArm(rows.treatment()).add("effective_n", weighted.effectiveTreatment());
        group.inArm(rows.control()).add("effective_n", weighted.effectiveControl());
        balance(group, weighted.balance());
        group(UNWEIGHTED).add(DIFFERENCE, Numbers.of(plain.weightsKnown()));
        balance(group(UNWEIGHTED), plain.balance());
    }

    private static void balance(Group group, List<Balance> balance) {
        balance.forEach(
                one -> group.add("standardised_difference", one.column(), Numbers.of(one.standardizedDifference())));
    }

    private Group group(String variant) {
        return rows.group(
                METHOD,
                variant,
                new Cases(sample.participants(), sample.interval()).counts(),
                Map.of("confounders", String.join(" ", weighting.confounders())));
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
        List<String> sites =
                sample.participants().stream().map(Participant::site).toList();
        return sites.stream().distinct().count() > 1 ? design.withFactor("site", sites) : design;
    }
}
