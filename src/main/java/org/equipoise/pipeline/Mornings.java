package org.equipoise.pipeline;

/** Morning summaries: what a night changed, and nothing else. */
public interface Mornings {

    /** Writes the summary of a night that ended well, and remembers how things stand. */
    Morning tell(NightSummary night);
}
