/**
 * What monitors see of a running program over HTTP: whether it lives, whether it is ready, and its figures in the
 * text form of Prometheus. Knows no room: it is handed what it shows.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.equipoise.portal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
