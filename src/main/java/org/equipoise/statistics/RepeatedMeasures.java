package org.equipoise.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The outcomes of a follow-up: at most one value for each participant and interval.
 *
 * <p>Shapes: row i says that participant {@code participant[i]} scored {@code value[i]} at interval {@code interval[i]};
 * rows come in any order, none of the arrays is kept or modified. Units: months for the intervals, points of the scale
 * for the values. Missing values: a participant simply has no row at that interval; participants without any row are
 * allowed and do not count.
 */
public final class RepeatedMeasures {

    /** A participant's attendance is kept as bits of one number. */
    private static final int MOST_INTERVALS = 62;

    private final List<String> intervals;
    private final double[] months;
    /** Where each participant's rows begin; one more entry for the end. */
    private final int[] first;

    private final int[] interval;
    private final double[] value;

    private RepeatedMeasures(List<String> intervals, double[] months, int[] first, int[] interval, double[] value) {
        this.intervals = List.copyOf(intervals);
        this.months = months;
        this.first = first;
        this.interval = interval;
        this.value = value;
    }

    /**
     * Puts the rows in order.
     *
     * @param intervals the intervals' names, in order of time
     * @param months when each interval is due, increasing
     * @param participants how many participants there are; they are numbered from 0
     * @param participant whose value each row is
     * @param interval at which interval, as a position in {@code intervals}
     * @param value the score, finite
     * @throws IllegalArgumentException if lengths differ, there are more than 62 intervals, or months do not increase
     * @throws IllegalArgumentException if a value is not finite, or a participant or interval does not exist; the message
     *     names the array and index
     * @throws IllegalArgumentException if a participant has two values at one interval; the message names the index
     */
    public static RepeatedMeasures of(
            List<String> intervals,
            double[] months,
            int participants,
            int[] participant,
            int[] interval,
            double[] value) {
        Checks.sameLength("intervals", intervals.size(), "months", months.length);
        Checks.sameLength("participant", participant.length, "value", value.length);
        Checks.sameLength("interval", interval.length, "value", value.length);
        Checks.finite("months", months);
        Checks.finite("value", value);
        checkIntervals(months);
        checkPositions("participant", participant, participants);
        checkPositions("interval", interval, months.length);
        int[] first = new int[participants + 1];
        for (int who : participant) {
            first[who + 1]++;
        }
        for (int i = 0; i < participants; i++) {
            first[i + 1] += first[i];
        }
        return new RepeatedMeasures(intervals, months.clone(), first, new int[value.length], new double[value.length])
                .filled(participant, interval, value);
    }

    private static void checkIntervals(double[] months) {
        if (months.length > MOST_INTERVALS) {
            throw new IllegalArgumentException("more than " + MOST_INTERVALS + " intervals");
        }
        for (int i = 1; i < months.length; i++) {
            if (!(months[i] > months[i - 1])) {
                throw new IllegalArgumentException("months[" + i + "] does not come after the one before");
            }
        }
    }

    private static void checkPositions(String name, int[] positions, int size) {
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] < 0 || positions[i] >= size) {
                throw new IllegalArgumentException(name + "[" + i + "] lies outside 0 to " + (size - 1));
            }
        }
    }

    /** Counting sort by participant, then insertion by interval: participants have few rows. */
    private RepeatedMeasures filled(int[] participant, int[] intervals, double[] values) {
        int[] used = new int[participants()];
        for (int row = 0; row < values.length; row++) {
            int who = participant[row];
            int slot = first[who] + used[who]++;
            while (slot > first[who] && interval[slot - 1] >= intervals[row]) {
                if (interval[slot - 1] == intervals[row]) {
                    throw new IllegalArgumentException(
                            "participant[" + row + "] already has a value at interval[" + row + "]");
                }
                interval[slot] = interval[slot - 1];
                value[slot] = value[slot - 1];
                slot--;
            }
            interval[slot] = intervals[row];
            value[slot] = values[row];
        }
        return this;
    }

    /** The same without the rows of other intervals; those chosen keep their order. */
    public RepeatedMeasures only(List<String> chosen) {
        int[] position = new int[intervals.size()];
        Arrays.fill(position, -1);
        List<String> kept = intervals.stream().filter(chosen::contains).toList();
        double[] keptMonths = new double[kept.size()];
        for (int k = 0; k < keptMonths.length; k++) {
            int old = intervals.indexOf(kept.get(k));
            position[old] = k;
            keptMonths[k] = months[old];
        }
        int[] participant = new int[value.length];
        int[] where = new int[value.length];
        double[] what = new double[value.length];
        int rows = 0;
        for (int who = 0; who < participants(); who++) {
            for (int row = first[who]; row < first[who + 1]; row++) {
                if (position[interval[row]] >= 0) {
                    participant[rows] = who;
                    where[rows] = position[interval[row]];
                    what[rows++] = value[row];
                }
            }
        }
        return of(
                kept,
                keptMonths,
                participants(),
                Arrays.copyOf(participant, rows),
                Arrays.copyOf(where, rows),
                Arrays.copyOf(what, rows));
    }

    /** The names of the intervals. */
    public List<String> intervals() {
        return intervals;
    }

    double[] months() {
        return months.clone();
    }

    int participants() {
        return first.length - 1;
    }

    /** Number of values. */
    public int observations() {
        return value.length;
    }

    /** Participants with at least one value. */
    public int observedParticipants() {
        int count = 0;
        for (int i = 0; i < participants(); i++) {
            count += first[i + 1] > first[i] ? 1 : 0;
        }
        return count;
    }

    int firstRow(int participant) {
        return first[participant];
    }

    int rows(int participant) {
        return first[participant + 1] - first[participant];
    }

    int interval(int row) {
        return interval[row];
    }

    double value(int row) {
        return value[row];
    }

    /** The intervals a participant attended, as bits. */
    long attended(int participant) {
        long bits = 0;
        for (int row = first[participant]; row < first[participant + 1]; row++) {
            bits |= 1L << interval[row];
        }
        return bits;
    }

    /** How many of some participants attended each pair of intervals; attendance of one on the diagonal. */
    int[][] shared(IntPredicate some) {
        int m = months.length;
        int[][] shared = new int[m][m];
        for (int who = 0; who < participants(); who++) {
            for (int i = first[who]; i < first[who + 1] && some.test(who); i++) {
                for (int j = first[who]; j < first[who + 1]; j++) {
                    shared[interval[i]][interval[j]]++;
                }
            }
        }
        return shared;
    }
}
