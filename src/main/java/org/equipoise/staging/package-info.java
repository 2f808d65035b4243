/**
 * Every row of a submission read, checked against the site's mapping and typed: assessment fragments,
 * participant facts, and findings with line, column, expected value and remedy. The reading core is
 * plain Java without Spring, so that {@code validate} runs the very checks that the night runs.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "submission", "database"})
package org.equipoise.staging;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
