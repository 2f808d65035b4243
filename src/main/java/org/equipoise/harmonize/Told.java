package org.equipoise.harmonize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Records in an order that depends on nothing but what they say. */
final class Told {
    private Told() {}

    private record Keyed<T>(String key, T record) {}

    /**
     * Orders records.
     *
     * @param key what a record says, as one text; asked once a record
     */
    static <T> List<T> inOrder(List<T> records, Function<? super T, String> key) {
        if (records.size() < 2) {
            return List.copyOf(records);
        }
        List<Keyed<T>> keyed = new ArrayList<>(records.size());
        records.forEach(record -> keyed.add(new Keyed<>(key.apply(record), record)));
        keyed.sort(Comparator.comparing(Keyed::key));
        return keyed.stream().map(Keyed::record).toList();
    }
}
