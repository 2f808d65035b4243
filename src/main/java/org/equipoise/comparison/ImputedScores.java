package org.equipoise.comparison;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.definition.Sensitivity;
import org.equipoise.definition.Study.Direction;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.Imputations;
import org.equipoise.statistics.LinearModel;
import org.equipoise.statistics.LinearModel.OnDesign;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.ReferenceBasedImputation;
import org.equipoise.statistics.ReferenceBasedImputation.Strategy;
import org.equipoise.statistics.RubinPooling;
import org.equipoise.statistics.TippingPoint;
import org.equipoise.statistics.TippingPoint.Shifted;

/**
 * How the difference in a score at an interval changes if missing values are not what the seen ones tell: treated people
 * go on like the control arm once they are no longer seen (jump to reference), or filled-in values are so many points
 * worse (tipping point). Each filled-in table is analysed by value ~ arm + baseline, and site where there are several;
 * pooled by Rubin's rules.
 *
 * <p>Both rest on the same draws: whoever is missing at the interval and seen again later has not left, and is filled in
 * like their own arm under either assumption.
 */
final class ImputedScores {
    static final String JUMP_TO_REFERENCE = "jump_to_reference";
    static final String TIPPING_POINT = "tipping_point";
    private static final String CONTRAST = "contrast";
    private static final String VALUE = "value";

    private final Question question;
    private final IncompleteFollowUp people;
    private final Sensitivity sensitivity;
    private final EstimateRows rows;

    ImputedScores(Question question, IncompleteFollowUp people, Sensitivity sensitivity, EstimateRows rows) {
        this.question = question;
        this.people = people;
        this.sensitivity = sensitivity;
        this.rows = rows;
    }

    void compare() {
        Group jump = group(JUMP_TO_REFERENCE, VALUE);
        if (!people.hasBothArms()) {
            jump.addReason(CONTRAST, null, "empty_arm");
            return;
        }
        jump.inArm(rows.treatment()).add("imputed", people.missing(true));
        jump.inArm(rows.control()).add("imputed", people.missing(false));
        Map<Strategy, Imputations> imputed = impute();
        Imputations likeTheirArm = Objects.requireNonNull(imputed.get(Strategy.MISSING_AT_RANDOM));
        likeTheirArm.failure().ifPresentOrElse(reason -> refuse(jump, reason), () -> {
            OnDesign model = LinearModel.withDefaults()
                    .on(people.design()
                            .withCovariate(
                                    RepeatedSample.BASELINE, people.sample().baselineValues()));
            jump.add(
                    CONTRAST,
                    Numbers.of(jumped(
                            model, Objects.requireNonNull(imputed.get(Strategy.JUMP_TO_REFERENCE)), likeTheirArm)));
            Stream.of(Shifted.values()).forEach(shifted -> shift(model, shifted, likeTheirArm));
        });
    }

    private Group group(String method, String variant) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "model", "value ~ arm + baseline" + (people.hasSites() ? " + site" : ""),
                "imputations", Integer.toString(sensitivity.imputations()),
                "imputed_by", "multivariate_normal_within_arms",
                "intervals", String.join(" ", people.sample().intervals()),
                "seed", Long.toString(rows.seed())));
        return rows.group(method, variant, people.counts(), options);
    }

    private static String variant(Shifted shifted) {
        return VALUE + ':' + shifted.name().toLowerCase(Locale.ROOT);
    }

    private void refuse(Group jump, NotEstimable reason) {
        jump.addReason(CONTRAST, null, EstimateRows.code(reason));
        if (!sensitivity.shifts().isEmpty()) {
            Stream.of(Shifted.values())
                    .forEach(shifted ->
                            group(TIPPING_POINT, variant(shifted)).addReason("shift", null, EstimateRows.code(reason)));
        }
    }

    private Map<Strategy, Imputations> impute() {
        return ReferenceBasedImputation.withSeed(rows.seed())
                .withImputations(sensitivity.imputations())
                .imputeUnderAll(people.table(), people.sample().treated());
    }

    private Estimate jumped(OnDesign model, Imputations jumped, Imputations likeTheirArm) {
        boolean[] back = people.comeBack();
        return RubinPooling.of(IntStream.range(0, jumped.number())
                        .mapToObj(table -> {
                            double[] values = jumped.table(table).column(people.column());
                            double[] own = likeTheirArm.table(table).column(people.column());
                            for (int i = 0; i < values.length; i++) {
                                values[i] = back[i] ? own[i] : values[i];
                            }
                            return model.fit(values).treatment();
                        })
                        .toList())
                .pooled();
    }

    /** Filled-in values so many points worse, and how many it takes until p is on the other side of 0.05. */
    private void shift(OnDesign model, Shifted shifted, Imputations likeTheirArm) {
        if (sensitivity.shifts().isEmpty()) {
            return;
        }
        Group group = group(TIPPING_POINT, variant(shifted));
        double worse = question.outcome().direction() == Direction.LOWER_IS_BETTER ? 1 : -1;
        List<Double> shifts = new ArrayList<>(List.of(0.0));
        sensitivity.shifts().forEach(shift -> shifts.add(worse * shift));
        TippingPoint.Result found = TippingPoint.withDefaults()
                .with(shifted)
                .find(
                        likeTheirArm,
                        people.column(),
                        people.sample().treated(),
                        (table, values) -> model.fit(values).treatment(),
                        shifts.stream().mapToDouble(Double::doubleValue).toArray());
        found.steps().forEach(step -> group.add(CONTRAST, points(step.delta()), Numbers.of(step.pooled())));
        if (rows.isMonitoring()) {
            group.addReason("shift", null, EstimateRows.WITHHELD);
        } else {
            group.add("shift", found.delta());
        }
    }

    private static String points(double shift) {
        return BigDecimal.valueOf(shift).stripTrailingZeros().toPlainString();
    }
}
