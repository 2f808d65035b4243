/**
 * Immutable values that every room shares: codes, keys, problems. Knows the JDK only.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.equipoise.vocabulary;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
