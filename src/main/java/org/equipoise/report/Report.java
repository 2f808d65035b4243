package org.equipoise.report;

import java.time.Instant;
import java.util.List;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.warehouse.Attendance;
import org.equipoise.warehouse.CareUsed;
import org.equipoise.warehouse.Harmonization;
import org.equipoise.warehouse.WarehouseStore.Snapshot;

/**
 * What the page of one run shows.
 *
 * @param runId the run the page is of
 * @param writtenAt when
 * @param snapshot the data compared
 * @param result the estimates shown; an earlier run's where nothing had changed since
 * @param estimates those of {@link #quantities()}, in any order
 * @param attendance who came to each interval
 * @param harmonization how far each site leads to each outcome
 * @param care what the care consisted of, by site, arm and period
 * @param sites those that take part, in the order to be shown
 * @param submissions what sites delivered, in the order to be shown
 * @param findings those that are open, one line a site and code
 */
public record Report(
        long runId,
        Instant writtenAt,
        Study study,
        Snapshot snapshot,
        Result result,
        List<StoredEstimate> estimates,
        List<Attendance> attendance,
        List<Harmonization> harmonization,
        List<CareUsed> care,
        List<SiteLine> sites,
        List<SubmissionLine> submissions,
        List<FindingLine> findings) {
    public Report {
        estimates = List.copyOf(estimates);
        attendance = List.copyOf(attendance);
        harmonization = List.copyOf(harmonization);
        care = List.copyOf(care);
        sites = List.copyOf(sites);
        submissions = List.copyOf(submissions);
        findings = List.copyOf(findings);
    }

    /** The estimates a page is made of, as method, slash, quantity. */
    public static List<String> quantities() {
        return Reading.quantities();
    }

    /**
     * A site that takes part.
     *
     * @param randomised whether allocation was random there
     * @param comparator what its control arm is offered
     */
    public record SiteLine(String code, String name, boolean randomised, String comparator) {}

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

    /** How often something was found in what a site sent. */
    public record FindingLine(String site, FindingCode code, long count) {}
}
