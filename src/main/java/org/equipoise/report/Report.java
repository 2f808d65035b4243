package org.equipoise.report;

import java.time.Instant;
import java.util.List;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.HeadlineRow;
import org.equipoise.definition.Study;
import org.equipoise.warehouse.WarehouseStore.Snapshot;

/**
 * What the page of one run shows.
 *
 * @param runId the run the page is of
 * @param writtenAt when
 * @param snapshot the data compared
 * @param result the estimates shown; an earlier run's where nothing had changed since
 * @param headline outcomes by interval, in the study's order
 * @param submissions what sites delivered, in the order to be shown
 * @param findings how many findings are open
 */
public record Report(
        long runId,
        Instant writtenAt,
        Study study,
        Snapshot snapshot,
        Result result,
        List<HeadlineRow> headline,
        List<SubmissionLine> submissions,
        long findings) {
    public Report {
        headline = List.copyOf(headline);
        submissions = List.copyOf(submissions);
    }

    /** One delivery with its five counts. */
    public record SubmissionLine(
            String site,
            String file,
            String status,
            long received,
            long accepted,
            long rejected,
            long duplicate,
            long superseded) {}
}
