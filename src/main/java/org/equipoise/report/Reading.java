package org.equipoise.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
    /** Marks an effect that is not adjusted where the others are. */
    static final String UNADJUSTED = "\u2020";

    /** What a reader must know of that mark. */
    static final String UNADJUSTED_NOTE = UNADJUSTED + " Unadjusted.";

    /** Marks a difference adjusted at one interval alone where the others come from the whole follow-up. */
    static final String ONE_INTERVAL = "\u2021";

    /** What a reader must know of that mark. */
    static final String ONE_INTERVAL_NOTE =
            ONE_INTERVAL + " Analysis of covariance at this interval alone: too few people for the mixed model.";

    /**
     * Rows that may tell the effect; the first that has an interval does.
     *
     * @param main whether it is the method meant for this place; if not, the effect is marked
     */
    record Source(String method, String variant, String quantity, boolean main) {
        /** What is printed after the effect. */
        String mark() {
            return Reading.mark(method, main);
        }
    }

    /** The effect that is shown. */
    record Effect(StoredEstimate row, Source source) {
        boolean isEstimated() {
            return row.value() != null;
        }
    }

    /**
     * How values become what is printed.
     *
     * @param name of the effect: difference, rate ratio
     * @param isRatio whether no effect is 1 and not 0
     * @param factor what values are multiplied with: 100 for shares
     * @param decimals of the effect
     */
    record Scale(String name, boolean isRatio, double factor, int decimals) {}

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

    final List<When> marks() {
        return When.marks(outcome, times);
    }

    final String arm(Role role) {
        return study.arm(role).code().value();
    }

    final List<String> arms() {
        return Stream.of(Role.TREATMENT, Role.CONTROL).map(this::arm).toList();
    }

    final About about(When when, String site) {
        return new About(outcome.code().value(), when.code(), site);
    }

    /** The effect's scale. */
    abstract Scale scale();

    /** What describes an arm, by column: how many people first, then the main number. */
    abstract List<String> armColumns();

    /** The numbers of an arm, by column. */
    abstract List<String> armCells(When when, String site, String arm);

    /** How many people of an arm it is known of, how many events they had, and how often that is. */
    List<String> eventCells(When when, String site, String arm) {
        List<String> cells = armCells(when, site, arm);
        return List.of(cells.get(0), Numerals.NONE, cells.get(1));
    }

    /** What a figure draws of an arm. */
    abstract Optional<StoredEstimate> drawn(When when, String site, String arm);

    /** What values drawn are multiplied with. */
    abstract double drawnFactor();

    /** Unit of the values in a figure. */
    abstract String unit();

    /** Where the effect comes from, best first. */
    abstract List<Source> sources(When when, String site);

    /** Where the sites' effects were pooled afterwards: variants of the meta-analysis, best first. */
    abstract List<String> pooledVariants();

    /** Whether that is on the scale of logarithms. */
    final boolean isPooledOnLogs() {
        return pooledVariants().stream().anyMatch(variant -> variant.startsWith("log_"));
    }

    /** What else is told of the effect: its column, and its cell. */
    abstract String extraColumn();

    abstract String extra(When when, String site);

    /** Rows whose p is told where the effect has none. */
    Optional<StoredEstimate> otherP(When when, String site) {
        return Optional.empty();
    }

    /** The effect at a time and site: the first source with an interval, else the first with a number, else a reason. */
    final Optional<Effect> effect(When when, String site) {
        List<Effect> found = sources(when, site).stream()
                .flatMap(source -> rows
                        .find(about(when, site), "", source.method(), source.variant(), source.quantity())
                        .map(row -> new Effect(row, source))
                        .stream())
                .toList();
        return found.stream()
                .filter(effect -> effect.row().hasInterval())
                .findFirst()
                .or(() -> found.stream().filter(Effect::isEstimated).findFirst())
                .or(() -> found.stream().reduce((first, last) -> last))
                .or(() -> withoutNumbers(when, site));
    }

    /** A question without numbers says why in one row. */
    private Optional<Effect> withoutNumbers(When when, String site) {
        return rows.withReason(about(when, site))
                .map(row -> new Effect(row, new Source(row.method(), row.variant(), row.quantity(), true)));
    }

    /** The effect as it is printed, with a mark if it is not the one meant; else why there is none. */
    final String effectText(When when, String site) {
        return effect(when, site)
                .map(effect -> effect.isEstimated()
                        ? text(
                                        effect.row().value(),
                                        effect.row().low(),
                                        effect.row().high())
                                + effect.source().mark()
                        : Wording.reason(effect.row().reason()))
                .orElse(Numerals.NONE);
    }

    /** The mark of an effect: none if it is the one meant. */
    static String mark(String method, boolean main) {
        if (main) {
            return "";
        }
        return method.equals("ancova") ? ONE_INTERVAL : UNADJUSTED;
    }

    /** A value of the effect's scale with its limits. */
    final String text(@Nullable Double value, @Nullable Double low, @Nullable Double high) {
        return Numerals.interval(scaled(value), scaled(low), scaled(high), scale().decimals());
    }

    /** The p value of the effect; none at the baseline, where allocation alone makes differences. */
    final String p(When when, String site) {
        return when.isBaseline()
                ? Numerals.NONE
                : Numerals.p(effect(when, site)
                        .map(effect -> effect.row().p())
                        .or(() -> otherP(when, site).map(StoredEstimate::p))
                        .orElse(null));
    }

    /** The p value corrected within its family, if the effect belongs to one. */
    final String adjustedP(When when, String site) {
        return Numerals.p(effect(when, site)
                .map(effect -> effect.row().adjustedP())
                .or(() -> otherP(when, site).map(StoredEstimate::adjustedP))
                .orElse(null));
    }

    /** A value or limit of the effect as it is shown. */
    final @Nullable Double scaled(@Nullable Double value) {
        return value == null ? null : Double.valueOf(value * scale().factor());
    }

    /** Whether there is a number of any arm or effect at this time. */
    final boolean isTold(When when, String site) {
        return effect(when, site).filter(Effect::isEstimated).isPresent()
                || arms().stream()
                        .anyMatch(arm -> drawn(when, site, arm)
                                .filter(row -> row.value() != null)
                                .isPresent());
    }

    /** The rows that a page may need of any outcome, as method, slash, quantity. */
    static List<String> quantities() {
        return Stream.of(
                        MeanReading.QUANTITIES,
                        RiskReading.QUANTITIES,
                        RateReading.QUANTITIES,
                        SurvivalReading.QUANTITIES,
                        Heterogeneity.QUANTITIES,
                        EveryoneTable.QUANTITIES,
                        ModeratorsSection.QUANTITIES,
                        HarmsSection.QUANTITIES,
                        OthersSection.QUANTITIES,
                        MissingValues.QUANTITIES)
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    /** The reading that fits an outcome. */
    static Reading of(Study study, Outcome outcome, StoredEstimates rows) {
        return switch (outcome.type()) {
            case CONTINUOUS, DURATION, COST -> new MeanReading(study, outcome, rows);
            case BINARY -> new RiskReading(study, outcome, rows);
            case COUNT -> new RateReading(study, outcome, rows);
            case TIME_TO_EVENT -> new SurvivalReading(study, outcome, rows);
        };
    }
}
