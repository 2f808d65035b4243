package org.equipoise.definition;

import java.util.List;
import java.util.Optional;
import org.equipoise.vocabulary.Problem;

/**
 * A site folder and what came of reading its mapping.
 *
 * @param folder the folder's name, which is the site's code if the mapping is right
 * @param standing what the site is in the study that was loaded
 * @param mapping the mapping that counts: the file's, or the published one that stands in for it; none if there is none
 * @param problems errors and warnings of the file, by line
 */
public record LoadedSite(String folder, Standing standing, Optional<SiteMapping> mapping, List<Problem> problems) {
    public LoadedSite {
        problems = List.copyOf(problems);
    }

    /** What a site is in the study that was loaded. */
    public enum Standing {
        /** Its mapping is right and names the study: it is in the bundle. */
        TAKES_PART,
        /** Its mapping has errors. The one it was last published with is in the bundle in its place. */
        STANDS,
        /** Its mapping names the study, or cannot be read that far, and has errors: it is not in the bundle. */
        BROKEN,
        /** Its mapping names other studies only. */
        OTHER_STUDY
    }
}
