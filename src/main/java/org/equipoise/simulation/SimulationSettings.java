package org.equipoise.simulation;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What trial to make up.
 *
 * @param participants over all sites, spread as evenly as can be; at least one a site
 * @param sites from 1 to 999; the six habits take turns
 * @param seed the same seed gives the same bytes on every machine
 * @param jobs a jobs folder, of which the mappings of the six sites are written beside the exports, under the sites'
 *     names, and everything but the sites is copied; empty writes exports alone
 */
public record SimulationSettings(int participants, int sites, long seed, Optional<Path> jobs) {
    public SimulationSettings {
        if (sites < 1 || sites > 999) {
            throw new IllegalArgumentException("sites: from 1 to 999, not " + sites);
        }
        if (participants < sites) {
            throw new IllegalArgumentException(
                    "participants: at least one for each of the " + sites + " sites, not " + participants);
        }
    }

    /** How many participants a site has. */
    int participantsAt(int site) {
        return participants / sites + (site < participants % sites ? 1 : 0);
    }
}
