package org.equipoise.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Who was at risk, who had which event, who was censored, at each distinct time. */
final class RiskTable {

    /**
     * One distinct time.
     *
     * @param time the time
     * @param atRisk people with this or a later time
     * @param events people with the event of interest at this time
     * @param competing people with another event at this time
     * @param censored people whose follow-up ends here without any event
     */
    record Row(double time, int atRisk, int events, int competing, int censored) {

        int anyEvent() {
            return events + competing;
        }
    }

    private RiskTable() {}

    /** Times in order, from 0 = censored, 1 = event of interest, 2 = competing event. */
    static List<Row> of(double[] time, int[] event) {
        List<Integer> order = IntStream.range(0, time.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> time[i]))
                .toList();
        List<Row> rows = new ArrayList<>();
        int i = 0;
        while (i < order.size()) {
            double now = time[order.get(i)];
            int[] counts = new int[3];
            int from = i;
            while (i < order.size() && time[order.get(i)] == now) {
                counts[event[order.get(i)]]++;
                i++;
            }
            rows.add(new Row(now, order.size() - from, counts[1], counts[2], counts[0]));
        }
        return rows;
    }

    static List<Row> of(double[] time, boolean[] event) {
        return of(time, codes(event));
    }

    static int[] codes(boolean[] event) {
        int[] codes = new int[event.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = event[i] ? 1 : 0;
        }
        return codes;
    }

    /** People with this or a later time. */
    static int atRisk(List<Row> rows, double time) {
        return rows.stream()
                .filter(row -> row.time() >= time)
                .findFirst()
                .map(Row::atRisk)
                .orElse(0);
    }
}
