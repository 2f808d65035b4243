package org.equipoise.warehouse;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/** Snapshots that have a name and stay, with what they are computed again from. */
public interface FrozenSnapshots {

    /**
     * A snapshot under a name.
     *
     * @param definitionHash what it was made and compared by
     * @param programVersion what compared it, or made it where it was not compared
     * @param runId whose results are kept with it; null where it was not compared by its own definitions
     */
    record Frozen(
            String name,
            StudyCode study,
            long snapshotId,
            String definitionHash,
            String programVersion,
            @Nullable Long runId) {}

    Optional<Frozen> find(String name);

    /** The first name of a snapshot, if it has one. */
    Optional<Frozen> findOf(long snapshot);

    /** All of a study, by time. */
    List<Frozen> all(StudyCode study);

    /** Gives a snapshot a name that is not in use. The caller holds the transaction. */
    void add(Frozen frozen);

    /** The text of the definitions with this hash, by kind and code. */
    SortedMap<String, String> definitions(String hash);
}
