package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.staging.Finding;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.jspecify.annotations.Nullable;

/**
 * Lets the first findings of each kind and column through, and counts the rest: a column that is wrong in
 * every row is one thing to mend, not a million. For one file.
 */
public final class FindingTally {
    private static final int TOLD_SINGLY = 1000;

    private record Kind(FindingCode code, @Nullable String column) {}

    private static final class Tally {
        int seen;

        @Nullable
        Finding firstUntold;
    }

    private final Map<Kind, Tally> tallies = new LinkedHashMap<>();

    /** The findings to be told one by one. */
    public List<Finding> admit(List<Finding> findings) {
        List<Finding> admitted = new ArrayList<>(findings.size());
        for (Finding finding : findings) {
            Tally tally = tallies.computeIfAbsent(
                    new Kind(finding.code(), finding.place().column()), kind -> new Tally());
            if (tally.seen++ < TOLD_SINGLY) {
                admitted.add(finding);
            } else if (tally.firstUntold == null) {
                tally.firstUntold = finding;
            }
        }
        return admitted;
    }

    /** One finding a kind for all that were not told singly. */
    public List<Finding> summary() {
        List<Finding> summary = new ArrayList<>();
        for (Tally tally : tallies.values()) {
            Finding first = tally.firstUntold;
            if (first != null) {
                Place place = first.place();
                summary.add(new Finding(
                        first.code(),
                        new Place(place.file(), place.line(), place.column(), null, null, place.form(), place.field()),
                        first.expected(),
                        null,
                        tally.seen - TOLD_SINGLY,
                        null));
            }
        }
        return summary;
    }
}
