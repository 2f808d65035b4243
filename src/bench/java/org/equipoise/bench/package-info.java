/**
 * Benchmarks of whole runs, with their inputs. Built in a profile of its own and no part of the jar.
 */
@NullMarked
package org.equipoise.bench;

import org.jspecify.annotations.NullMarked;
