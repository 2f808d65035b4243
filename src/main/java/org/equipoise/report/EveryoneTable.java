package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.equipoise.comparison.Scope;
import org.equipoise.definition.Study.Outcome;
import org.jspecify.annotations.Nullable;

/** Both arms of a study together, for as long as nothing may be told of either. */
final class EveryoneTable {
    private static final String METHOD = "pooled_arms";
    static final List<String> QUANTITIES = Stream.of("n", "missing", "mean", "sd", "events", "p", "person_years")
            .map(quantity -> METHOD + "/" + quantity)
            .toList();
    private static final int DECIMALS = 1;

    private final Reading reading;
    private final Outcome outcome;
    private final Numbering numbering;

    EveryoneTable(Reading reading, Numbering numbering) {
        this.reading = reading;
        this.outcome = reading.outcome();
        this.numbering = numbering;
    }

    /** The table; nothing if there are no numbers of everyone. */
    String render() {
        List<When> told = reading.times().stream()
                .filter(when -> number(when, "n") != null)
                .toList();
        if (told.isEmpty()) {
            return "";
        }
        Table table = new Table(
                "numbers",
                numbering.tableCaption(outcome.name() + ", both arms together, all sites."),
                List.of(outcome.isOverPeriods() ? "Period" : "Interval", "n", "Missing", column()));
        told.forEach(when -> {
            List<String> cells = new ArrayList<>(List.of(when.name()));
            cells.add(Numerals.whole(number(when, "n")));
            cells.add(Numerals.whole(number(when, "missing")));
            cells.add(cell(when));
            table.row(cells);
        });
        return table.render();
    }

    private String column() {
        return switch (outcome.type()) {
            case CONTINUOUS, DURATION, COST -> "Mean (SD)";
            case BINARY -> "Events (%)";
            case COUNT, TIME_TO_EVENT -> "Events / years";
        };
    }

    private String cell(When when) {
        String events = Numerals.whole(number(when, "events"));
        return switch (outcome.type()) {
            case CONTINUOUS, DURATION, COST -> decimal(number(when, "mean")) + " (" + decimal(number(when, "sd")) + ")";
            case BINARY -> events + " (" + decimal(percent(number(when, "p"))) + ")";
            case COUNT, TIME_TO_EVENT -> events + " / " + decimal(number(when, "person_years"));
        };
    }

    private static String decimal(@Nullable Double number) {
        return Numerals.number(number, DECIMALS);
    }

    private static @Nullable Double percent(@Nullable Double share) {
        return share == null ? null : Double.valueOf(100 * share);
    }

    private @Nullable Double number(When when, String quantity) {
        return reading.rows().number(reading.about(when, Scope.OVER_SITES), "", METHOD, "value", quantity);
    }
}
