/**
 * The database: which server to use, the embedded PostgreSQL's life, fast loading, and read-only questions. Knows the
 * JDK, the PostgreSQL driver and Commons Compress only, so that {@code database} and {@code sql} start without Spring.
 *
 * <p>In short:
 *
 * <pre>{@code
 * DatabaseSettings settings = DatabaseSettings.resolve(home, System.getenv());
 * try (Lease lease = settings.lease()) {             // attaches, or starts the embedded server
 *     DatabaseAddress owner = lease.owner();         // jdbcUrl(), user(), password(), connect()
 *     try (Connection c = owner.connect();
 *             CopyTarget target = CopyTarget.open(c, "staging.event", List.of("site_code", "day"))) {
 *         BinaryCopy rows = new BinaryCopy(2);
 *         rows.startRow().text("07").date(day);
 *         target.write(rows);
 *         long written = target.finish();
 *     }
 * }                                                  // the last command out stops the server
 * if (settings instanceof DatabaseSettings.Embedded embedded) {
 *     EmbeddedPostgres server = embedded.server();   // keepRunning(), stop(force), status()
 * }
 * new ReadOnlyQuery(lease.reader()).print("select 1", QueryFormat.TEXT, System.out);
 * }</pre>
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package org.equipoise.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
