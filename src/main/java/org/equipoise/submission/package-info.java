/**
 * What sites delivered: files found in inboxes, archived under the checksum of their bytes, told apart
 * from what came before, and given a verdict. Holds the ledger of submissions that later rooms count in.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"vocabulary", "definition", "database"})
package org.equipoise.submission;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
