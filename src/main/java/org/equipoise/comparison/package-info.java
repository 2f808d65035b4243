/**
 * Compares the arms: plan, analysis set, estimate. Reads a snapshot of the warehouse, computes with
 * {@code statistics} in a fixed order, and stores one row an estimate, with a reason where there is none.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "statistics", "warehouse", "database"})
package org.equipoise.comparison;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
