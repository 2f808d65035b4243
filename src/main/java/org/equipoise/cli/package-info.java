/**
 * Commands: what people and schedulers type. Prints; decides nothing.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "vocabulary",
            "database",
            "definition",
            "submission",
            "staging",
            "pipeline",
            "portal",
            "comparison",
            "report",
            "feedback",
            "simulation",
            "drafting"
        })
package org.equipoise.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
