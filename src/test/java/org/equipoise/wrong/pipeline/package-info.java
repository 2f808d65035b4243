/** Wrong on purpose: shows that the rules of the build refuse it. */
@ApplicationModule(allowedDependencies = {})
package org.equipoise.wrong.pipeline;

import org.springframework.modulith.ApplicationModule;
