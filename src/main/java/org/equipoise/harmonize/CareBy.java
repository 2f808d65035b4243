package org.equipoise.harmonize;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.equipoise.harmonize.StagedParticipant.Sourced;
import org.equipoise.staging.CareEpisode;
import org.jspecify.annotations.Nullable;

/**
 * By whom, and in which group, most of a participant's care was given: most sessions, an episode without a number of
 * them counting as one; of equal ones the first by its code.
 */
public record CareBy(@Nullable String therapist, @Nullable String group) {

    static CareBy of(List<Sourced<CareEpisode>> care) {
        return new CareBy(most(care, CareEpisode::therapist), most(care, CareEpisode::group));
    }

    private static @Nullable String most(
            List<Sourced<CareEpisode>> care, Function<CareEpisode, @Nullable String> whose) {
        Map<String, Integer> sessions = new TreeMap<>();
        for (Sourced<CareEpisode> sourced : care) {
            String code = whose.apply(sourced.value());
            if (code != null) {
                Integer number = sourced.value().sessions();
                sessions.merge(code, number == null ? 1 : number, Integer::sum);
            }
        }
        return sessions.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
