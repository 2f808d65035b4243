package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.EstimatedCrosswalk;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.statistics.EquipercentileLink;
import org.equipoise.statistics.EquipercentileLink.Result;
import org.equipoise.statistics.EquipercentileLink.Row;
import org.equipoise.statistics.EquipercentileLink.Scores;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.PairedChange;
import org.equipoise.statistics.Quantity;
import org.equipoise.warehouse.PairedScores.Pair;

/**
 * An equipercentile link of two scales from a study's own participants, as the content of a crosswalk file.
 *
 * <p>The link goes from the least to the greatest score that anybody had: beyond, it would rest on the smoothing alone.
 * With it goes how far linked and measured scores of the same people lie apart, which standard errors do not tell.
 */
public final class ScaleLink {
    /**
     * How it is estimated.
     *
     * @param moments that smoothing keeps; 0 for no smoothing
     * @param minimum people it must rest on
     * @param replicates drawn for the standard errors
     */
    public record Options(int moments, int minimum, int replicates, long seed) {}

    /** A scale of whole scores, and its name as messages tell it: BDI-II/total. */
    public record Side(OfScale scale, Scores scores, String name) {
        /** The scale; empty if its scores are not whole numbers. */
        public static Optional<Side> of(OfScale source, Scale scale) {
            boolean whole = scale.min() == Math.rint(scale.min()) && scale.max() == Math.rint(scale.max());
            return whole
                    ? Optional.of(new Side(
                            source,
                            new Scores((int) scale.min(), (int) scale.max()),
                            source.instrument() + "/" + source.scale()))
                    : Optional.empty();
        }
    }

    private final Side from;
    private final Side to;
    private final Options options;

    public ScaleLink(Side from, Side to, Options options) {
        this.from = from;
        this.to = to;
        this.options = options;
    }

    /** A link that could not be made, and why, in a sentence. */
    public static final class NotLinked extends Exception {
        NotLinked(String why) {
            super(why);
        }
    }

    /**
     * Links.
     *
     * @param pairs scores of people who have both
     * @param provenance where the pairs were read, in words
     * @throws NotLinked if there are too few people, scores are not whole, or the scores do not vary enough
     */
    public EstimatedCrosswalk link(List<Pair> pairs, String provenance) throws NotLinked {
        int[] x = whole(pairs.stream().mapToDouble(Pair::from).toArray(), from);
        int[] y = whole(pairs.stream().mapToDouble(Pair::to).toArray(), to);
        Result result = EquipercentileLink.between(from.scores(), to.scores(), options.seed())
                .withMoments(options.moments())
                .withMinimum(options.minimum())
                .withReplicates(options.replicates())
                .link(x, y);
        if (result.reason().isPresent()) {
            throw new NotLinked(why(result.reason().get(), result.people()));
        }
        int least = Arrays.stream(x).min().orElseThrow();
        int greatest = Arrays.stream(x).max().orElseThrow();
        List<Point> points = result.rows().stream()
                .filter(row -> row.score() >= least && row.score() <= greatest)
                .map(row -> new Point(row.score(), row.linked(), se(row.standardError())))
                .toList();
        List<String> sources = new ArrayList<>();
        sources.add(provenance);
        sources.add(String.format(
                Locale.ROOT,
                "Equipercentile link, one group with both scales (Kolen and Brennan 2014); %s; standard errors from %d"
                        + " replicates over people, seed %d",
                options.moments() == 0 ? "not smoothed" : options.moments() + " moments kept in smoothing",
                options.replicates(),
                options.seed()));
        sources.add(agreement(x, y, result.rows()));
        return new EstimatedCrosswalk(from.scale(), to.scale(), points, population(pairs), List.copyOf(sources));
    }

    private int[] whole(double[] scores, Side side) throws NotLinked {
        int[] whole = new int[scores.length];
        for (int i = 0; i < scores.length; i++) {
            whole[i] = (int) Math.rint(scores[i]);
            if (whole[i] != scores[i]) {
                throw new NotLinked(
                        "Some scores of " + side.name()
                                + " are not whole numbers, and only whole ones can be linked. Link the sum in place of the mean.");
            }
        }
        return whole;
    }

    private String why(NotEstimable reason, int people) {
        return switch (reason) {
            case TOO_FEW_VALUES ->
                "Only " + people + " participants have both " + from.name() + " and " + to.name()
                        + " complete on one occasion, and a link must rest on at least " + options.minimum() + ".";
            case ZERO_VARIANCE ->
                "The participants' scores do not differ enough for a smoothing that keeps " + options.moments()
                        + " moments. Ask for fewer with --moments.";
            default ->
                "The smoothing that keeps " + options.moments()
                        + " moments does not settle. Ask for fewer with --moments.";
        };
    }

    private static OptionalDouble se(Quantity error) {
        return error.isEstimable() ? OptionalDouble.of(error.value()) : OptionalDouble.empty();
    }

    private String agreement(int[] x, int[] y, List<Row> rows) {
        double[] linked = Arrays.stream(x)
                .mapToDouble(score -> rows.get(score - from.scores().least()).linked())
                .toArray();
        double[] measured = Arrays.stream(y).asDoubleStream().toArray();
        double[] sent = Arrays.stream(x).asDoubleStream().toArray();
        PairedChange apart = PairedChange.of(measured, linked);
        Quantity correlation = PairedChange.of(sent, measured).correlation();
        return "The scales correlate " + plain(correlation) + ", which takes "
                + plain(correlation.map(r -> 100 * (1 - Math.sqrt(1 - r * r))))
                + " % off the uncertainty about one score by the other (half is asked of a concordance, Dorans 2004);"
                + " linked minus measured scores of the same people have the standard deviation "
                + plain(apart.standardDeviation());
    }

    private static String plain(Quantity quantity) {
        return quantity.isEstimable() ? String.format(Locale.ROOT, "%.2f", quantity.value()) : "not known";
    }

    private static String population(List<Pair> pairs) {
        Map<String, Long> bySite =
                pairs.stream().collect(Collectors.groupingBy(Pair::site, TreeMap::new, Collectors.counting()));
        return pairs.size() + " participants, the first occasion of each on which both scales are complete: "
                + bySite.entrySet().stream()
                        .map(site -> site.getKey() + " " + site.getValue())
                        .collect(Collectors.joining(", "));
    }
}
