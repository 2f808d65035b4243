/**
 * Makes up a trial of MBT against TAU, participant by participant from a seed, and writes it as sites
 * would export it, honest mistakes included. For samples, tests and benchmarks: no real person is in it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "vocabulary")
package org.equipoise.simulation;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
