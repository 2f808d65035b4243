package org.equipoise.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is kept under a name, and what it is computed again from.
 *
 * @param programVersion what compared it, or made it where it was not compared
 * @param runId whose results are kept with it; null where it was not compared by the definitions it was made with
 */
public record Pinned(
        String name,
        long snapshotId,
        String definitionHash,
        String programVersion,
        @Nullable Long runId) {}
