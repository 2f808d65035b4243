package org.equipoise.harmonize;

import org.equipoise.vocabulary.OutcomeCode;
import org.equipoise.vocabulary.SiteCode;

/**
 * How far what a site sends can become an outcome, by its mapping and the study's definitions, whatever it has sent
 * so far.
 *
 * @param reason what it rests on, in words
 * @param planned at how many of the outcome's intervals the site plans to see people; 0 for outcomes over periods
 */
public record HarmonizationStatus(SiteCode site, OutcomeCode outcome, Degree degree, String reason, int planned) {

    /** How far; from the best to the worst. */
    public enum Degree {
        /** The outcome itself. */
        COMPLETE,
        /** Something near it: converted by a link that holds for groups, or told more coarsely. */
        APPROXIMATE,
        /** It cannot be said: what would tell a "no" from silence is not sent. */
        UNDETERMINED,
        /** Nothing the site sends leads there. */
        IMPOSSIBLE
    }
}
