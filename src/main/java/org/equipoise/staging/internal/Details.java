package org.equipoise.staging.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What kind within a kind a row tells. */
final class Details {
    private Details() {}

    /** The word, several joined by plus; null if none is told. */
    static @Nullable String read(Optional<TermColumns> detail, RowReading row) {
        return detail.map(columns -> columns.read(row).words())
                .filter(words -> !words.isEmpty())
                .map(words -> String.join("+", words))
                .orElse(null);
    }
}
