package org.equipoise.pipeline;

import java.nio.file.Path;

/**
 * Where an installation keeps what is its own: inboxes, outboxes, archive, database, reports. Real data
 * never lie in the program's checkout.
 */
public record Home(Path folder) {
    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    /** One folder a site. */
    public Path sites() {
        return folder.resolve("sites");
    }

    /** Where a site puts its files. */
    public Path inbox(String site) {
        return sites().resolve(site).resolve("inbox");
    }

    /** Where a site finds our answers. */
    public Path outbox(String site) {
        return sites().resolve(site).resolve("outbox");
    }

    public Path archive() {
        return folder.resolve("archive");
    }

    public Path report(long run) {
        return folder.resolve("reports").resolve(String.valueOf(run));
    }

    /** One folder a release. */
    public Path releases() {
        return folder.resolve("releases");
    }

    /** What changed, one text and one page a day. */
    public Path summaries() {
        return folder.resolve("summaries");
    }

    /** What {@code serve} remembers of the inboxes. */
    Path inboxMemory() {
        return folder.resolve("serve").resolve("inbox.json");
    }

    /** The schedule that {@code serve} last followed. */
    Path schedule() {
        return folder.resolve("serve").resolve("schedule.properties");
    }

    public Path log() {
        return folder.resolve("log").resolve("equipoise.log");
    }

    /** What is made before a later version of the program changes the database. */
    public Path backups() {
        return folder.resolve("backups");
    }

    Path secret() {
        return folder.resolve("secret.key");
    }
}
