/**
 * Makes staged facts comparable: answers scored, site totals checked, assessments placed in the study's
 * intervals, outcomes given a value or a reason. A pure function of one participant's facts and the
 * definitions, so that a night may recompute only those who changed.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "staging", "database"})
package org.equipoise.harmonize;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
