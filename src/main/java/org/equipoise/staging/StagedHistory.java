package org.equipoise.staging;

import java.util.ArrayList;
import java.util.List;

/** Events, spells, observed time and care, as read. Lists are in the order of the file and may be added to. */
public record StagedHistory(
        List<StagedEvent> events, List<StagedSpell> spells, List<ObservedSpan> observed, List<CareEpisode> care) {

    /** Nothing yet. */
    public StagedHistory() {
        this(new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0), new ArrayList<>(0));
    }
}
