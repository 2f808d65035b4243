/** Wrong on purpose: shows that the rules of the build refuse it. */
@ApplicationModule(allowedDependencies = {})
package org.equipoise.wrong.statistics;

import org.springframework.modulith.ApplicationModule;
