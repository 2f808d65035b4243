/**
 * Shows stored results: a page for each run and a table for the terminal. Reads records and computes nothing but the
 * number of digits shown.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "warehouse", "comparison"})
package org.equipoise.report;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
