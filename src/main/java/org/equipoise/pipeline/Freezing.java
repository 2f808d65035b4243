package org.equipoise.pipeline;

import org.jspecify.annotations.Nullable;

/** Gives a snapshot a name and keeps it, with the definitions, results and program version it is computed again from. */
public interface Freezing {

    /**
     * Freezes a snapshot.
     *
     * @param snapshot its number; null for the latest
     * @throws RunRefused if the name is in use or no name, or there is no such snapshot, or its definitions cannot be read
     *     any more
     */
    Pinned freeze(String name, @Nullable Long snapshot);
}
