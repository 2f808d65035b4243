package org.equipoise.pipeline.internal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.equipoise.staging.Finding;
import org.equipoise.staging.StagingStore.EncodedBlock;
import org.jspecify.annotations.Nullable;

/** What the reading of a file hands to the writing, in order. */
sealed interface StagedItem {
    /**
     * The file opens; what was staged of it before goes.
     *
     * @param version which version of its export's mapping it is read with; null when none fits
     */
    record Begin(@Nullable String version, List<Finding> findings) implements StagedItem {}

    record Block(EncodedBlock block) implements StagedItem {}

    /**
     * The file was read to its end.
     *
     * @param asOf when the export was taken, if the file itself tells
     */
    record End(Optional<Instant> asOf) implements StagedItem {}

    /** The file cannot be used. */
    record Refused(List<Finding> findings) implements StagedItem {}
}
