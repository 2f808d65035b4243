package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.labelled;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;

/** Reference results of binary outcomes. */
final class BinaryMethods {

    private BinaryMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("binary_two_arm", (selection, expected) -> binary(table(selection)));
        methods.put("mantel_haenszel_by_site", (selection, expected) -> mantelHaenszel(selection, expected));
        methods.put("reliable_change", (selection, expected) -> reliableChange(selection));
    }

    private static TwoByTwoTable table(Selection selection) {
        if (selection.select().has("table")) {
            Map<String, String> row = selection
                    .pack()
                    .table("tables.csv")
                    .where("table", selection.select().get("table").asString())
                    .rows()
                    .get(0);
            return new TwoByTwoTable(
                    count(row, "events_treatment"),
                    count(row, "n_treatment"),
                    count(row, "events_control"),
                    count(row, "n_control"));
        }
        return table(selection, selection.rows().with("value"));
    }

    private static TwoByTwoTable table(Selection selection, Table rows) {
        return TwoByTwoTable.of(
                events(selection, rows.where("arm", selection.treatment())),
                events(selection, rows.where("arm", selection.control())));
    }

    private static boolean[] events(Selection selection, Table rows) {
        boolean[] events = new boolean[rows.size()];
        for (int i = 0; i < events.length; i++) {
            Map<String, String> row = rows.rows().get(i);
            events[i] = switch (selection.text("event")) {
                case "value < 10" -> Table.number(row, "value") < 10;
                case "value <= 0.5*baseline" -> Table.number(row, "value") <= 0.5 * Table.number(row, "baseline");
                default -> Table.number(row, "value") == 1;
            };
        }
        return events;
    }

    private static int count(Map<String, String> row, String column) {
        return Integer.parseInt(Table.text(row, column));
    }

    private static Object binary(TwoByTwoTable table) {
        Proportion p1 = table.riskTreatment();
        Proportion p2 = table.riskControl();
        Estimate wald = table.riskDifferenceWald();
        Estimate rr = table.riskRatio();
        Estimate or = table.oddsRatio();
        Estimate orHalf = table.halfCorrected(TwoByTwoTable.Measure.LOG_ODDS_RATIO);
        Estimate rrHalf = table.halfCorrected(TwoByTwoTable.Measure.LOG_RISK_RATIO);
        TwoByTwoTable.Fisher fisher = table.fisher();
        return object(
                "events_treatment", table.eventsTreatment(),
                "n_treatment", table.treatment(),
                "events_control", table.eventsControl(),
                "n_control", table.control(),
                "p_treatment", p1.value(),
                "wilson_treatment_lower", p1.wilson().lower(),
                "wilson_treatment_upper", p1.wilson().upper(),
                "p_control", p2.value(),
                "wilson_control_lower", p2.wilson().lower(),
                "wilson_control_upper", p2.wilson().upper(),
                "cp_treatment", limits(p1.clopperPearson()),
                "cp_control", limits(p2.clopperPearson()),
                "rd", table.riskDifference(),
                "rd_newcombe_lower", table.newcombe().lower(),
                "rd_newcombe_upper", table.newcombe().upper(),
                "rd_wald_se", wald.standardError(),
                "rd_wald_lower", wald.lower(),
                "rd_wald_upper", wald.upper(),
                "rr", rr.value(),
                "rr_log_se", rr.standardError(),
                "rr_lower", rr.lower(),
                "rr_upper", rr.upper(),
                "or", or.value(),
                "or_log_se", or.standardError(),
                "or_woolf_lower", or.lower(),
                "or_woolf_upper", or.upper(),
                "zero_cell", table.hasZeroCell(),
                "or_half_correction_only0", orHalf.value().map(Math::exp),
                "or_half_correction_only0_log_se", orHalf.standardError(),
                "rr_half_correction_only0", rrHalf.value().map(Math::exp),
                "rr_half_correction_only0_log_se", rrHalf.standardError(),
                "fisher_p", fisher.p(),
                "fisher_or_conditional_mle", fisher.oddsRatio(),
                "fisher_or_lower", fisher.limits().lower(),
                "fisher_or_upper", fisher.limits().upper(),
                "chisq", table.chiSquare(false).statistic(),
                "chisq_df", 1,
                "chisq_p", table.chiSquare(false).p(),
                "fork_chisq_yates", table.chiSquare(true).statistic(),
                "fork_chisq_yates_p", table.chiSquare(true).p(),
                "nnt", table.numberNeededToTreat().value(),
                "nnt_newcombe", numberNeeded(table.numberNeededToTreat()),
                "nnt_wald", numberNeeded(table.numberNeededToTreatWald()));
    }

    private static List<Quantity> limits(Limits limits) {
        return List.of(limits.lower(), limits.upper());
    }

    private static Object numberNeeded(NumberNeededToTreat number) {
        return object(
                "nnt_lower", number.limits().lower(),
                "nnt_upper", number.limits().upper(),
                "nnt_increase_side_from", number.increaseFrom(),
                "nnt_decrease_side_from", number.decreaseFrom());
    }

    private static Object mantelHaenszel(Selection selection, JsonNode expected) {
        if (expected.get("result").has("log_or")) {
            MantelHaenszel pooled = MantelHaenszel.of(trials(selection.pack()));
            return object(
                    "log_or", estimate(pooled.logOddsRatio()),
                    "log_rr", estimate(pooled.logRiskRatio()),
                    "rd", estimate(pooled.riskDifference()));
        }
        Table rows = selection.rows().with("value");
        String stratum = selection.text("stratum").isEmpty() ? "site" : selection.text("stratum");
        List<TwoByTwoTable> tables = new ArrayList<>();
        List<Object> counts = new ArrayList<>();
        for (String level : rows.texts(stratum).stream().sorted().distinct().toList()) {
            TwoByTwoTable table = table(selection, rows.where(stratum, level));
            tables.add(table);
            counts.add(labelled(
                    "site",
                    level,
                    object(
                            "ai", table.eventsTreatment(),
                            "n1i", table.treatment(),
                            "ci", table.eventsControl(),
                            "n2i", table.control())));
        }
        MantelHaenszel pooled = MantelHaenszel.of(tables);
        Map<String, Object> result = object(
                "strata", tables.size(),
                "strata_both_arms", pooled.strata(),
                "or_log", pooled(pooled.logOddsRatio()),
                "or", pooled.logOddsRatio().value().map(Math::exp),
                "or_lower", pooled.logOddsRatio().lower().map(Math::exp),
                "or_upper", pooled.logOddsRatio().upper().map(Math::exp),
                "rr_log", pooled(pooled.logRiskRatio()),
                "rr", pooled.logRiskRatio().value().map(Math::exp),
                "rd", pooled.riskDifference().value(),
                "rd_se", pooled.riskDifference().standardError(),
                "rd_lower", pooled.riskDifference().lower(),
                "rd_upper", pooled.riskDifference().upper(),
                "rd_p", pooled.riskDifference().p(),
                "fork_rd_se_greenland_robins", pooled.riskDifferenceOlderError(),
                "strata_table", counts);
        result.put("cmh_cc", pooled.correctedTest().statistic());
        result.put("cmh_cc_p", pooled.correctedTest().p());
        result.put("cmh_no_cc", pooled.test().statistic());
        result.put("cmh_no_cc_p", pooled.test().p());
        result.put("breslow_day_tarone", pooled.homogeneity().statistic());
        result.put("breslow_day_tarone_p", pooled.homogeneity().p());
        return result;
    }

    private static Map<String, Object> pooled(Estimate estimate) {
        Map<String, Object> columns = estimate(estimate);
        columns.put("log_or_raw_estimate", estimate.value());
        return columns;
    }

    /** The trials of a pack with one row a trial. */
    static List<TwoByTwoTable> trials(ReferencePack pack) {
        return pack.table("data.csv").rows().stream()
                .map(row -> new TwoByTwoTable(
                        count(row, "tpos"),
                        count(row, "tpos") + count(row, "tneg"),
                        count(row, "cpos"),
                        count(row, "cpos") + count(row, "cneg")))
                .toList();
    }

    private static Object reliableChange(Selection selection) {
        ReliableChange rule = new ReliableChange(
                selection.number("sd_norm"),
                selection.number("reliability"),
                selection.number("cutoff"),
                selection.select().get("lower_is_better").booleanValue());
        List<Object> counts = new ArrayList<>();
        for (String arm : List.of(selection.treatment(), selection.control())) {
            Table rows = selection.rows().where("arm", arm).with("value", "baseline");
            ReliableChange.Counts count = rule.count(rows.numbers("baseline"), rows.numbers("value"));
            counts.add(labelled(
                    "arm",
                    arm,
                    object(
                            "n", rows.size(),
                            "recovered", count.recovered(),
                            "improved", count.improved(),
                            "unchanged", count.unchanged(),
                            "deteriorated", count.deteriorated())));
        }
        return object(
                "sem", rule.standardErrorOfMeasurement(),
                "s_diff", rule.standardErrorOfDifference(),
                "raw_change_needed", rule.reliablePoints(),
                "counts", counts);
    }
}
