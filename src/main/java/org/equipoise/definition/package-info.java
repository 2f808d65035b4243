/**
 * What the study, its instruments and its sites are, read from the files under {@code jobs}: immutable
 * types, a loader that tells every problem at once with file, line and remedy, and the bundle whose
 * text and hash each snapshot keeps. Plain Java, so that {@code validate} starts without Spring.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "vocabulary")
package org.equipoise.definition;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
