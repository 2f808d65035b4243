package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.equipoise.comparison.Heterogeneity.SiteEffect;
import org.equipoise.comparison.Sample.Counts;
import org.jspecify.annotations.Nullable;

/**
 * The sites' own models of the whole follow-up, and their differences pooled at each interval. A site's model is the one
 * that answers the question about the site alone; what it does not say there it does not say here.
 */
final class TwoStages {
    private final Occasion occasion;
    private final AnalysisSet set;
    private final RepeatedRows rows;

    TwoStages(Occasion occasion, AnalysisSet set, RepeatedRows rows) {
        this.occasion = occasion;
        this.set = set;
        this.rows = rows;
    }

    /** A site's model; null where it has too few people. */
    private record Site(
            String code,
            ModelledIntervals intervals,
            @Nullable FollowUpModel model) {

        SiteEffect effect(Question at) {
            FollowUpModel fitted = model;
            return fitted == null || intervals.whyNot(at).isPresent()
                    ? SiteEffect.absent(code, intervals.whyNot(at).orElseThrow())
                    : SiteEffect.of(code, fitted.difference(at.place().code()));
        }

        Counts people() {
            return intervals.sample().at(intervals.admitted()).counts();
        }
    }

    /** Pools the differences at the intervals that the model over all sites has. */
    void pool(ModelledIntervals overall) {
        List<Site> sites = new ArrayList<>();
        for (String code : new TreeSet<>(overall.terms().question().scope().sites())) {
            ModelledIntervals own = ModelledIntervals.of(overall.terms().alone(Scope.of(code)), set);
            sites.add(new Site(code, own, own.areSeveral() ? own.fit(occasion) : null));
        }
        for (Question at : overall.terms().question().intervals()) {
            if (overall.whyNot(at).isEmpty()) {
                pool(overall.terms(), at, sites);
            }
        }
    }

    private void pool(ModelTerms terms, Question at, List<Site> sites) {
        List<SiteEffect> effects = new ArrayList<>();
        int treatment = 0;
        int control = 0;
        for (Site site : sites) {
            SiteEffect effect = site.effect(at);
            effects.add(effect);
            treatment += effect.isUsable() ? site.people().treatment() : 0;
            control += effect.isUsable() ? site.people().control() : 0;
        }
        rows.at(at.place().code())
                .pool(terms.method() + ":" + terms.variant(), new Counts(treatment, control), effects);
    }
}
