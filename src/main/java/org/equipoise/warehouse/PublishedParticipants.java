package org.equipoise.warehouse;

import java.util.List;
import java.util.Map;
import org.equipoise.vocabulary.ParticipantKey;

/** What is published of single participants now. */
public interface PublishedParticipants {

    /** One outcome at one interval or over one period. */
    record Place(String outcome, String intervalOrPeriod) {}

    /**
     * A participant as published.
     *
     * @param values those there are, by place
     */
    record Published(String site, byte[] contentHash, Map<Place, Double> values) {}

    /** Those of these participants who are published, by key. */
    Map<ParticipantKey, Published> find(List<ParticipantKey> participants);
}
