package org.equipoise.submission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.submission.Submission.HoldReason;
import org.equipoise.submission.Submission.Status;
import org.equipoise.submission.SubmissionLedger.Delivery;
import org.equipoise.submission.SubmissionLedger.InboxFile;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a site's inbox: archives what is new, and decides what each delivery is. Files stay
 * where they are. Nothing is read beyond its bytes.
 */
public final class Reception {
    /** Files up to this size are read each time; larger ones only when size or time of change differ. */
    private static final long ALWAYS_READ = 16L << 20;

    private final SubmissionLedger ledger;
    private final Archive archive;
    private final Clock clock;
    private final Map<Path, CompletableFuture<Archive.Original>> ahead = new HashMap<>();

    public Reception(SubmissionLedger ledger, Archive archive, Clock clock) {
        this.ledger = ledger;
        this.archive = archive;
        this.clock = clock;
    }

    /** Whether a file in an inbox is not a delivery: temporary, hidden, or our own answer to one. */
    public static boolean isIgnored(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.startsWith(".")
                || name.startsWith("~")
                || lower.endsWith(".tmp")
                || lower.endsWith(".part")
                || lower.endsWith(".crdownload")
                || lower.endsWith(".filepart")
                || name.endsWith(" OK.html")
                || name.endsWith(" PLEASE MEND.html");
    }

    /** What lies in an inbox, by name; folders too, ignored files not. */
    public static List<Path> contents(Path inbox) throws IOException {
        List<Path> contents = new ArrayList<>();
        if (!Files.isDirectory(inbox)) {
            return contents;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(inbox)) {
            for (Path entry : entries) {
                if (!isIgnored(entry.getFileName().toString())) {
                    contents.add(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        contents.sort(java.util.Comparator.comparing(Path::getFileName));
        return contents;
    }

    /**
     * Begins to archive an entry that will be received, so that several files are read at once. Not for files that need
     * not be read again when nothing about them changed.
     */
    public void archiveAhead(Path entry, Executor threads) {
        try {
            if (!ahead.containsKey(entry) && Files.isRegularFile(entry) && Files.size(entry) <= ALWAYS_READ) {
                ahead.put(entry, CompletableFuture.supplyAsync(() -> archiveUnchecked(entry), threads));
            }
        } catch (IOException e) {
            // receiving it meets the same, and tells it
        }
    }

    private Archive.Original archiveUnchecked(Path entry) {
        try {
            return archive.store(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Archive.Original archived(Path entry) throws IOException {
        CompletableFuture<Archive.Original> begun = ahead.remove(entry);
        if (begun == null) {
            return archive.store(entry);
        }
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UncheckedIOException unread ? unread.getCause() : new IOException(e);
        }
    }

    /**
     * Receives one entry of an inbox.
     *
     * @param mapping the site's mapping; null for a folder that is no site of the study
     * @param reading hash of all that a submission of the site is read with
     * @return what to tell about it
     */
    public List<Notice> receive(
            StudyCode study,
            String site,
            @Nullable SiteMapping mapping,
            Function<Submission, String> reading,
            Path entry) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            return List.of(notice(site, FindingCode.SUB_004, name, "a CSV file", null));
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS);
            Optional<InboxFile> before = ledger.findInboxFile(study, site, name);
            if (before.isPresent() && attributes.size() > ALWAYS_READ && looksAs(before.get(), attributes)) {
                return again(before.get(), mapping != null, reading);
            }
            Archive.Original original = archived(entry);
            if (before.isPresent() && before.get().sha256().equals(original.sha256())) {
                return again(before.get(), mapping != null, reading);
            }
            return deliver(study, site, mapping, name, original, modified);
        } catch (IOException e) {
            return List.of(notice(site, FindingCode.SUB_003, name, "a file that may be read", null));
        }
    }

    private static boolean looksAs(InboxFile seen, BasicFileAttributes attributes) {
        return seen.size() == attributes.size()
                && seen.modified()
                        .equals(attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether an entry of an inbox differs, in name, size or time, from what was seen there last. */
    public boolean isNew(StudyCode study, String site, Path entry) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            return ledger.findInboxFile(study, site, entry.getFileName().toString())
                    .filter(seen -> looksAs(seen, attributes))
                    .isEmpty();
        } catch (IOException e) {
            return true;
        }
    }

    /** A file seen before is read again only if it was rejected under other definitions. */
    private List<Notice> again(InboxFile file, boolean isSite, Function<Submission, String> reading) {
        if (file.submissionId() != null && isSite) {
            Submission submission = ledger.get(file.submissionId());
            if (submission.status() == Status.REJECTED
                    && !submission.export().isEmpty()
                    && !reading.apply(submission).equals(submission.readingSha256())) {
                ledger.readAgain(submission.id());
            }
        }
        return List.of();
    }

    private List<Notice> deliver(
            StudyCode study,
            String site,
            @Nullable SiteMapping mapping,
            String name,
            Archive.Original original,
            Instant modified) {
        Optional<Export> export = mapping == null ? Optional.empty() : mapping.findExportOf(name);
        String exportCode = export.map(Export::code).orElse("");
        Optional<Submission> same = ledger.findLatest(study, site, exportCode, original.sha256());
        InboxFile seen = new InboxFile(name, original.size(), modified, original.sha256(), null);
        List<Notice> notices = new ArrayList<>();
        if (same.isPresent() && same.get().status() != Status.SUPERSEDED) {
            ledger.remember(study, site, seen);
            return notices;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Instant> told = mapping == null
                ? Optional.empty()
                : ExportMoment.find(mapping.versionsOf(exportCode), name, mapping.zone());
        boolean resent = same.isPresent();
        Status status = export.isEmpty() ? Status.REJECTED : resent ? Status.HELD : Status.RECEIVED;
        long id = ledger.add(new Delivery(
                study,
                site,
                exportCode,
                name,
                original.sha256(),
                original.size(),
                told.orElse(now),
                told.isPresent() ? "file_name" : "receipt",
                now,
                status,
                resent ? HoldReason.RESENT : null));
        ledger.remember(study, site, new InboxFile(name, original.size(), modified, original.sha256(), id));
        if (mapping == null) {
            notices.add(notice(site, FindingCode.SUB_001, name, "the folder of a site of study " + study, id));
        } else if (export.isEmpty()) {
            notices.add(notice(site, FindingCode.SUB_002, name, "a name that fits " + mapping.expectedFileNames(), id));
        } else if (resent) {
            notices.add(notice(site, FindingCode.SUB_008, name, "an export taken since", id));
        } else if (export.get().asOf().source() == AsOfSource.FILE_NAME && told.isEmpty()) {
            notices.add(notice(site, FindingCode.SUB_009, name, "a moment in the file's name", id));
        }
        return notices;
    }

    private static Notice notice(String site, FindingCode code, String name, String expected, @Nullable Long id) {
        return new Notice(site, code, Place.file(name), expected, id);
    }
}
