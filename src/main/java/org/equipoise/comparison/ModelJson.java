package org.equipoise.comparison;

import java.util.List;
import java.util.function.Function;
import org.equipoise.statistics.CovarianceChain.Attempt;
import org.equipoise.statistics.CovarianceChain.SharedPair;
import org.equipoise.statistics.Estimate;
import org.equipoise.statistics.MixedModelFit.Convergence;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.Quantity;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a model comes to beyond single numbers, as JSON. What is not finite is left out. */
final class ModelJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ModelJson() {}

    static String names(List<String> names) {
        ArrayNode array = JSON.createArrayNode();
        names.forEach(array::add);
        return array.toString();
    }

    /** Each covariance considered: its name, and why it was not used. */
    static String attempts(List<Attempt> attempts) {
        ArrayNode array = JSON.createArrayNode();
        for (Attempt attempt : attempts) {
            ObjectNode node =
                    array.addObject().put("structure", attempt.structure().code());
            attempt.reason().map(EstimateRows::code).ifPresent(reason -> node.put("reason", reason));
            attempt.shortPair().ifPresent(pair -> addPair(node, pair));
            attempt.convergence().ifPresent(climb -> addClimb(node, climb));
        }
        return array.toString();
    }

    private static void addPair(ObjectNode node, SharedPair pair) {
        node.putArray("intervals").add(pair.first()).add(pair.second());
        node.put("shared", pair.participants());
    }

    private static void addClimb(ObjectNode node, Convergence climb) {
        node.put("iterations", climb.iterations());
        if (Double.isFinite(climb.largestGradient())) {
            node.put("gradient", climb.largestGradient());
        }
        node.put("converged", climb.converged());
    }

    /** Rows of the matrix over the intervals. */
    static String matrix(List<String> intervals, double[][] matrix) {
        ObjectNode node = JSON.createObjectNode();
        node.set("intervals", JSON.valueToTree(intervals));
        node.set("matrix", JSON.valueToTree(matrix));
        return node.toString();
    }

    /** The same of each arm. */
    static String matrices(List<String> intervals, double[][] treatment, double[][] control) {
        ObjectNode node = JSON.createObjectNode();
        node.set("intervals", JSON.valueToTree(intervals));
        node.set("treatment", JSON.valueToTree(treatment));
        node.set("control", JSON.valueToTree(control));
        return node.toString();
    }

    /** Variances between and within participants. */
    static String variances(Quantity between, Quantity within) {
        ObjectNode node = JSON.createObjectNode();
        put(node, "between", between);
        put(node, "within", within);
        return node.toString();
    }

    /**
     * Each term with its estimate and what is known of its uncertainty.
     *
     * @param name what the table calls a column
     * @param p whether p values may be told
     */
    static String coefficients(
            List<String> columns, Function<String, String> name, Function<String, Estimate> of, boolean p) {
        ObjectNode node = JSON.createObjectNode();
        for (String column : columns) {
            Estimate estimate = of.apply(column);
            ObjectNode term = node.putObject(name.apply(column));
            put(term, "estimate", estimate.value());
            put(term, "se", estimate.standardError());
            put(term, "df", estimate.degreesOfFreedom());
            put(term, "t", estimate.statistic());
            if (p) {
                put(term, "p", estimate.p());
            }
            estimate.value()
                    .reason()
                    .map((NotEstimable reason) -> EstimateRows.code(reason))
                    .ifPresent(reason -> term.put("reason", reason));
        }
        return node.toString();
    }

    private static void put(ObjectNode node, String field, Quantity quantity) {
        if (quantity.isEstimable() && Double.isFinite(quantity.value())) {
            node.put(field, quantity.value());
        }
    }
}
