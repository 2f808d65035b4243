package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Criterion;
import org.equipoise.definition.RepeatedModels.Inference;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.RepeatedModels.Weights;
import org.equipoise.definition.Study;
import tools.jackson.databind.JsonNode;

/** A reference record of a mixed model, and where its numbers are: in {@code comparison.estimate} or {@code comparison.model}. */
record RepeatedRecord(ReferenceRecord record) {

    /** Where a number is. */
    sealed interface Place permits OfEstimate, OfModel {}

    /** In a row of the estimates, in one of its columns. */
    record OfEstimate(
            String method, String variant, String interval, String quantity, String arm, String variable, String column)
            implements Place {}

    /** In the row of the model: an expression of SQL. */
    record OfModel(String expression) implements Place {}

    /** One number. */
    record Expected(String key, double number, Place place) {}

    private JsonNode select() {
        return record.node().get("select");
    }

    /** The study's model that the record is about. */
    Model model(Study study) {
        return study.comparisons().repeated().models().stream()
                .filter(model -> model.covariance() == covariance()
                        && model.inference() == inference()
                        && model.criterion() == (select().path("reml").asBoolean(true) ? Criterion.REML : Criterion.ML)
                        && model.weights()
                                == (record.selected("lsmeans").equals("proportional")
                                        ? Weights.PROPORTIONAL
                                        : Weights.EQUAL))
                .findFirst()
                .orElseThrow();
    }

    private Covariance covariance() {
        return record.text("method").equals("random_intercept_lmm")
                ? Covariance.RANDOM_INTERCEPT
                : Covariance.valueOf(record.selected("cov").toUpperCase(Locale.ROOT));
    }

    private Inference inference() {
        if (record.selected("vcov").startsWith("CR2")) {
            return Inference.CR2;
        }
        return switch (record.selected("df").toLowerCase(Locale.ROOT)) {
            case "satterthwaite" -> Inference.SATTERTHWAITE;
            case "kenward-roger" -> Inference.KENWARD_ROGER;
            case "kenward-roger-linear" -> Inference.KENWARD_ROGER_LINEAR;
            default -> throw new IllegalArgumentException(record.selected("df"));
        };
    }

    /** Every number of the record but those that only say how it was verified. */
    List<Expected> numbers(Study study) {
        String variant = model(study).variant();
        List<Expected> numbers = new ArrayList<>();
        JsonNode result = record.node().get("result");
        for (String key : result.propertyNames()) {
            switch (key) {
                case "lsmeans" -> result.get(key).forEach(row -> rows(numbers, key, row, variant, "lsmeans"));
                case "contrasts" -> result.get(key).forEach(row -> rows(numbers, key, row, variant, "contrasts"));
                case "cr0_contrasts", "cr3_contrasts", "model_based_contrasts" ->
                    result.get(key)
                            .forEach(row -> rows(
                                    numbers, key, row, variant + ":" + key.replace("_contrasts", ""), "contrasts"));
                case "combinations" -> result.get(key).forEach(row -> rows(numbers, key, row, variant, "combinations"));
                case "coefficients" -> result.get(key).forEach(row -> coefficient(numbers, row));
                case "covariance" -> covariance(numbers, result.get(key));
                default -> single(numbers, key, result.get(key));
            }
        }
        return numbers;
    }

    private void rows(List<Expected> numbers, String key, JsonNode row, String variant, String quantity) {
        String term = row.path("term").asString("");
        String interval = term.isEmpty() ? row.get("visit").asString() : term.substring(term.lastIndexOf(' ') + 1);
        String arm = term.startsWith("change treatment")
                ? "BtheB"
                : term.startsWith("change control") ? "TAU" : row.path("arm").asString("");
        for (String field : row.propertyNames()) {
            String column = column(field);
            if (!column.isEmpty()) {
                OfEstimate place =
                        new OfEstimate(record.text("method"), variant, interval, quantity, arm, term, column);
                numbers.add(new Expected(key + "." + field, row.get(field).doubleValue(), place));
            }
        }
    }

    private static String column(String field) {
        return switch (field) {
            case "estimate" -> "estimate";
            case "se" -> "std_error";
            case "df" -> "df";
            case "t" -> "statistic";
            case "p" -> "p_value";
            case "ci_lower" -> "ci_low";
            case "ci_upper" -> "ci_high";
            case "visit", "arm", "term" -> "";
            default -> throw new IllegalArgumentException(field);
        };
    }

    private static void coefficient(List<Expected> numbers, JsonNode row) {
        String term = row.get("term").asString().replaceFirst("visit(m[0-9]+):baseline", "baseline:visit$1");
        String name = term.replaceFirst("visit(?=m[0-9])", "interval");
        for (String field : row.propertyNames()) {
            if (!field.equals("term")) {
                numbers.add(new Expected(
                        "coefficients." + field,
                        row.get(field).doubleValue(),
                        new OfModel("coefficients -> '" + name + "' ->> '" + field + "'")));
            }
        }
    }

    private static void covariance(List<Expected> numbers, JsonNode covariance) {
        String first = "(covariance -> 'matrix' -> 0 ->> 0)::float8";
        String second = "(covariance -> 'matrix' -> 0 ->> 1)::float8";
        if (covariance.isArray()) {
            for (int a = 0; a < covariance.size(); a++) {
                for (int b = 0; b < covariance.size(); b++) {
                    numbers.add(new Expected(
                            "covariance",
                            covariance.get(a).get(b).doubleValue(),
                            new OfModel("covariance -> 'matrix' -> " + a + " ->> " + b)));
                }
            }
            return;
        }
        for (String field : covariance.propertyNames()) {
            String expression = switch (field) {
                case "variance" -> first;
                case "correlation", "correlation_at_distance_1" ->
                    second + " / " + first; // the first two visits lie a month apart
                case "range" -> "-1 / ln(" + second + " / " + first + ")";
                default -> throw new IllegalArgumentException(field);
            };
            numbers.add(
                    new Expected("covariance." + field, covariance.get(field).doubleValue(), new OfModel(expression)));
        }
    }

    private static void single(List<Expected> numbers, String key, JsonNode value) {
        String expression = switch (key) {
            case "n_obs" -> "observations";
            case "n_participants" -> "participants";
            case "n_theta" -> "parameters";
            case "loglik", "aic", "bic" -> key;
            case "minus2_loglik" -> "-2 * loglik";
            case "var_participant" -> "covariance ->> 'between'";
            case "var_residual" -> "covariance ->> 'within'";
            case "fork_df_residual" -> "observations - (select count(*) from jsonb_object_keys(coefficients))";
            default -> "";
        };
        boolean described = key.startsWith("check_")
                || key.startsWith("reference_")
                || List.of("converged_with", "cov_structure", "df_method", "reml", "fork_cr2_clubsandwich_contrasts")
                        .contains(key);
        if (expression.isEmpty() != described) {
            throw new IllegalArgumentException(key);
        }
        if (!described) {
            numbers.add(new Expected(key, value.doubleValue(), new OfModel(expression)));
        }
    }
}
