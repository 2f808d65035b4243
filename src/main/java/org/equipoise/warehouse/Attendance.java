package org.equipoise.warehouse;

/**
 * How many people of an arm came to an interval, counted over all outcomes: someone with one value is observed.
 *
 * @param site the site, or {@value #ALL}
 * @param arm the arm, or {@value #ALL}; empty for those whose arm is not known
 * @param interval the planned point
 * @param due people to be seen: alive, the interval planned at their site and past. The sum of observed, missing and
 *     withdrawn
 * @param observed of these, who has at least one value
 * @param missing of these, who has none
 * @param withdrawn of these, who had withdrawn
 * @param dead who died before
 * @param notDue for whom the interval is still to come, or was not planned at their site
 */
public record Attendance(
        String site,
        String arm,
        String interval,
        int due,
        int observed,
        int missing,
        int withdrawn,
        int dead,
        int notDue) {
    /** Stands for all sites, and for all arms. */
    public static final String ALL = "ALL";
}
