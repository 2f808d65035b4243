package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.pipeline.Morning.FindingChange;
import org.equipoise.pipeline.Morning.Moved;
import org.equipoise.pipeline.MorningState;
import org.equipoise.pipeline.MorningState.Estimated;
import org.equipoise.pipeline.MorningText;
import org.equipoise.report.Headline;
import org.equipoise.vocabulary.FindingCode;

/** Tells two standings apart. */
final class MorningDifference {
    private static final Map<String, FindingCode> CODES =
            Stream.of(FindingCode.values()).collect(Collectors.toMap(FindingCode::code, Function.identity()));

    private MorningDifference() {}

    /** Findings by site and code, where a site has new or mended ones. */
    static List<FindingChange> findings(MorningState before, MorningState now) {
        List<FindingChange> changes = new ArrayList<>();
        for (String site : union(before.findings(), now.findings())) {
            Map<String, Map<String, Integer>> earlier = before.findings().getOrDefault(site, Map.of());
            Map<String, Map<String, Integer>> later = now.findings().getOrDefault(site, Map.of());
            List<FindingChange> ofSite = union(earlier, later).stream()
                    .map(code -> change(
                            site, code, earlier.getOrDefault(code, Map.of()), later.getOrDefault(code, Map.of())))
                    .toList();
            if (ofSite.stream().anyMatch(change -> change.fresh() + change.mended() > 0)) {
                changes.addAll(ofSite);
            }
        }
        return changes;
    }

    private static FindingChange change(
            String site, String code, Map<String, Integer> earlier, Map<String, Integer> later) {
        int fresh = 0;
        int mended = 0;
        int persisting = 0;
        for (String place : union(earlier, later)) {
            int was = earlier.getOrDefault(place, 0);
            int is = later.getOrDefault(place, 0);
            fresh += Math.max(0, is - was);
            mended += Math.max(0, was - is);
            persisting += Math.min(was, is);
        }
        FindingCode known = CODES.get(code);
        return new FindingChange(site, code, known == null ? "" : known.message(), fresh, mended, persisting);
    }

    /** Main results whose printed numbers changed, in the order of the report; those no longer asked for last. */
    static List<Moved> moved(MorningState before, MorningState now, List<Headline.Effect> headline) {
        List<Moved> moved = new ArrayList<>();
        for (Headline.Effect row : headline) {
            String key = key(row);
            Estimated was = before.estimates().get(key);
            Estimated is = now.estimates().get(key);
            if (!Objects.equals(MorningText.printed(was), MorningText.printed(is))) {
                moved.add(new Moved(row.name(), row.whenName(), was, is));
            }
        }
        return moved;
    }

    static String key(Headline.Effect row) {
        return row.outcome() + "/" + row.when();
    }

    private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
        Set<String> keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }
}
