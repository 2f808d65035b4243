package org.equipoise.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The mean time without the event up to a horizon of one arm whose people have weights, and how it changes with each.
 *
 * <p>Formula: area to tau under the weighted Kaplan-Meier curve, S = product of 1 - d/Y with d and Y sums of weights. With
 * A(t) the area from t to tau, the derivative by the weight of person i is -sum over event times t up to their own time of
 * A(t) (1[i has the event at t] - d/Y)/(Y - d), exact for the product limit.
 *
 * @param mean the area
 * @param slopes its derivative by each weight
 */
record WeightedRestrictedMean(Quantity mean, double[] slopes) {

    /**
     * Follows one arm.
     *
     * @param weights above zero
     */
    static WeightedRestrictedMean of(double[] time, boolean[] event, double[] weights, double horizon) {
        if (time.length == 0) {
            return notEstimable(NotEstimable.EMPTY_ARM);
        }
        int[] order = IntStream.range(0, time.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> time[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] days = Arrays.stream(order)
                .filter(i -> event[i] && time[i] <= horizon)
                .mapToDouble(i -> time[i])
                .distinct()
                .toArray();
        double[] atRisk = new double[days.length];
        double[] events = new double[days.length];
        for (int k = 0; k < days.length; k++) {
            double day = days[k];
            atRisk[k] = Sums.of(time.length, i -> time[i] >= day ? weights[i] : 0);
            events[k] = Sums.of(time.length, i -> time[i] == day && event[i] ? weights[i] : 0);
        }
        boolean everyone = days.length > 0 && events[days.length - 1] == atRisk[days.length - 1];
        if (time[order[order.length - 1]] < horizon && !everyone) {
            return notEstimable(NotEstimable.BEYOND_FOLLOW_UP);
        }
        double[] survival = survival(atRisk, events);
        double[] beyond = new double[days.length];
        double area = 0;
        for (int k = days.length - 1; k >= 0; k--) {
            area += survival[k] * ((k + 1 < days.length ? days[k + 1] : horizon) - days[k]);
            beyond[k] = area;
        }
        double mean = area + (days.length > 0 ? days[0] : horizon);
        double[] slopes = new double[time.length];
        for (int i = 0; i < slopes.length; i++) {
            for (int k = 0; k < days.length && days[k] <= time[i]; k++) {
                double own = (event[i] && time[i] == days[k] ? 1 : 0) - events[k] / atRisk[k];
                slopes[i] -= survival[k] == 0 ? 0 : beyond[k] * own / (atRisk[k] - events[k]);
            }
        }
        return new WeightedRestrictedMean(Quantity.of(mean), slopes);
    }

    private static WeightedRestrictedMean notEstimable(NotEstimable reason) {
        return new WeightedRestrictedMean(Quantity.notEstimable(reason), new double[0]);
    }

    private static double[] survival(double[] atRisk, double[] events) {
        double[] survival = new double[atRisk.length];
        double left = 1;
        for (int k = 0; k < survival.length; k++) {
            left *= events[k] == atRisk[k] ? 0 : 1 - events[k] / atRisk[k];
            survival[k] = left;
        }
        return survival;
    }
}
