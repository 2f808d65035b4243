/** Estimates in PostgreSQL. */
@NullMarked
package org.equipoise.comparison.internal;

import org.jspecify.annotations.NullMarked;
