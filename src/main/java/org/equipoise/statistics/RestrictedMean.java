package org.equipoise.statistics;

import java.util.List;

/**
 * Mean time without the event up to a horizon, and the difference between arms (restricted mean survival time).
 *
 * <p>Formula: area under the Kaplan-Meier curve from 0 to tau; variance sum over event times up to tau of A(t)^2
 * d/(Y(Y - d)), A(t) = area from t to tau. Difference treatment minus control, variances added, normal interval.
 *
 * <p>Units: those of the times. Missing values: left out by the caller.
 *
 * <p>Special cases: an empty arm: {@link NotEstimable#EMPTY_ARM}; an arm whose last time lies before the horizon while
 * some are still event-free: {@link NotEstimable#BEYOND_FOLLOW_UP}, since the curve is not known there; no event in
 * either arm before the horizon: {@link NotEstimable#ZERO_VARIANCE}.
 *
 * <p>Agrees with R 4.2, survival 3.5 {@code summary(survfit(...), rmean = tau)}, relative 1e-8.
 *
 * <p>Reference: Royston and Parmar (2013), BMC Medical Research Methodology 13, 152, doi:10.1186/1471-2288-13-152.
 *
 * @param treatment mean of the treatment arm
 * @param control mean of the control arm
 * @param difference treatment minus control
 * @param ratio treatment over control
 */
public record RestrictedMean(Estimate treatment, Estimate control, Estimate difference, Quantity ratio) {

    /** Area and variance of one arm. */
    private record Area(double mean, double variance) {}

    /**
     * Compares two arms up to a horizon, with 95 % intervals.
     *
     * @param timeTreatment times of the treatment arm, finite and not negative
     * @param eventTreatment whether they ended with the event
     * @param timeControl times of the control arm
     * @param eventControl whether they ended with the event
     * @param horizon tau, above zero
     * @throws IllegalArgumentException if the lengths of an arm differ
     * @throws IllegalArgumentException if a time is negative or not finite, or the horizon not above zero
     */
    public static RestrictedMean of(
            double[] timeTreatment,
            boolean[] eventTreatment,
            double[] timeControl,
            boolean[] eventControl,
            double horizon) {
        Checks.positive("horizon", new double[] {horizon});
        Estimate treatment = mean(KaplanMeier.of(timeTreatment, eventTreatment), horizon);
        Estimate control = mean(KaplanMeier.of(timeControl, eventControl), horizon);
        return new RestrictedMean(treatment, control, difference(treatment, control), ratio(treatment, control));
    }

    /** One arm's mean up to a horizon. */
    public static Estimate mean(KaplanMeier curve, double horizon) {
        List<KaplanMeier.Point> steps = curve.steps();
        if (steps.isEmpty()) {
            return Estimate.notEstimable(NotEstimable.EMPTY_ARM);
        }
        KaplanMeier.Point last = steps.get(steps.size() - 1);
        if (last.time() < horizon && last.survival().value() > 0) {
            return Estimate.notEstimable(NotEstimable.BEYOND_FOLLOW_UP);
        }
        Area area = area(steps, horizon);
        return area.variance() > 0
                ? Estimate.normal(area.mean(), Math.sqrt(area.variance()), Distributions.DEFAULT_CONFIDENCE)
                : withoutSpread(area.mean());
    }

    /** Everyone event-free up to the horizon: the mean is the horizon, its estimated error zero. */
    private static Estimate withoutSpread(double mean) {
        Quantity none = Quantity.notEstimable(NotEstimable.ZERO_VARIANCE);
        return new Estimate(Quantity.of(mean), Quantity.of(0), none, none, none, none, none);
    }

    /** From the horizon backwards, so that the area beyond each event time is at hand. */
    private static Area area(List<KaplanMeier.Point> steps, double horizon) {
        double beyond = 0;
        double variance = 0;
        double end = horizon;
        for (int k = steps.size() - 1; k >= 0; k--) {
            KaplanMeier.Point step = steps.get(k);
            if (step.time() > horizon) {
                continue;
            }
            beyond += step.survival().value() * (end - step.time());
            end = step.time();
            double left = step.atRisk() - step.events();
            variance += left == 0 ? 0 : beyond * beyond * step.events() / (step.atRisk() * left);
        }
        return new Area(beyond + end, variance);
    }

    private static Estimate difference(Estimate treatment, Estimate control) {
        if (!treatment.value().isEstimable() || !control.value().isEstimable()) {
            return treatment.value().isEstimable() ? withoutValue(control) : withoutValue(treatment);
        }
        double difference = treatment.value().value() - control.value().value();
        double error = Math.hypot(
                treatment.standardError().value(), control.standardError().value());
        return error > 0
                ? Estimate.normal(difference, error, Distributions.DEFAULT_CONFIDENCE)
                : Estimate.valueOnly(difference, NotEstimable.ZERO_VARIANCE);
    }

    private static Estimate withoutValue(Estimate arm) {
        return Estimate.notEstimable(arm.value().reason().orElseThrow());
    }

    private static Quantity ratio(Estimate treatment, Estimate control) {
        return treatment.value().isEstimable()
                ? control.value().map(mean -> treatment.value().value() / mean)
                : treatment.value();
    }
}
