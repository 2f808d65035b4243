package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.equipoise.definition.Crosswalk;
import org.equipoise.definition.Crosswalk.Line;
import org.equipoise.definition.Crosswalk.Link;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.Crosswalk.Status;
import org.equipoise.definition.Crosswalk.Table;
import org.equipoise.definition.Crosswalk.Target;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.ShippedCrosswalks;
import org.equipoise.definition.Study.Direction;
import org.equipoise.harmonize.Conversion.Converted;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.ScaleCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shipped crosswalks give the published points, and never go beyond them. */
class ConversionTest {

    /**
     * Published points. PROMIS: MII implementation guide, PMC5376521 table T5, HealthMeasures short form 8a. HAM-D and
     * BDI: Vittengl 2013 by hand from its two equations; Furukawa 2019 and Leucht 2018, abstracts.
     */
    @ParameterizedTest
    @CsvSource({
        "phq9-promis-depression, 0, 37.4,",
        "phq9-promis-depression, 10, 59.9,",
        "bsi-promis-depression, 0, 38.7, 6.1",
        "bsi-promis-depression, 1, 45.0, 4.3",
        "promis-depression-8a-t, 8, 38.2, 5.7",
        "promis-depression-8a-t, 10, 47.5, 2.7",
        "bdi2-promis-depression, 0, 34.9,",
        "bdi2-promis-depression, 27, 63.2,",
        "hamd17-bdi1, 0, 0, 2.65",
        "hamd17-bdi1, 20, 26.34, 2.65",
        "bdi1-hamd17, 0, 2.55, 2.92",
        "bdi1-hamd17, 10, 9.15, 2.92",
        "hamd17-madrs, 10, 13,",
        "hamd17-madrs, 20, 26,",
        "hamd17-madrs, 30, 39,",
        "hamd17-madrs, 40, 52.5,",
        "hamd17-madrs, 15, 19.5,",
        "madrs-hamd17, 26, 20,",
        "hamd17-bdi1-equipercentile, 20, 27,",
        "hamd17-bdi2, 30, 50,",
        "bdi1-bdi2, 27, 32,",
        "hamd21-hamd17, 2, 1.5,",
        "hamd17-qids-sr16, 1, 1,",
        "bsl23-sum-mean, 46, 2,",
        "core-om-mean-clinical, 1.5, 15,"
    })
    void givesThePublishedPoints(String name, double score, double expected, @Nullable Double se) {
        Converted converted = Conversion.convert(ShippedCrosswalks.get(name), score, true);

        assertThat(converted.value()).isCloseTo(expected, within(1e-9));
        assertThat(converted.se()).isEqualTo(se);
        assertThat(converted.reason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "hamd17-madrs, 9, outside_crosswalk",
        "hamd17-madrs, 41, outside_crosswalk",
        "hamd17-bdi1, 38, outside_crosswalk",
        "bdi1-hamd17, 53, outside_crosswalk",
        "hamd21-hamd17, 64, outside_crosswalk",
        "bdi2-promis-depression, 28, outside_crosswalk",
        "bdi2-promis-depression, 10, between_points",
        "phq9-promis-depression, 10.125, between_points"
    })
    void givesAReasonInsteadOfGoingBeyond(String name, double score, String reason) {
        assertThat(Conversion.convert(ShippedCrosswalks.get(name), score, true)).isEqualTo(Converted.without(reason));
    }

    /** Prorated sums have no place in a table of summed scores (HealthMeasures). */
    @ParameterizedTest
    @CsvSource({"phq9-promis-depression", "bsi-promis-depression", "promis-depression-8a-t", "bsl23-sum-mean"})
    void takesOnlyCompleteScores(String name) {
        assertThat(Conversion.convert(ShippedCrosswalks.get(name), 10, false))
                .isEqualTo(Converted.without(Conversion.INCOMPLETE));
    }

    @Test
    void onlyAChangeOfUnitIsNotApproximate() {
        assertThat(ShippedCrosswalks.get("bsl23-sum-mean").approximate()).isFalse();
        assertThat(ShippedCrosswalks.get("phq9-promis-depression").approximate())
                .isTrue();
    }

    private static final OptionalDouble NO_SE = OptionalDouble.empty();

    private static Crosswalk of(Link... links) {
        OfScale scale = new OfScale(new InstrumentCode("A"), new ScaleCode("total"));
        return new Crosswalk(
                new CrosswalkCode("a"),
                "A",
                "1",
                scale,
                new Target("M", Optional.empty(), Direction.LOWER_IS_BETTER),
                List.of(links),
                Status.DERIVED,
                true,
                false,
                "nobody",
                List.of("made up"),
                List.of());
    }

    /** Halfway between rows: value and standard error halfway, if both rows have one. */
    @Test
    void interpolatesTheStandardErrorToo() {
        Table table = new Table(
                List.of(
                        new Point(0, 10, OptionalDouble.of(2)),
                        new Point(4, 20, OptionalDouble.of(4)),
                        new Point(8, 40, NO_SE)),
                true);

        assertThat(Conversion.convert(of(table), 1, true)).isEqualTo(new Converted(12.5, 2.5, null));
        assertThat(Conversion.convert(of(table), 6, true)).isEqualTo(new Converted(30.0, null, null));
    }

    /** 3 is 6 on the table, 2 x 6 + 40 = 52 on the line; 4 is 8, beyond the line's 7; a chain has no error of its own. */
    @Test
    void followsAChainStepByStep() {
        Table table =
                new Table(List.of(new Point(3, 6, OptionalDouble.of(1)), new Point(4, 8, OptionalDouble.of(1))), false);
        Line line = new Line(2, 1, 40, 0, 7, NO_SE, OptionalDouble.of(3));

        assertThat(Conversion.convert(of(table, line), 3, true)).isEqualTo(new Converted(52.0, null, null));
        assertThat(Conversion.convert(of(table, line), 4, true)).isEqualTo(Converted.without(Conversion.OUTSIDE));
        assertThat(Conversion.convert(of(table, line), 5, true)).isEqualTo(Converted.without(Conversion.OUTSIDE));
    }
}
