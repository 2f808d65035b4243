package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Tier;
import org.equipoise.statistics.Multiplicity;

/**
 * The p values of a study's families, adjusted. A tier is a family: one p for each outcome and each of its confirmatory
 * intervals and periods, of the main method, over all sites. A hypothesis without a p value counts all the same.
 *
 * <p>Primary: Holm. Secondary: Holm, and never below the greatest of the primary ones, since it is asked only once all of
 * those are rejected; one of them without a p value is not. Exploratory: Benjamini and Hochberg.
 *
 * <p>Reference: Holm (1979), Scandinavian Journal of Statistics 6, 65-70; Dmitrienko, Offen and Westfall (2003),
 * Statistics in Medicine 22, 2387-2400, doi:10.1002/sim.1526 (serial gatekeeping).
 */
public final class Families {
    private Families() {}

    /** One number: an outcome at a place over all sites. */
    public record Key(String outcome, String place, Main main) {}

    /** Its p value within the family. */
    public record Adjusted(Key key, double p) {}

    /**
     * Adjusts every family of a study.
     *
     * @param p the p values there are over all sites
     */
    public static List<Adjusted> adjust(Study study, Map<Key, Double> p) {
        List<Adjusted> adjusted = new ArrayList<>();
        double gate = 0;
        for (Tier tier : Tier.values()) {
            List<Key> hypotheses = new ArrayList<>();
            int size = 0;
            for (Outcome outcome : study.outcomes()) {
                if (outcome.tier() == tier) {
                    size += outcome.confirmatory().size();
                    outcome.confirmatory()
                            .forEach(place -> find(study, outcome, place, p).ifPresent(hypotheses::add));
                }
            }
            double[] values = hypotheses.stream().mapToDouble(p::get).toArray();
            double[] within = method(tier).adjust(values, size);
            for (int i = 0; i < within.length; i++) {
                adjusted.add(new Adjusted(
                        hypotheses.get(i), tier == Tier.SECONDARY ? Math.max(within[i], gate) : within[i]));
            }
            if (tier == Tier.PRIMARY) {
                gate = within.length < size ? 1 : Arrays.stream(within).max().orElse(0);
            }
        }
        return adjusted;
    }

    private static Multiplicity method(Tier tier) {
        return tier == Tier.EXPLORATORY ? Multiplicity.BENJAMINI_HOCHBERG : Multiplicity.HOLM;
    }

    /** The first of the main methods that has a p value. */
    private static Optional<Key> find(Study study, Outcome outcome, String place, Map<Key, Double> p) {
        return Main.adjusted(study, outcome).stream()
                .map(main -> new Key(outcome.code().value(), place, main))
                .filter(p::containsKey)
                .findFirst();
    }
}
