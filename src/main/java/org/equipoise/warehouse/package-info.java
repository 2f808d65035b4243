/**
 * Published facts, by snapshot: the only source for analysis. A night closes and appends the rows of
 * participants who changed; they stay invisible until one row turns the snapshot to published.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "harmonize", "staging", "database"})
package org.equipoise.warehouse;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
