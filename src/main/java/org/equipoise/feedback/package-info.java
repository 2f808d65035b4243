/**
 * What a site hears about a file: a receipt that a coordinator can read, the findings as a table, and the
 * site's own file with one more column that says what to mend. Also the check of a file before it is sent,
 * which runs the night's own checks without a database. Plain Java, so that {@code validate} starts at once.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "submission", "staging", "harmonize"})
package org.equipoise.feedback;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
