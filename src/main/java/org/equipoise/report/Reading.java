package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.Role;
import org.equipoise.report.StoredEstimates.About;
import org.jspecify.annotations.Nullable;

/**
 * How the stored rows of one outcome are read: which of them describe an arm, which compare the arms, and how they are
 * printed. One subclass a type of outcome.
 */
abstract class Reading {
    /** Marks an effect that is not adjusted. */
    static final String UNADJUSTED = "\u2020";

    /** Rows that may tell the effect; the first that has an interval does. */
    record Source(String method, String variant, String quantity, boolean adjusted) {}

    /** The effect that is shown. */
    record Effect(StoredEstimate row, Source source) {
        boolean isEstimated() {
            return row.value() != null;
        }
    }

    private final Study study;
    private final Outcome outcome;
    private final StoredEstimates rows;
    private final List<When> times;

    Reading(Study study, Outcome outcome, StoredEstimates rows) {
        this.study = study;
        this.outcome = outcome;
        this.rows = rows;
        this.times = When.of(study, outcome);
    }

    final Outcome outcome() {
        return outcome;
    }

    final Study study() {
        return study;
    }

    final StoredEstimates rows() {
        return rows;
    }

    final List<When> times() {
        return times;
    }

    final String arm(Role role) {
        return study.arm(role).code().value();
    }

    final About about(When when, String site) {
        return new About(outcome.code().value(), when.code(), site);
    }

    /** What describes an arm, by column: n, mean (SD). */
    abstract List<String> armColumns();

    /** The numbers of an arm, by column. */
    abstract List<String> armCells(When when, String site, String arm);

    /** What a figure draws of an arm. */
    abstract Optional<StoredEstimate> drawn(When when, String site, String arm);

    /** What values are multiplied with to be shown: 100 for shares. */
    abstract double factor();

    /** Unit of the values in a figure. */
    abstract String unit();

    /** Difference, rate ratio. */
    abstract String effectName();

    abstract boolean isRatio();

    /** Where the effect comes from, best first. */
    abstract List<Source> sources(When when);

    abstract int effectDecimals();

    /** What else is told of the effect: its column, empty where there is none. */
    abstract String extraColumn();

    abstract String extra(When when, String site);

    /** The effect at a time and site: the first source with an interval, else the first with a number, else a reason. */
    final Optional<Effect> effect(When when, String site) {
        List<Effect> found = sources(when).stream()
                .flatMap(source -> rows
                        .find(about(when, site), "", source.method(), source.variant(), source.quantity())
                        .map(row -> new Effect(row, source))
                        .stream())
                .toList();
        return found.stream()
                .filter(effect -> effect.row().hasInterval())
                .findFirst()
                .or(() -> found.stream().filter(Effect::isEstimated).findFirst())
                .or(() -> found.stream().reduce((first, last) -> last));
    }

    /** The effect as it is printed, with a mark if it is not adjusted; else why there is none. */
    final String effectText(When when, String site) {
        return effect(when, site).map(this::text).orElse(Numerals.NONE);
    }

    final String text(Effect effect) {
        return effect.isEstimated()
                ? Numerals.interval(
                                scaled(effect.row().value()),
                                scaled(effect.row().low()),
                                scaled(effect.row().high()),
                                effectDecimals())
                        + (effect.source().adjusted() ? "" : UNADJUSTED)
                : Wording.reason(effect.row().reason());
    }

    /** The p value of the effect; none at the baseline, where allocation alone makes differences. */
    final String p(When when, String site) {
        return Numerals.p(
                when.isBaseline()
                        ? null
                        : effect(when, site).map(effect -> effect.row().p()).orElse(null));
    }

    /** A value or limit as it is shown. */
    final @Nullable Double scaled(@Nullable Double value) {
        return value == null || isRatio() ? value : Double.valueOf(value * factor());
    }

    /** Whether there is a number of any arm or effect at this time. */
    final boolean isTold(When when, String site) {
        return effect(when, site).filter(Effect::isEstimated).isPresent()
                || study.arms().stream()
                        .anyMatch(arm -> drawn(when, site, arm.code().value())
                                .filter(row -> row.value() != null)
                                .isPresent());
    }

    /** The rows that a page may need of any outcome, as method, slash, quantity. */
    static List<String> quantities() {
        return MeanReading.QUANTITIES;
    }

    /** The reading that fits an outcome. */
    static Reading of(Study study, Outcome outcome, StoredEstimates rows) {
        return switch (outcome.type()) {
            case CONTINUOUS -> new MeanReading(study, outcome, rows);
        };
    }
}
