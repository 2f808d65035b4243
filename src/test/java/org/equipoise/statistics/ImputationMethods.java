package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Reference results of imputation: draws on given random numbers, and pooled results of many random imputations. */
final class ImputationMethods {

    /** As many as R drew. */
    private static final int IMPUTATIONS = 200;

    private static final long SEED = 20_261_125;

    private ImputationMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("normal_regression_draw", (selection, expected) -> regressionDraw(selection));
        methods.put("conditional_normal", (selection, expected) -> conditionalNormal(selection));
        methods.put("chained_equations", (selection, expected) -> chained(selection));
        methods.put("reference_based_imputation", (selection, expected) -> referenceBased(selection));
        methods.put("tipping_point", (selection, expected) -> tipping(selection));
    }

    /** Random numbers that were written down. */
    static Draws given(double chiSquare, double... uniforms) {
        Deque<Double> rest = new ArrayDeque<>(Arrays.stream(uniforms).boxed().toList());
        return new Draws() {
            @Override
            public double uniform() {
                return rest.removeFirst();
            }

            @Override
            public double chiSquare(double degreesOfFreedom) {
                return chiSquare;
            }
        };
    }

    private static Object regressionDraw(Selection selection) {
        Draws draws = given(selection.number("chi2"), selection.numbers("uniforms"));
        double[] drawn = RegressionDraw.of(matrix(selection, "x"), selection.numbers("y"), draws)
                .normal(matrix(selection, "wanted"), draws);
        return object("draws", list(drawn));
    }

    private static Object conditionalNormal(Selection selection) {
        ConditionalNormal conditional = ConditionalNormal.of(
                matrix(selection, "covariance"), indices(selection, "given"), indices(selection, "wanted"));
        double[] drawn = conditional.draw(
                selection.numbers("means"), selection.numbers("residuals"), given(1, selection.numbers("uniforms")));
        return object("draws", list(drawn));
    }

    private static Object chained(Selection selection) {
        Table rows = selection.pack().table("data.csv");
        boolean binary = selection.text("method").equals("logreg");
        ChainedEquations method = ChainedEquations.withSeed(SEED)
                .withImputations(IMPUTATIONS)
                .with(
                        switch (selection.text("method")) {
                            case "norm" -> ChainedEquations.Method.NORMAL_REGRESSION;
                            case "pmm" -> ChainedEquations.Method.PREDICTIVE_MEAN_MATCHING;
                            default -> ChainedEquations.Method.LOGISTIC;
                        });
        IncompleteData data = incomplete(rows, binary ? List.of("r1", "r2", "r3") : List.of("s1", "s2", "s3"));
        return pooled(selection, rows, method.impute(data, rows.texts("arm")), binary);
    }

    private static Object referenceBased(Selection selection) {
        Table rows = selection.pack().table("data.csv");
        ReferenceBasedImputation method = ReferenceBasedImputation.withSeed(SEED)
                .withImputations(IMPUTATIONS)
                .with(
                        selection.text("strategy").equals("mar")
                                ? ReferenceBasedImputation.Strategy.MISSING_AT_RANDOM
                                : ReferenceBasedImputation.Strategy.JUMP_TO_REFERENCE);
        Imputations imputations =
                method.impute(incomplete(rows, List.of("s1", "s2", "s3")), rows.are("arm", selection.treatment()));
        return pooled(selection, rows, imputations, false);
    }

    static IncompleteData incomplete(Table rows, List<String> columns) {
        IncompleteData data = IncompleteData.ofRows(rows.size()).withComplete("baseline", rows.numbers("baseline"));
        for (String column : columns) {
            boolean[] missing = rows.are(column, "");
            boolean[] observed = new boolean[missing.length];
            double[] values = new double[missing.length];
            for (int i = 0; i < missing.length; i++) {
                observed[i] = !missing[i];
                values[i] = missing[i] ? Double.NaN : Table.number(rows.rows().get(i), column);
            }
            data = data.withIncomplete(column, values, observed);
        }
        return data;
    }

    private static Object pooled(Selection selection, Table rows, Imputations imputations, boolean binary) {
        boolean[] treated = rows.are("arm", selection.treatment());
        RubinPooling pooled = imputations.pool(table -> {
            double[] outcome = table.column(selection.text("outcome"));
            return binary ? riskDifference(outcome, treated) : covariance(outcome, treated, table.column("baseline"));
        });
        return object(
                "estimate", pooled.pooled().value(),
                "within", pooled.within(),
                "between", pooled.between());
    }

    private static Estimate covariance(double[] outcome, boolean[] treated, double[] baseline) {
        return LinearModel.withDefaults()
                .fit(outcome, Design.ofArms(treated).withCovariate("baseline", baseline))
                .treatment();
    }

    private static Estimate riskDifference(double[] outcome, boolean[] treated) {
        int[] events = new int[2];
        int[] people = new int[2];
        for (int i = 0; i < outcome.length; i++) {
            int arm = treated[i] ? 0 : 1;
            events[arm] += (int) outcome[i];
            people[arm]++;
        }
        return new TwoByTwoTable(events[0], people[0], events[1], people[1]).riskDifferenceWald();
    }

    /** Imputations that R made, in a table of their own: one row a person and imputation. */
    private static Object tipping(Selection selection) {
        Table all = selection.pack().table("given.csv");
        Table first = all.where("imputation", "1");
        boolean[] treated = first.are("arm", selection.treatment());
        double[] baseline = first.numbers("baseline");
        IncompleteData data = IncompleteData.ofRows(first.size())
                .withComplete("baseline", baseline)
                .withIncomplete("s3", first.numbers("s3"), first.are("observed", "1"));
        List<Imputations.Filled> tables = IntStream.rangeClosed(1, 6)
                .mapToObj(k -> new Imputations.Filled(
                        new double[][] {
                            all.where("imputation", Integer.toString(k)).numbers("s3")
                        },
                        new double[0][0],
                        false))
                .toList();
        TippingPoint.Result result = TippingPoint.withDefaults()
                .with(
                        selection.text("shifted").equals("both")
                                ? TippingPoint.Shifted.BOTH
                                : TippingPoint.Shifted.TREATMENT)
                .find(
                        Imputations.of(data, tables),
                        "s3",
                        treated,
                        (table, outcome) -> covariance(outcome, treated, table.column("baseline")),
                        selection.numbers("deltas"));
        List<Object> steps = new ArrayList<>();
        for (TippingPoint.Step step : result.steps()) {
            Map<String, Object> columns = estimate(step.pooled());
            columns.put("delta", step.delta());
            steps.add(columns);
        }
        return object("steps", steps, "delta", result.delta());
    }

    private static int[] indices(Selection selection, String key) {
        return Arrays.stream(selection.numbers(key)).mapToInt(x -> (int) x).toArray();
    }

    private static double[][] matrix(Selection selection, String key) {
        JsonNode rows = selection.select().get(key);
        return IntStream.range(0, rows.size())
                .mapToObj(i -> Selection.numbers(rows.get(i)))
                .toArray(double[][]::new);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
