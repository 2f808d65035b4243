package org.equipoise.definition;

import org.equipoise.vocabulary.ArmCode;
import org.equipoise.vocabulary.OutcomeCode;

/**
 * Something about a site that its effect may change with: an outcome of one arm there, such as how many sessions the
 * control arm had. A count is taken per year in which it would have been known, anything else as the mean.
 *
 * @param code the name its results carry
 * @param at code of the interval or period
 * @param minimumSites from how many sites on it is looked at
 */
public record Moderator(String code, String name, OutcomeCode outcome, String at, ArmCode arm, int minimumSites) {
    /** What the Cochrane Handbook asks for, section 10.11.5. */
    static final int USUAL_MINIMUM = 10;
}
