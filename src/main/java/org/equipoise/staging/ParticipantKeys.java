package org.equipoise.staging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.equipoise.vocabulary.ParticipantKey;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;

/** Keys of the participants of one file, each computed once. For any number of threads. */
public final class ParticipantKeys {
    private final ParticipantKey.Maker maker;
    private final Map<String, ParticipantKey> known = new ConcurrentHashMap<>();

    public ParticipantKeys(byte[] secret, StudyCode study, SiteCode site) {
        maker = new ParticipantKey.Maker(secret, study, site);
    }

    /** The key of the participant with this record id. */
    public ParticipantKey of(String recordId) {
        ParticipantKey key = known.get(recordId);
        return key != null ? key : known.computeIfAbsent(recordId, this::make);
    }

    private ParticipantKey make(String recordId) {
        synchronized (maker) {
            return maker.of(recordId);
        }
    }
}
