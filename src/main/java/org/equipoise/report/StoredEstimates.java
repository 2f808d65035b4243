package org.equipoise.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.comparison.StoredEstimate;
import org.jspecify.annotations.Nullable;

/** The stored rows of one run, found by what they are about. */
final class StoredEstimates {

    /** What rows are about: an outcome at a time, at a site. */
    record About(String outcome, String when, String site) {}

    private record Key(About about, String arm, String method, String quantity) {}

    private final Map<Key, List<StoredEstimate>> rows = new HashMap<>();
    private final Map<About, StoredEstimate> reasons = new HashMap<>();

    StoredEstimates(List<StoredEstimate> estimates) {
        for (StoredEstimate row : estimates) {
            About about = new About(row.outcome(), row.when(), row.site());
            rows.computeIfAbsent(new Key(about, row.arm(), row.method(), row.quantity()), key -> new ArrayList<>())
                    .add(row);
            if (row.reason() != null && row.arm().isEmpty() && !row.method().equals(OthersSection.WEIGHTED)) {
                reasons.putIfAbsent(about, row);
            }
        }
    }

    /** Every row of a quantity, in no order; {@code arm} is empty for quantities of both. */
    Stream<StoredEstimate> all(About about, String arm, String method, String quantity) {
        return rows.getOrDefault(new Key(about, arm, method, quantity), List.of()).stream();
    }

    /** The row of a variant that is neither a point of a curve nor about a term or reason. */
    Optional<StoredEstimate> find(About about, String arm, String method, String variant, String quantity) {
        return all(about, arm, method, quantity)
                .filter(row -> row.variant().equals(variant) && row.at() == null)
                .findFirst();
    }

    /** The row that says why a question has no numbers at all. */
    Optional<StoredEstimate> withReason(About about) {
        return Optional.ofNullable(reasons.get(about));
    }

    /** Its number, if it has one. */
    @Nullable
    Double number(About about, String arm, String method, String variant, String quantity) {
        return find(about, arm, method, variant, quantity)
                .map(StoredEstimate::value)
                .orElse(null);
    }

    /** The points of a curve by month, those without a number left out. */
    List<StoredEstimate> curve(About about, String arm, String method, String quantity) {
        return all(about, arm, method, quantity)
                .filter(row -> row.at() != null && row.value() != null)
                .sorted(Comparator.comparingDouble(row -> Objects.requireNonNull(row.at())))
                .toList();
    }
}
