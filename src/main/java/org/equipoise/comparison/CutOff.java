package org.equipoise.comparison;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
import org.equipoise.definition.Study.OutcomeType;
import org.equipoise.definition.Study.Period;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;

/**
 * Published values as far as they lie on or before a day.
 *
 * <p>Whoever has no time zero by then is not in it: without a date nothing is known to lie before the cut-off. A score
 * counts by the day of its assessment; where it has none, and where it is missing, by the day of the interval. A period
 * counts once it is over, whole; a time to an event is censored at the cut-off. What does not count is {@code not_due}.
 *
 * @param day the last day that counts
 */
record CutOff(Study study, LocalDate day) {
    private static final String NOT_DUE = "not_due";
    private static final short CENSORED = 0;
    /** They hold on whatever day one asks. */
    private static final Set<String> BY_DESIGN = Set.of("not_scheduled", "not_ascertained", "detail_not_told");

    List<OutcomeRow> apply(Outcome outcome, List<OutcomeRow> rows) {
        return rows.stream().flatMap(row -> find(outcome, row).stream()).toList();
    }

    private Optional<OutcomeRow> find(Outcome outcome, OutcomeRow row) {
        LocalDate zero = row.timeZero();
        if (zero == null || zero.isAfter(day)) {
            return Optional.empty();
        }
        Cells cells = new Cells(row);
        for (int at = 0; at < row.reasons().length; at++) {
            if (outcome.isOverPeriods()) {
                overPeriod(
                        cells,
                        at,
                        zero,
                        study.followUp().period(outcome.periods().get(at)),
                        outcome.type());
            } else {
                Integer measured = row.days()[at];
                LocalDate when = measured == null || row.values()[at] == null
                        ? zero.plusMonths(study.intervals().get(at).month())
                        : zero.plusDays(measured);
                cells.keepIf(at, !when.isAfter(day));
            }
        }
        return Optional.of(cells.row());
    }

    private void overPeriod(Cells cells, int at, LocalDate zero, Period period, OutcomeType type) {
        LocalDate from = zero.plusMonths(period.fromMonth());
        LocalDate until = zero.plusMonths(period.toMonth());
        if (type == OutcomeType.TIME_TO_EVENT) {
            cells.censor(at, ChronoUnit.DAYS.between(from, day.plusDays(1)));
        } else {
            cells.keepIf(at, !until.isAfter(day.plusDays(1)));
        }
    }

    /** The cells of one row, being changed. */
    private static final class Cells {
        private final OutcomeRow row;
        private final @Nullable Double[] values;
        private final @Nullable String[] reasons;
        private final @Nullable Short[] endings;
        private final @Nullable Double[] exposures;

        Cells(OutcomeRow row) {
            this.row = row;
            values = row.values().clone();
            reasons = row.reasons().clone();
            endings = row.endings().clone();
            exposures = row.exposures().clone();
        }

        void keepIf(int at, boolean counts) {
            if (!counts && !BY_DESIGN.contains(String.valueOf(reasons[at]))) {
                values[at] = null;
                reasons[at] = NOT_DUE;
                endings[at] = null;
                exposures[at] = null;
            }
        }

        void censor(int at, long days) {
            Double time = values[at];
            keepIf(at, days > 0);
            if (days > 0 && time != null && time > days) {
                values[at] = (double) days;
                endings[at] = CENSORED;
                exposures[at] = (double) days;
            }
        }

        OutcomeRow row() {
            return new OutcomeRow(
                    row.site(),
                    row.arm(),
                    row.factorsJson(),
                    values,
                    reasons,
                    endings,
                    exposures,
                    row.cluster(),
                    row.timeZero(),
                    row.days());
        }
    }
}
