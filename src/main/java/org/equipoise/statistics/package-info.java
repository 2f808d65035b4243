/**
 * Estimators, tests and intervals that compare a treatment arm with a control arm: arrays in, immutable results out.
 * Knows the JDK and the distribution functions of Apache Commons Statistics, nothing of Spring, SQL or files.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.equipoise.statistics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
