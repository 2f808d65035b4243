package org.equipoise.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Tier;
import org.equipoise.definition.Weighting;
import org.equipoise.report.StoredEstimates.About;
import org.jspecify.annotations.Nullable;

/**
 * What is compared beside the main question and never mixed into it: sites whose control arm is offered something else, and
 * sites that did not allocate at random, weighted.
 */
final class OthersSection {
    static final String HEADING = "Other comparators, and sites without randomisation";
    static final String WEIGHTED = "propensity_weighted";
    private static final String DIFFERENCE = "diff";
    private static final String RATIO = "rate_ratio";
    private static final String TIMES = "rmst_difference";
    /** Nobody was asked there: such a place is not told. */
    private static final Set<String> BY_DESIGN =
            Set.of("not_scheduled", "not_ascertained", "detail_not_told", "no_participants");

    private static final String BALANCE = "standardised_difference";
    private static final String PEOPLE = "effective_n";
    static final List<String> QUANTITIES = Stream.of(DIFFERENCE, RATIO, TIMES, BALANCE, PEOPLE, "mean", "rate", "rmst")
            .map(quantity -> WEIGHTED + "/" + quantity)
            .toList();

    private final Study study;
    private final List<StoredEstimate> estimates;
    private final List<Reading> readings;
    private final boolean isShown;
    private final Numbering numbering;

    OthersSection(Report report, List<Reading> readings, Numbering numbering) {
        this.study = report.study();
        this.estimates = report.estimates();
        this.readings = readings;
        this.isShown = isShown(report);
        this.numbering = numbering;
    }

    static boolean isShown(Report report) {
        return report.study().conduct() != Conduct.ONGOING
                && report.estimates().stream()
                        .anyMatch(row -> Scope.findComparator(row.site()).isPresent() || isWeighted(row));
    }

    private static boolean isWeighted(StoredEstimate row) {
        return row.method().equals(WEIGHTED) && row.value() != null;
    }

    String render() {
        List<String> comparators = codes(row -> !row.method().equals(WEIGHTED)).stream()
                .filter(code -> Scope.findComparator(code).isPresent())
                .toList();
        List<String> weighted = codes(OthersSection::isWeighted);
        return !isShown
                ? ""
                : "<section id=\"others\">\n<h2>" + HEADING + "</h2>\n"
                        + comparators.stream().map(this::comparator).collect(Collectors.joining())
                        + weighted.stream().map(this::weighted).collect(Collectors.joining()) + notes(weighted)
                        + "</section>\n";
    }

    private List<String> codes(Predicate<StoredEstimate> of) {
        return estimates.stream()
                .filter(of)
                .map(StoredEstimate::site)
                .filter(Scope::isOverSites)
                .distinct()
                .sorted()
                .toList();
    }

    private String comparator(String code) {
        return HeadlineSection.table(
                study,
                readings,
                numbering.tableCaption("Sites whose control arm is offered "
                        + Scope.findComparator(code).orElseThrow() + ", together."),
                code);
    }

    private String variant() {
        return study.comparisons()
                .unrandomised()
                .map(weighting -> weighting.target().name().toLowerCase(Locale.ROOT))
                .orElse("");
    }

    private String weighted(String code) {
        List<String> arms = readings.get(0).arms();
        List<String> columns = new ArrayList<>(List.of("When"));
        arms.forEach(arm -> columns.addAll(List.of(arm + ", effective n", arm + ", weighted")));
        columns.addAll(List.of("Weighted (95 % CI)", "Unweighted", "Imbalance"));
        Table table = new Table(
                "numbers harms",
                numbering.tableCaption("Sites that did not allocate at random"
                        + Scope.findComparator(code)
                                .map(other -> ", their control arm offered " + other)
                                .orElse("")
                        + ", weighted by the propensity to be treated."),
                columns);
        readings.stream()
                .filter(reading -> reading.outcome().tier() != Tier.EXPLORATORY)
                .forEach(reading -> add(table, reading, code));
        return table.render();
    }

    private void add(Table table, Reading reading, String code) {
        List<When> told = reading.marks().stream()
                .filter(when ->
                        effects(reading, when, code, variant()).findAny().isPresent())
                .toList();
        if (told.isEmpty()) {
            return;
        }
        table.group(reading.outcome().name(), reading.outcome().unit() + "; " + effectName(reading));
        told.forEach(when -> effects(reading, when, code, variant())
                .sorted(Comparator.comparing(StoredEstimate::at, Comparator.nullsFirst(Comparator.naturalOrder())))
                .forEach(effect -> table.row(row(reading, when, code, effect))));
    }

    private static String effectName(Reading reading) {
        return reading.outcome().type() == OutcomeType.TIME_TO_EVENT
                ? "difference in mean months without the event"
                : reading.scale().name().toLowerCase(Locale.ROOT);
    }

    private static Stream<StoredEstimate> effects(Reading reading, When when, String code, String variant) {
        return Stream.of(DIFFERENCE, RATIO, TIMES)
                .flatMap(quantity -> reading.rows().all(reading.about(when, code), "", WEIGHTED, quantity))
                .filter(row -> row.variant().equals(variant) && !BY_DESIGN.contains(String.valueOf(row.reason())));
    }

    private List<String> row(Reading reading, When when, String code, StoredEstimate effect) {
        About about = reading.about(when, code);
        Double at = effect.at();
        List<String> cells = new ArrayList<>();
        cells.add(at == null ? when.name() : "Up to month " + Numerals.number(at, 0));
        for (String arm : reading.arms()) {
            cells.add(Numerals.number(reading.rows().number(about, arm, WEIGHTED, variant(), PEOPLE), 1));
            cells.add(Stream.of("mean", "rate", "rmst")
                    .flatMap(quantity -> reading.rows().all(about, arm, WEIGHTED, quantity))
                    .filter(row -> row.variant().equals(variant()) && Objects.equals(row.at(), at))
                    .findFirst()
                    .map(row -> value(reading, row.value(), at))
                    .orElse(Numerals.NONE));
        }
        cells.add(text(reading, effect));
        cells.add(effects(reading, when, code, "unweighted")
                .filter(row -> Objects.equals(row.at(), at))
                .findFirst()
                .map(row -> text(reading, row))
                .orElse(Numerals.NONE));
        cells.add(largest(reading, about, "unweighted")
                .map(before -> before
                        + largest(reading, about, variant())
                                .map(after -> " to " + after)
                                .orElse(""))
                .orElse(Numerals.NONE));
        return cells;
    }

    /** Months where there is a horizon, else in the reading's own terms. */
    private static String value(Reading reading, @Nullable Double value, @Nullable Double horizon) {
        return horizon == null
                ? Numerals.number(reading.scaled(value), reading.scale().decimals())
                : Numerals.number(value, 1);
    }

    private static String text(Reading reading, StoredEstimate row) {
        if (row.value() == null) {
            return Wording.reason(row.reason());
        }
        return row.at() == null
                ? reading.text(row.value(), row.low(), row.high())
                : Numerals.interval(row.value(), row.low(), row.high(), 1);
    }

    private static Optional<String> largest(Reading reading, About about, String variant) {
        return reading.rows()
                .all(about, "", WEIGHTED, BALANCE)
                .filter(row -> row.variant().equals(variant))
                .map(StoredEstimate::value)
                .flatMap(Stream::ofNullable)
                .map(Math::abs)
                .max(Comparator.naturalOrder())
                .map(largest -> Numerals.number(largest, 2));
    }

    private String notes(List<String> weighted) {
        return weighted.isEmpty()
                ? ""
                : study.comparisons()
                        .unrandomised()
                        .map(OthersSection::lines)
                        .map(Html::notes)
                        .orElse("");
    }

    private static List<String> lines(Weighting weighting) {
        return List.of(
                "Weighted by the propensity to be treated given " + String.join(", ", weighting.confounders())
                        + ", the baseline of a score, and the site; the average over "
                        + (weighting.target() == Weighting.Target.OVERLAP
                                ? "those who could have been in either arm."
                                : "everyone."),
                "Effective n: as many people of equal weight would tell as much. Imbalance: the largest standardised"
                        + " difference between the arms in a confounder, before and after weighting. What decided who was"
                        + " treated and is not among the confounders stays in the effect.");
    }
}
