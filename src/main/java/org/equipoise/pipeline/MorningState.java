package org.equipoise.pipeline;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How things stand after a night, as far as a morning summary compares them. Holds no value and no id of a
 * participant: what a finding is about is a keyed hash.
 *
 * @param participants in the snapshot
 * @param submissions status by submission number
 * @param findings by site, code and keyed hash of the place: how often it was found. The place is record, event, form,
 *     field and column, not the line, so that a finding is the same in the next export
 * @param estimates the main differences, by {@code outcome/interval}
 */
public record MorningState(
        int participants,
        Map<Long, String> submissions,
        Map<String, Map<String, Map<String, Integer>>> findings,
        Map<String, Estimated> estimates) {

    /** Before the first night. */
    public static final MorningState NOTHING = new MorningState(0, Map.of(), Map.of(), Map.of());

    /** A difference with its interval. */
    public record Estimated(
            double value, @Nullable Double low, @Nullable Double high) {}
}
