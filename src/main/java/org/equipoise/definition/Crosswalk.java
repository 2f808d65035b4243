package org.equipoise.definition;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.CrosswalkCode;

/**
 * A conversion of the scores of one scale into another scale or a common metric. It holds for groups: single people's
 * converted scores are far less certain than measured ones.
 *
 * @param version edition of the conversion; a value keeps it
 * @param source the scale whose scores it takes
 * @param target what it leads to
 * @param links how, one step after the other; more than one only where the file declares a chain
 * @param status how complete the published conversion is
 * @param approximate whether a converted score is less than the score itself would be; false only for a change of unit
 * @param completeOnly whether it takes only scores without a missing item, as tables of summed scores must
 * @param population whom it was made with, in words
 * @param toConfirm what still has to be checked, in words; empty when nothing
 */
public record Crosswalk(
        CrosswalkCode code,
        String name,
        String version,
        OfScale source,
        Target target,
        List<Link> links,
        Status status,
        boolean approximate,
        boolean completeOnly,
        String population,
        List<String> sources,
        List<String> toConfirm) {

    public Crosswalk {
        links = List.copyOf(links);
        sources = List.copyOf(sources);
        toConfirm = List.copyOf(toConfirm);
    }

    /** A scale as messages and metrics name it: BDI-II/total. */
    static String nameOf(OfScale scale) {
        return scale.instrument() + "/" + scale.scale();
    }

    /** Name and version, as a converted value keeps them. */
    public String edition() {
        return code + " " + version;
    }

    /**
     * Where a conversion leads.
     *
     * @param metric its name; of a scale, instrument/scale
     * @param scale the scale, if it is one of an instrument we hold
     */
    public record Target(String metric, Optional<OfScale> scale, Direction direction) {}

    /** How complete a published conversion is. */
    public enum Status {
        /** Every possible source score, or a line over the observed range. */
        COMPLETE,
        /** Only the published points. */
        ANCHORS,
        /** Published as ranges of scores; their middles. */
        BANDS,
        /** Another unit of the same number. */
        EXACT,
        /** Put together from other published conversions. */
        DERIVED,
        /** Estimated here from participants who have both scales. */
        ESTIMATED
    }

    /** Least and greatest of something. */
    public record Range(double least, double greatest) {
        /** Whether it holds a score. */
        public boolean holds(double score) {
            return score >= least && score <= greatest;
        }
    }

    /** One step of a conversion. */
    public sealed interface Link permits Table, Line {
        /** The source scores it takes; it is never carried on beyond them. */
        Range taken();

        /** The scores it gives. */
        Range given();
    }

    /**
     * A table of points.
     *
     * @param points by rising source score
     * @param interpolated whether scores between two points are converted along the straight line between them
     */
    public record Table(List<Point> points, boolean interpolated) implements Link {
        public Table {
            points = List.copyOf(points);
        }

        @Override
        public Range taken() {
            return new Range(
                    points.get(0).source(), points.get(points.size() - 1).source());
        }

        @Override
        public Range given() {
            DoubleSummaryStatistics all =
                    points.stream().mapToDouble(Point::target).summaryStatistics();
            return new Range(all.getMin(), all.getMax());
        }
    }

    /**
     * A row of a table.
     *
     * @param se standard error of the converted score; empty when not published
     */
    public record Point(double source, double target, OptionalDouble se) {}

    /**
     * A straight line: target = source times {@code times} over {@code dividedBy} plus {@code plus}.
     *
     * @param from least source score it holds for
     * @param to greatest source score it holds for
     * @param least results below count as this; empty when they stay
     * @param se standard error of a converted score; empty when not published
     */
    public record Line(
            double times,
            double dividedBy,
            double plus,
            double from,
            double to,
            OptionalDouble least,
            OptionalDouble se)
            implements Link {

        /** The line at a source score. */
        public double at(double score) {
            double there = score * times / dividedBy + plus;
            return least.isPresent() ? Math.max(least.getAsDouble(), there) : there;
        }

        @Override
        public Range taken() {
            return new Range(from, to);
        }

        @Override
        public Range given() {
            return new Range(Math.min(at(from), at(to)), Math.max(at(from), at(to)));
        }
    }
}
