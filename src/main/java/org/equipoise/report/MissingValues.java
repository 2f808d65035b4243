package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.jspecify.annotations.Nullable;

/** How far an outcome's effects hang on values that are missing, where the study asks for it. */
final class MissingValues {
    private static final String JUMP_TO_REFERENCE = "jump_to_reference";
    private static final String TIPPING_POINT = "tipping_point";
    private static final String MULTIPLE_IMPUTATION = "multiple_imputation";

    static final List<String> QUANTITIES = List.of(
            "jump_to_reference/contrast",
            "jump_to_reference/imputed",
            "tipping_point/shift",
            "multiple_imputation/rd",
            "multiple_imputation/imputed");

    /** What is assumed of missing values, and which stored row tells what comes of it. */
    private enum Assumption {
        THEIR_ARM(
                MULTIPLE_IMPUTATION,
                "site",
                "rd",
                "Filled in",
                "Missing values filled in from people of the same arm who were alike."),
        REFERENCE(
                JUMP_TO_REFERENCE,
                "value",
                "contrast",
                "Jump to reference",
                "Jump to reference: people of the treatment arm go on like the control arm once they are no longer seen."
                        + " Points worse: by how much every filled-in value would have to be worse before p passes 0.05.");

        private final String method;
        private final String variant;
        private final String quantity;
        private final String column;
        private final String words;

        Assumption(String method, String variant, String quantity, String column, String words) {
            this.method = method;
            this.variant = variant;
            this.quantity = quantity;
            this.column = column;
            this.words = words;
        }
    }

    private final Reading reading;
    private final List<When> told;
    private final Numbering numbering;

    MissingValues(Reading reading, List<When> told, Numbering numbering) {
        this.reading = reading;
        this.told = told;
        this.numbering = numbering;
    }

    /** One table for each assumption that was tried. */
    String tables() {
        StringBuilder tables = new StringBuilder();
        for (Assumption assumption : Assumption.values()) {
            List<When> tried = told.stream()
                    .filter(when -> row(assumption, when).isPresent())
                    .toList();
            if (!tried.isEmpty()) {
                tables.append(table(assumption, tried));
            }
        }
        return tables.toString();
    }

    private Optional<StoredEstimate> row(Assumption assumption, When when) {
        return reading.rows()
                .find(
                        reading.about(when, Scope.OVER_SITES),
                        "",
                        assumption.method,
                        assumption.variant,
                        assumption.quantity);
    }

    private String table(Assumption assumption, List<When> tried) {
        boolean shifted =
                tried.stream().anyMatch(when -> shift(when, "treatment").isPresent());
        List<String> columns = new ArrayList<>(List.of("Interval"));
        reading.arms().forEach(arm -> columns.add("Filled in, " + arm));
        columns.addAll(List.of(reading.scale().name() + " above (95 % CI)", assumption.column + " (95 % CI)", "p"));
        if (shifted) {
            columns.addAll(List.of("Points worse, " + reading.arms().get(0), "Points worse, both"));
        }
        Table table = new Table(
                "numbers",
                numbering.tableCaption(
                        reading.outcome().name() + ": if missing values are not as supposed. " + assumption.words),
                columns);
        for (When when : tried) {
            List<String> cells = new ArrayList<>(List.of(when.name()));
            reading.arms().forEach(arm -> cells.add(Numerals.whole(filledIn(assumption, when, arm))));
            cells.add(reading.effectText(when, Scope.OVER_SITES));
            row(assumption, when).ifPresent(row -> {
                cells.add(row.value() == null ? Wording.reason(row.reason()) : text(row));
                cells.add(Numerals.p(row.p()));
            });
            if (shifted) {
                cells.add(shiftText(when, "treatment"));
                cells.add(shiftText(when, "both"));
            }
            table.row(cells);
        }
        return table.render();
    }

    private @Nullable Double filledIn(Assumption assumption, When when, String arm) {
        return reading.rows()
                .number(reading.about(when, Scope.OVER_SITES), arm, assumption.method, assumption.variant, "imputed");
    }

    private String text(StoredEstimate row) {
        return reading.text(row.value(), row.low(), row.high());
    }

    private Optional<StoredEstimate> shift(When when, String whose) {
        return reading.rows().find(reading.about(when, Scope.OVER_SITES), "", TIPPING_POINT, "value:" + whose, "shift");
    }

    /** Its size: which way is worse, the outcome's direction tells. */
    private String shiftText(When when, String whose) {
        return shift(when, whose)
                .map(row -> row.value() == null
                        ? Wording.reason(row.reason())
                        : Numerals.number(Math.abs(row.value()), reading.scale().decimals()))
                .orElse(Numerals.NONE);
    }
}
