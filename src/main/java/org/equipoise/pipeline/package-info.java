/**
 * Jobs: which steps there are, in which order, one run at a time, safe against being killed. The only
 * room that knows the way from a site's file to a report.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "vocabulary",
            "database",
            "definition",
            "submission",
            "staging",
            "harmonize",
            "warehouse",
            "comparison",
            "report",
            "feedback"
        })
package org.equipoise.pipeline;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
