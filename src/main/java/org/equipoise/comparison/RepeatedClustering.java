package org.equipoise.comparison;

import java.util.Map;
import java.util.TreeMap;
import org.equipoise.comparison.EstimateRows.Group;
import org.equipoise.statistics.ClusterRobust;
import org.equipoise.statistics.Design;
import org.equipoise.statistics.IntraclassCorrelation;
import org.equipoise.statistics.MixedModelFit;
import org.equipoise.statistics.MixedModelInference;

/**
 * A mixed model's differences again, people of one therapy group or therapist taken as one cluster (CR2), and at each
 * interval how alike those of a cluster are. With few clusters also the model's own standard errors by an assumed design
 * effect.
 */
final class RepeatedClustering {
    private static final String METHOD = "mmrm_cluster_robust";
    private static final String FORM = "by_group";

    private final ModelTerms terms;
    private final RepeatedSample sample;
    private final Map<String, String> options;

    RepeatedClustering(ModelTerms terms, RepeatedSample sample, Map<String, String> options) {
        this.terms = terms;
        this.sample = sample;
        this.options = new TreeMap<>(options);
        this.options.putAll(Clusters.OPTIONS);
        this.options.computeIfPresent("inference", (name, plain) -> "cr2");
    }

    /**
     * Adds the rows. Without any cluster there is only their number, zero: clustering is not accounted for.
     *
     * @param plain what the model says without them
     */
    void repeat(MixedModelFit fit, MixedModelInference plain, RepeatedRows rows) {
        Clusters clusters = Clusters.of(sample.clusters());
        if (clusters.shared() == 0) {
            sample.intervals().forEach(interval -> group(rows, interval).add("clusters", 0));
            return;
        }
        MixedModelInference clustered = fit.clustered(ClusterRobust.CR2, clusters.names());
        for (String interval : sample.intervals()) {
            Group group = group(rows, interval);
            group.add("clusters", clusters.shared());
            group.add(ModelTerms.CONTRASTS, Numbers.of(clustered.difference(interval)));
            group.add("icc", correlation(sample.at(interval)).correlation());
            if (clusters.areFew()) {
                group.form("design_effect").add(ModelTerms.CONTRASTS, clusters.inflated(plain.difference(interval)));
            }
        }
    }

    private Group group(RepeatedRows rows, String interval) {
        return rows.group(interval, METHOD, terms.variant(), sample.counts(), options)
                .form(FORM);
    }

    /** After the model's fixed effects at the interval. */
    private IntraclassCorrelation.Components correlation(RepeatedSample there) {
        Design design = Design.ofArms(there.treated()).withCovariate(RepeatedSample.BASELINE, there.baselineValues());
        for (String factor : terms.model().factors()) {
            design = design.withFactor(factor, there.levels(factor));
        }
        return IntraclassCorrelation.reml(
                there.cells().stream().mapToDouble(RepeatedSample.Cell::value).toArray(),
                terms.sites() ? design.withFactor(RepeatedSample.SITE, there.siteCodes()) : design,
                Clusters.of(there.clusters()).names());
    }
}
