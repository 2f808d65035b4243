package org.equipoise.warehouse;

import org.jspecify.annotations.Nullable;

/**
 * What people of an arm were given or used of one kind of care at a site, in a period.
 *
 * @param kind modality of the care, or kind of spell or event
 * @param detail class within the kind; empty where there is none
 * @param unit sessions, days or times
 * @param allocated participants of the arm at the site
 * @param recipients of these, those with any
 * @param perRecipient amount over those with any
 * @param perYear amount over the years in which it would have been known; null where no such time is told
 */
public record CareUsed(
        String site,
        String arm,
        String period,
        String kind,
        String detail,
        String unit,
        int allocated,
        int recipients,
        double perRecipient,
        @Nullable Double perYear) {}
