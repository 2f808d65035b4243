package org.equipoise.pipeline;

import org.equipoise.comparison.ScaleLink;
import org.equipoise.definition.EstimatedCrosswalk;

/** Links two scales from participants who have both, in the current snapshot. */
public interface Linking {

    /**
     * Estimates the link. Writes nothing.
     *
     * @param from instrument/scale whose scores it takes
     * @param to instrument/scale whose scores it gives
     * @throws RunRefused if nothing is published, a scale is not known, or the link cannot be estimated
     */
    EstimatedCrosswalk link(String from, String to, ScaleLink.Options options);
}
