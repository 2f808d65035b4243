/**
 * Drafts the mapping of a site from one of its files, says how sure each guess is, takes a coordinator's answers
 * back, and tries a mapping against a file before it is used. Plain Java, without database.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "submission", "staging", "harmonize", "feedback"})
package org.equipoise.drafting;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
