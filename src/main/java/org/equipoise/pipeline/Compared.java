package org.equipoise.pipeline;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.ComparisonStore.Difference;
import org.equipoise.comparison.ComparisonStore.Result;

/**
 * What was computed anew, or would be.
 *
 * @param result what came of it; in a dry run nothing of it is left
 * @param contentHash of the snapshot compared
 * @param participants in it
 * @param redacted whether somebody who withdrew consent was erased from it since it was published: results from before then
 *     cannot be found again
 * @param isCurrent whether these are the study's current results now, or would be
 * @param earlier the results that the differences are from; empty where the snapshot had none
 * @param frozen the name it is kept under, if it was compared by the definitions it was made with
 * @param differences by outcome and interval or period, all there are
 */
public record Compared(
        boolean dryRun,
        Result result,
        String contentHash,
        int participants,
        boolean redacted,
        boolean isCurrent,
        Optional<Result> earlier,
        Optional<Pinned> frozen,
        List<Difference> differences) {
    public Compared {
        differences = List.copyOf(differences);
    }
}
