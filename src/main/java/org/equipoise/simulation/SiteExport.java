package org.equipoise.simulation;

import java.nio.file.Path;
import java.util.List;
import org.equipoise.vocabulary.SiteCode;

/**
 * A file written for a site.
 *
 * @param rows lines of the file without its header
 * @param mistakes in the order of the lines
 */
public record SiteExport(SiteCode site, Path file, int participants, long rows, List<Mistake> mistakes) {
    public SiteExport {
        mistakes = List.copyOf(mistakes);
    }
}
