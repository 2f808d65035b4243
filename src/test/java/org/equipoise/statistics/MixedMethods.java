package org.equipoise.statistics;

import static org.equipoise.statistics.ReferenceMethods.estimate;
import static org.equipoise.statistics.ReferenceMethods.labelled;
import static org.equipoise.statistics.ReferenceMethods.object;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.equipoise.statistics.MixedModel.DegreesOfFreedom;
import org.equipoise.statistics.RepeatedDesign.Effect;
import tools.jackson.databind.JsonNode;

/** Reference results of mixed models for repeated measures. */
final class MixedMethods {

    private MixedMethods() {}

    static void register(Map<String, BiFunction<Selection, JsonNode, Object>> methods) {
        methods.put("mmrm", MixedMethods::repeated);
        methods.put("mmrm_cluster_robust", MixedMethods::clustered);
        methods.put("mmrm_linear_combination", MixedMethods::combinations);
        methods.put("mmrm_joint_test", (selection, expected) -> jointTest(selection));
        methods.put("mmrm_joint_change", (selection, expected) -> jointChange(selection));
        methods.put("mmrm_icc", (selection, expected) -> intraclass(selection));
        methods.put("mmrm_two_stage", (selection, expected) -> twoStage(selection));
        methods.put("random_intercept_joint_test", (selection, expected) -> randomInterceptJoint(selection));
        methods.put("mmrm_clustered_contrasts", (selection, expected) -> clusteredContrasts(selection));
        methods.put("mmrm_arm_only", (selection, expected) -> armOnly(selection));
        methods.put("random_intercept_lmm", (selection, expected) -> randomIntercept(selection));
    }

    /** The rows of a record, and its participants in the order of their names. */
    record Trial(Table rows, List<String> participants, List<String> visits, String treatment) {

        static Trial of(Selection selection) {
            JsonNode chosen = selection.select().path("visits");
            Table all = selection.rows().with("value");
            Table rows = chosen.isArray() ? all.where(row -> names(chosen).contains(Table.text(row, "visit"))) : all;
            List<String> visits = chosen.isArray() ? names(chosen) : sorted(rows.texts("visit"));
            return new Trial(rows, sorted(rows.texts("participant")), visits, selection.treatment());
        }

        private static List<String> names(JsonNode array) {
            List<String> names = new ArrayList<>();
            array.forEach(name -> names.add(name.asString()));
            return names;
        }

        private static List<String> sorted(List<String> names) {
            return new LinkedHashSet<>(names).stream().sorted().toList();
        }

        RepeatedMeasures measures(Function<Integer, Double> months) {
            int[] participant = rows.texts("participant").stream()
                    .mapToInt(participants::indexOf)
                    .toArray();
            int[] visit = rows.texts("visit").stream().mapToInt(visits::indexOf).toArray();
            double[] due = new double[visits.size()];
            Arrays.setAll(due, months::apply);
            return RepeatedMeasures.of(visits, due, participants.size(), participant, visit, rows.numbers("value"));
        }

        RepeatedMeasures measures(String time) {
            Map<String, Double> months = rows.rows().stream()
                    .collect(Collectors.toMap(
                            row -> Table.text(row, "visit"), row -> Table.number(row, time), (a, b) -> a));
            return measures(i -> months.get(visits.get(i)));
        }

        /** The participants of one site, or whatever a column says. */
        Trial at(String column, String level) {
            Table those = rows.where(column, level);
            return new Trial(those, sorted(those.texts("participant")), visits, treatment);
        }

        /** At the months of a column, or one step apart where none is named. */
        RepeatedMeasures at(String time) {
            return time.isEmpty() ? measures() : measures(time);
        }

        RepeatedMeasures measures() {
            return measures(i -> (double) i);
        }

        /** A participant's variable, from their first row. */
        List<String> texts(String column) {
            Map<String, String> first = new LinkedHashMap<>();
            rows.rows().forEach(row -> first.putIfAbsent(Table.text(row, "participant"), Table.text(row, column)));
            return participants.stream().map(first::get).toList();
        }

        double[] numbers(String column) {
            return texts(column).stream().mapToDouble(Double::parseDouble).toArray();
        }

        boolean[] treated() {
            List<String> arms = texts("arm");
            boolean[] treated = new boolean[arms.size()];
            for (int i = 0; i < treated.length; i++) {
                treated[i] = arms.get(i).equals(treatment);
            }
            return treated;
        }

        /** Who shares what a column says; whoever has nothing there is a cluster of their own. */
        List<String> clusters(String column) {
            List<String> clusters = new ArrayList<>(texts(column));
            for (int who = 0; who < clusters.size(); who++) {
                if (clusters.get(who).isEmpty()) {
                    clusters.set(who, participants.get(who));
                }
            }
            return clusters;
        }

        RepeatedDesign empty() {
            return RepeatedDesign.of(participants.size(), visits);
        }

        /** The model that a pack names, or the one of all records of {@code btheb}. */
        RepeatedDesign design(String model) {
            String formula = model.isEmpty() ? "arm*visit + baseline*visit + drug + length" : model;
            RepeatedDesign design = empty();
            for (String term : formula.split(" \\+ ", -1)) {
                design = switch (term) {
                    case "arm*visit" -> design.withArms(treated(), Effect.BY_INTERVAL);
                    case "arm" -> design.withArms(treated(), Effect.CONSTANT);
                    case "baseline*visit" -> design.withCovariate("baseline", numbers("baseline"), Effect.BY_INTERVAL);
                    default -> design.withFactor(term, texts(term), Effect.CONSTANT);
                };
            }
            return design;
        }

        /** The name that R gives a column. */
        String nameInR(String column) {
            String[] parts = column.split(":", -1);
            String first = nameOfTerm(parts[0]);
            if (parts.length == 1) {
                return first;
            }
            String visit = nameOfTerm(parts[1]);
            return first.startsWith("arm") ? first + ":" + visit : visit + ":" + first;
        }

        private String nameOfTerm(String term) {
            return switch (term) {
                case Design.INTERCEPT -> "(Intercept)";
                case Design.TREATMENT -> "arm" + treatment;
                default -> term.replaceFirst("^interval=", "visit").replaceFirst("=", "");
            };
        }
    }

    private static CovarianceStructure structure(Selection selection) {
        return Arrays.stream(CovarianceStructure.values())
                .filter(structure -> structure.code().equals(selection.text("cov")))
                .findFirst()
                .orElseThrow();
    }

    private static DegreesOfFreedom df(Selection selection) {
        return switch (selection.text("df")) {
            case "Satterthwaite" -> DegreesOfFreedom.SATTERTHWAITE;
            case "Kenward-Roger" -> DegreesOfFreedom.KENWARD_ROGER;
            case "Kenward-Roger-Linear" -> DegreesOfFreedom.KENWARD_ROGER_LINEAR;
            case "Residual" -> DegreesOfFreedom.RESIDUAL;
            default -> throw new IllegalArgumentException("df " + selection.text("df"));
        };
    }

    private static Object repeated(Selection selection, JsonNode expected) {
        Trial trial = Trial.of(selection);
        boolean reml = selection.select().path("reml").asBoolean(true);
        MixedModelFit fit = fit(selection, trial);
        Map<String, Object> result = tables(selection, trial, fit, fit.inference(df(selection)));
        result.put("reml", reml);
        result.put("n_theta", fit.covarianceParameters());
        result.put("aic", fit.aic());
        result.put("bic", fit.bic());
        result.put("covariance", matrix(fit.covariance(true).orElseThrow()));
        return result;
    }

    private static MixedModelFit fit(Selection selection, Trial trial) {
        boolean reml = selection.select().path("reml").asBoolean(true);
        return MixedModel.withDefaults()
                .with(structure(selection))
                .with(reml ? MixedModel.Criterion.REML : MixedModel.Criterion.ML)
                .fit(trial.at(selection.text("time")), trial.design(selection.text("model")));
    }

    private static Object jointTest(Selection selection) {
        Trial trial = Trial.of(selection);
        MixedModelFit fit = fit(selection, trial);
        JointTest satterthwaite = fit.inference(DegreesOfFreedom.SATTERTHWAITE).jointDifference(trial.visits());
        JointTest kenwardRoger =
                fit.inference(DegreesOfFreedom.KENWARD_ROGER_LINEAR).jointDifference(trial.visits());
        return object(
                "f", satterthwaite.f(),
                "df", satterthwaite.denominatorDegreesOfFreedom(),
                "p", satterthwaite.p(),
                "kr_f", kenwardRoger.f(),
                "kr_df", kenwardRoger.denominatorDegreesOfFreedom(),
                "kr_p", kenwardRoger.p());
    }

    private static Object jointChange(Selection selection) {
        Trial trial = Trial.of(selection);
        return joint(fit(selection, trial).inference(df(selection)).jointChange(trial.visits()));
    }

    private static Map<String, Object> joint(JointTest test) {
        return object(
                "f", test.f(),
                "df1", test.numeratorDegreesOfFreedom(),
                "df", test.denominatorDegreesOfFreedom(),
                "p", test.p());
    }

    /** By participant, or by the clusters that the record names a column of. */
    private static Object clusteredContrasts(Selection selection) {
        Trial trial = Trial.of(selection);
        MixedModelFit fit = fit(selection, trial);
        if (selection.text("cluster").isEmpty()) {
            return contrasts(trial, fit::clustered);
        }
        List<String> clusters = trial.clusters(selection.text("cluster"));
        Map<String, Object> result = contrasts(trial, correction -> fit.clustered(correction, clusters));
        result.put(
                "clusters",
                trial.texts(selection.text("cluster")).stream()
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .count());
        return result;
    }

    private static Object intraclass(Selection selection) {
        Trial trial = Trial.of(selection);
        return object(
                "icc",
                trial.visits().stream()
                        .map(visit -> {
                            Trial there = trial.at("visit", visit);
                            Design design = Design.ofArms(there.treated())
                                    .withCovariate("baseline", there.numbers("baseline"))
                                    .withFactor("site", there.texts("site"));
                            return IntraclassCorrelation.reml(
                                            there.rows().numbers("value"),
                                            design,
                                            there.clusters(selection.text("cluster")))
                                    .correlation()
                                    .value();
                        })
                        .toList());
    }

    private static Map<String, Object> contrasts(Trial trial, Function<ClusterRobust, MixedModelInference> by) {
        return object(
                "cr0", contrasts(trial, by.apply(ClusterRobust.CR0)),
                "cr2", contrasts(trial, by.apply(ClusterRobust.CR2)),
                "cr3", contrasts(trial, by.apply(ClusterRobust.CR3)));
    }

    private static Object twoStage(Selection selection) {
        List<Estimate> effects = new ArrayList<>();
        for (String site : Trial.names(selection.select().get("sites"))) {
            Trial trial = Trial.of(selection).at("site", site);
            effects.add(fit(selection, trial).inference(df(selection)).difference(selection.text("at")));
        }
        double[] values =
                effects.stream().mapToDouble(effect -> effect.value().value()).toArray();
        double[] errors = effects.stream()
                .mapToDouble(effect -> effect.standardError().value())
                .toArray();
        MetaAnalysis.Result pooled = MetaAnalysis.withDefaults()
                .pool(values, Arrays.stream(errors).map(error -> error * error).toArray());
        return object(
                "site_estimates", Arrays.stream(values).boxed().toList(),
                "site_se", Arrays.stream(errors).boxed().toList(),
                "k", pooled.studies(),
                "estimate", pooled.pooled().value(),
                "se", pooled.pooled().standardError(),
                "df", pooled.pooled().degreesOfFreedom(),
                "ci_lower", pooled.pooled().lower(),
                "ci_upper", pooled.pooled().upper(),
                "hk_factor", pooled.hartungKnappFactor(),
                "tau2", pooled.heterogeneity().tau2(),
                "Q", pooled.heterogeneity().q(),
                "pi_lower", pooled.prediction().lower(),
                "pi_upper", pooled.prediction().upper());
    }

    private static List<List<Double>> matrix(double[][] matrix) {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    private static Map<String, Object> tables(
            Selection selection, Trial trial, MixedModelFit fit, MixedModelInference inference) {
        Design.LevelWeights weights = selection.text("lsmeans").equals("proportional")
                ? Design.LevelWeights.PROPORTIONAL
                : Design.LevelWeights.EQUAL;
        List<Object> means = new ArrayList<>();
        for (String visit : trial.visits()) {
            for (boolean treated : new boolean[] {false, true}) {
                Map<String, Object> row =
                        labelled("visit", visit, estimate(inference.leastSquaresMean(treated, visit, weights)));
                row.put("arm", treated ? selection.treatment() : selection.control());
                means.add(row);
            }
        }
        return object(
                "n_obs", fit.observations(),
                "n_participants", fit.participants(),
                "loglik", fit.logLikelihood(),
                "minus2_loglik", fit.logLikelihood().map(value -> -2 * value),
                "lsmeans", means,
                "contrasts", contrasts(trial, inference),
                "coefficients",
                        inference.columnNames().stream()
                                .map(column -> labelled(
                                        "term", trial.nameInR(column), estimate(inference.coefficient(column))))
                                .toList());
    }

    private static List<Map<String, Object>> contrasts(Trial trial, MixedModelInference inference) {
        return trial.visits().stream()
                .map(visit -> labelled("visit", visit, estimate(inference.difference(visit))))
                .toList();
    }

    private static Object clustered(Selection selection, JsonNode expected) {
        Trial trial = Trial.of(selection);
        String time = selection.text("time");
        CovarianceStructure structure = structure(selection);
        MixedModelFit fit = MixedModel.withDefaults()
                .with(structure)
                .fit(time.isEmpty() ? trial.measures() : trial.measures(time), trial.design(selection.text("model")));
        MixedModelInference inference = fit.clustered(ClusterRobust.CR2);
        double[][] sigma = fit.covariance(true).orElseThrow();
        Map<String, Object> result = tables(selection, trial, fit, inference);
        result.put("covariance", covariance(structure, sigma, months(trial, time)));
        result.put("combinations", combinations(trial, inference, expected));
        result.put("cr0_contrasts", contrasts(trial, fit.clustered(ClusterRobust.CR0)));
        result.put("cr3_contrasts", contrasts(trial, fit.clustered(ClusterRobust.CR3)));
        result.put("model_based_contrasts", contrasts(trial, fit.inference(DegreesOfFreedom.SATTERTHWAITE)));
        result.put(
                "fork_df_residual",
                fit.inference(DegreesOfFreedom.RESIDUAL)
                        .difference(trial.visits().get(0))
                        .degreesOfFreedom());
        return result;
    }

    private static double months(Trial trial, String time) {
        if (time.isEmpty()) {
            return 1;
        }
        double[] months = trial.measures(time).months();
        return months[1] - months[0];
    }

    /** Variance, correlation, and for the spatial structure correlation one unit apart and range. */
    private static Object covariance(CovarianceStructure structure, double[][] sigma, double distance) {
        double rho = Math.pow(sigma[0][1] / sigma[0][0], 1 / distance);
        return structure == CovarianceStructure.SPATIAL_EXPONENTIAL
                ? object("variance", sigma[0][0], "correlation_at_distance_1", rho, "range", -1 / Math.log(rho))
                : object("variance", sigma[0][0], "correlation", rho);
    }

    private static Object combinations(Selection selection, JsonNode expected) {
        Trial trial = Trial.of(selection);
        MixedModelFit fit =
                MixedModel.withDefaults().with(structure(selection)).fit(trial.measures(), trial.design(""));
        return object(
                "loglik", fit.logLikelihood(),
                "combinations", combinations(trial, fit.inference(df(selection)), expected));
    }

    /** The combinations that the record names, for instance {@code maintenance m3 to m8}. */
    private static List<Object> combinations(Trial trial, MixedModelInference inference, JsonNode expected) {
        List<Object> rows = new ArrayList<>();
        for (JsonNode row : expected.get("result").get("combinations")) {
            String term = row.get("term").asString();
            List<String> words = List.of(term.split(" ", -1));
            List<String> visits =
                    words.stream().filter(trial.visits()::contains).toList();
            Estimate estimate = switch (words.get(0)) {
                case "maintenance" -> inference.maintenance(visits.get(0), visits.get(1));
                case "mean" -> inference.meanDifference(visits);
                default -> change(trial, inference, visits, words.get(1).equals("treatment"));
            };
            rows.add(labelled("term", term, estimate(estimate)));
        }
        return rows;
    }

    private static Estimate change(Trial trial, MixedModelInference inference, List<String> visits, boolean treated) {
        double[] change = new double[trial.visits().size()];
        change[trial.visits().indexOf(visits.get(1))] = 1;
        change[trial.visits().indexOf(visits.get(0))] = -1;
        double[] none = new double[change.length];
        return inference.ofMeans(treated ? change : none, treated ? none : change, Design.LevelWeights.EQUAL);
    }

    private static Object armOnly(Selection selection) {
        Trial trial = Trial.of(selection);
        MixedModelFit fit = MixedModel.withDefaults()
                .with(structure(selection))
                .fit(trial.measures(), trial.empty().withArms(trial.treated(), Effect.CONSTANT));
        Map<String, Object> result =
                new LinkedHashMap<>(estimate(fit.inference(df(selection)).coefficient(Design.TREATMENT)));
        result.put("minus2_loglik", fit.logLikelihood().map(value -> -2 * value));
        return result;
    }

    /** The same fixed effects row by row, with products of indicators for the interactions. */
    private record RandomIntercept(Trial trial, Design design, RandomInterceptModel fit, DegreesOfFreedom df) {

        static RandomIntercept of(Selection selection) {
            Trial trial = Trial.of(selection);
            Table rows = trial.rows();
            boolean[] treated = rows.are("arm", selection.treatment());
            double[] baseline = rows.numbers("baseline");
            Design design = Design.ofArms(treated)
                    .withFactor("visit", rows.texts("visit"))
                    .withCovariate("baseline", baseline);
            for (String term : List.of("drug", "length", "site")) {
                design = rows.has(term) ? design.withFactor(term, rows.texts(term)) : design;
            }
            for (String visit : trial.visits().subList(1, trial.visits().size())) {
                boolean[] at = rows.are("visit", visit);
                double[] arm = new double[at.length];
                double[] slope = new double[at.length];
                for (int i = 0; i < at.length; i++) {
                    arm[i] = at[i] && treated[i] ? 1 : 0;
                    slope[i] = at[i] ? baseline[i] : 0;
                }
                design = design.withCovariate("arm:" + visit, arm).withCovariate("baseline:" + visit, slope);
            }
            return new RandomIntercept(
                    trial,
                    design,
                    RandomInterceptModel.fit(rows.numbers("value"), design, rows.texts("participant")),
                    selection.text("df").equals("satterthwaite")
                            ? DegreesOfFreedom.SATTERTHWAITE
                            : DegreesOfFreedom.KENWARD_ROGER);
        }

        /** Differences at each visit: weight of the arm, and of its product with the visit. */
        private List<double[]> differences(double ofArm) {
            return trial.visits().stream()
                    .map(visit -> {
                        double[] weights = new double[design.columnNames().size()];
                        weights[design.indexOf(Design.TREATMENT)] = ofArm;
                        if (design.columnNames().contains("arm:" + visit)) {
                            weights[design.indexOf("arm:" + visit)] = 1;
                        }
                        return weights;
                    })
                    .toList();
        }
    }

    private static Object randomInterceptJoint(Selection selection) {
        RandomIntercept model = RandomIntercept.of(selection);
        List<double[]> changes = model.differences(0);
        return object(
                "all", joint(model.fit.joint(model.differences(1), model.df)),
                "change", joint(model.fit.joint(changes.subList(1, changes.size()), model.df)));
    }

    private static Object randomIntercept(Selection selection) {
        RandomIntercept model = RandomIntercept.of(selection);
        List<double[]> differences = model.differences(1);
        List<Object> contrasts = new ArrayList<>();
        for (int i = 0; i < differences.size(); i++) {
            contrasts.add(labelled(
                    "visit",
                    model.trial.visits().get(i),
                    estimate(model.fit.combination(differences.get(i), model.df))));
        }
        return object(
                "loglik", model.fit.logLikelihood(),
                "var_participant", model.fit.components().between(),
                "var_residual", model.fit.components().within(),
                "contrasts", contrasts);
    }
}
