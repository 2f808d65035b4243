package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.Limits;
import org.jspecify.annotations.Nullable;

/**
 * Who shares a therapy group, or a therapist where there is no group; whoever has neither is a cluster of their own.
 *
 * @param shared how many groups and therapists there are
 * @param names the cluster of each person
 */
record Clusters(int shared, List<String> names) {
    /** What the rows say of them. */
    static final Map<String, String> OPTIONS = Map.of("clusters", "therapy group or therapist");

    private static final int ENOUGH = 10;
    private static final double ASSUMED_CORRELATION = 0.05;

    Clusters {
        names = List.copyOf(names);
    }

    /**
     * Names everybody's cluster.
     *
     * @param known null where a person has neither group nor therapist
     */
    static Clusters of(List<@Nullable String> known) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
            String cluster = known.get(i);
            names.add(cluster == null ? "person " + i : "cluster " + cluster);
        }
        return new Clusters(
                (int) known.stream().filter(Objects::nonNull).distinct().count(), names);
    }

    /** Whether their own estimate of a standard error says little. */
    boolean areFew() {
        return shared < ENOUGH;
    }

    /**
     * An estimate with its standard error times the root of the design effect 1 + (m - 1) 0.05, m the mean size of the
     * cluster a person is in.
     */
    Numbers inflated(Estimate plain) {
        Map<String, Integer> sizes = new HashMap<>();
        names.forEach(name -> sizes.merge(name, 1, Integer::sum));
        double squares = 0;
        for (int size : sizes.values()) {
            squares += (double) size * size;
        }
        double factor = Math.sqrt(1 + (squares / names.size() - 1) * ASSUMED_CORRELATION);
        double value = plain.value().isEstimable() ? plain.value().value() : 0;
        return Numbers.of(plain.value())
                .withStandardError(plain.standardError().map(error -> error * factor))
                .withLimits(new Limits(
                        plain.lower().map(limit -> value + (limit - value) * factor),
                        plain.upper().map(limit -> value + (limit - value) * factor)));
    }
}
