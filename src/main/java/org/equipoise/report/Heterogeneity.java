package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.report.ForestFigure.Row;
import org.equipoise.report.ForestFigure.Who;
import org.jspecify.annotations.Nullable;

/** The sites' own effects pooled afterwards, and how much they differ. Beside the one model, never in its place. */
final class Heterogeneity {
    static final List<String> QUANTITIES = List.of(
            "meta_hartung_knapp_floored/estimate",
            "meta_hartung_knapp_floored/prediction",
            "meta_hartung_knapp_floored/tau2",
            "meta_hartung_knapp_floored/I2");

    private final Reading reading;
    private final When when;

    Heterogeneity(Reading reading, When when) {
        this.reading = reading;
        this.when = when;
    }

    /** Of the first variant that could be pooled. */
    private Optional<StoredEstimate> find(String quantity) {
        return reading.pooledVariants().stream()
                .filter(variant -> find(variant, "estimate").isPresent())
                .findFirst()
                .flatMap(variant -> find(variant, quantity));
    }

    private Optional<StoredEstimate> find(String variant, String quantity) {
        return reading.rows()
                .find(reading.about(when, Scope.OVER_SITES), "", "meta_hartung_knapp_floored", variant, quantity)
                .filter(row -> row.value() != null);
    }

    /** Logarithms are shown as the ratios they stand for. */
    private @Nullable Double shown(@Nullable Double value) {
        return value != null && reading.isPooledOnLogs() ? Double.valueOf(Math.exp(value)) : value;
    }

    /** The pooled effect for the forest, if there is one. */
    Optional<Row> row() {
        return find("estimate")
                .map(row -> new Row(
                        "Two-stage",
                        Who.COMBINED,
                        0,
                        reading.scaled(shown(row.value())),
                        reading.scaled(shown(row.low())),
                        reading.scaled(shown(row.high())),
                        reading.text(shown(row.value()), shown(row.low()), shown(row.high()))));
    }

    /** How much the sites differ, in a sentence; empty where it is not known. */
    String sentence() {
        return find("I2")
                .map(i2 -> " Open diamond: sites pooled in two stages; I\u00b2 " + percent(i2.value())
                        + between(percent(i2.low()), percent(i2.high()))
                        + find("tau2")
                                .map(tau -> ", \u03c4\u00b2 " + Numerals.number(tau.value(), 3))
                                .orElse("")
                        + find("prediction")
                                .filter(StoredEstimate::hasInterval)
                                .map(row -> "; a new site's effect would lie within "
                                        + Numerals.limits(
                                                reading.scaled(shown(row.low())),
                                                reading.scaled(shown(row.high())),
                                                reading.scale().decimals()))
                                .orElse("")
                        + ".")
                .orElse("");
    }

    private static String percent(@Nullable Double share) {
        return share == null ? Numerals.NONE : Numerals.number(share * 100, 0) + " %";
    }

    private static String between(String low, String high) {
        return low.equals(Numerals.NONE) || high.equals(Numerals.NONE) ? "" : " (" + low + " to " + high + ")";
    }
}
