package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Role;

/** Shares of people who have had an event by each month, with those still at risk; nothing for other outcomes. */
final class Incidence {
    private static final double PERCENT = 100;
    private static final int NAMED = 12;
    private static final String METHOD = "cumulative_incidence";

    private final Reading reading;
    private final List<When> told;
    private final Numbering numbering;

    Incidence(Reading reading, List<When> told, Numbering numbering) {
        this.reading = reading;
        this.told = reading.outcome().type() == OutcomeType.TIME_TO_EVENT ? told : List.of();
        this.numbering = numbering;
    }

    String figures() {
        return told.stream().map(this::figure).collect(Collectors.joining());
    }

    String tables() {
        return told.stream().map(this::table).collect(Collectors.joining());
    }

    private List<StoredEstimate> curve(When when, String arm, String quantity) {
        return reading.rows().curve(reading.about(when, Scope.OVER_SITES), arm, METHOD, quantity);
    }

    /** Whole years from the beginning, as far as anybody is followed. */
    private List<Double> months(When when) {
        return reading.arms().stream()
                .flatMap(arm -> curve(when, arm, "n_risk").stream())
                .map(StoredEstimate::at)
                .flatMap(Stream::ofNullable)
                .filter(month -> month % NAMED == 0)
                .distinct()
                .sorted()
                .toList();
    }

    private String figure(When when) {
        List<Double> months = months(when);
        CurveFigure figure = new CurveFigure(
                reading.outcome().name() + ", " + when.name() + ", all sites",
                reading.unit(),
                months,
                Stream.of(Role.TREATMENT, Role.CONTROL)
                        .map(role -> series(when, role))
                        .toList(),
                reading.arms().stream()
                        .map(arm -> months.stream()
                                .map(month -> Numerals.whole(at(curve(when, arm, "n_risk"), month)
                                        .map(StoredEstimate::value)
                                        .orElse(null)))
                                .toList())
                        .toList());
        return figure.isEmpty() || months.size() < 2
                ? ""
                : numbering.figure(
                        reading.outcome().name()
                                + ". Cumulative incidence with death competing, all sites, read every three months; 95 %"
                                + " confidence intervals at whole years.",
                        figure::render);
    }

    private Series series(When when, Role role) {
        String arm = reading.arm(role);
        return new Series(
                arm,
                role == Role.TREATMENT,
                curve(when, arm, "cif").stream().map(Incidence::point).toList());
    }

    private static Series.Point point(StoredEstimate row) {
        return new Series.Point(
                Objects.requireNonNull(row.at()),
                Objects.requireNonNull(row.value()) * PERCENT,
                row.low() == null ? null : Double.valueOf(row.low() * PERCENT),
                row.high() == null ? null : Double.valueOf(row.high() * PERCENT));
    }

    private static Optional<StoredEstimate> at(List<StoredEstimate> curve, double month) {
        return curve.stream().filter(row -> Objects.equals(row.at(), month)).findFirst();
    }

    private String table(When when) {
        List<String> columns = new ArrayList<>(List.of("Months"));
        reading.arms().forEach(arm -> columns.addAll(List.of(arm + ", at risk", arm + ", % (95 % CI)")));
        Table table = new Table(
                "numbers",
                numbering.tableCaption(reading.outcome().name() + ": cumulative incidence, all sites."),
                columns);
        for (double month : months(when)) {
            List<String> cells = new ArrayList<>(List.of(Numerals.number(month, 0)));
            for (String arm : reading.arms()) {
                cells.add(Numerals.whole(at(curve(when, arm, "n_risk"), month)
                        .map(StoredEstimate::value)
                        .orElse(null)));
                cells.add(at(curve(when, arm, "cif"), month)
                        .map(Incidence::point)
                        .map(point -> Numerals.interval(point.value(), point.low(), point.high(), 1))
                        .orElse(Numerals.NONE));
            }
            table.row(cells);
        }
        return table.render();
    }
}
