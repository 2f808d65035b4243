package org.equipoise.feedback;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.Header;
import org.equipoise.submission.Submission.Counts;
import org.equipoise.submission.Submission.Status;

/**
 * A file that was checked and not handed over.
 *
 * @param file its name
 * @param site the site it is from; empty when that is not known
 * @param export which of the site's exports it is; empty when it is none
 * @param header its columns; empty when it could not be opened with a version of the export's mapping
 * @param taken when the export was taken, as far as that is known
 * @param findings by line
 */
public record CheckedFile(
        String file,
        String site,
        Optional<Export> export,
        Optional<Header> header,
        Optional<ZonedDateTime> taken,
        Verdict verdict,
        Counts counts,
        List<FindingRow> findings) {

    public CheckedFile {
        findings = findings.stream().sorted(FindingRow.BY_LINE).toList();
    }

    String exportCode() {
        return export.map(Export::code).orElse("");
    }

    Feedback toFeedback() {
        Status status = switch (verdict) {
            case ACCEPTED, SOME_ROWS_REJECTED -> Status.EFFECTIVE;
            case FILE_REJECTED -> Status.REJECTED;
            case NOT_CHECKED -> Status.RECEIVED;
        };
        return new Feedback(
                OptionalLong.empty(),
                site.isEmpty() ? "not known" : site,
                exportCode(),
                file,
                taken,
                status,
                Optional.empty(),
                counts,
                0,
                findings);
    }
}
