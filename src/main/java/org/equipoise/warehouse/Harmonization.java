package org.equipoise.warehouse;

/**
 * How far a site leads to an outcome.
 *
 * @param status complete, approximate, undetermined or impossible
 * @param reason what the status rests on, in words
 * @param published how many values there are
 * @param converted how many of them came by a crosswalk
 */
public record Harmonization(
        String site, String outcome, String status, String reason, long published, long converted) {}
