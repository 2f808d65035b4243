package org.equipoise.comparison.internal;

import java.util.List;
import org.equipoise.comparison.ComparisonStore.Computation;
import org.equipoise.comparison.FittedModel;
import org.equipoise.comparison.FittedModel.Climb;
import org.equipoise.comparison.FittedModel.Fitted;
import org.equipoise.comparison.FittedModel.Likelihood;
import org.equipoise.database.BinaryCopy;

/** Models of whole follow-ups as rows of {@code comparison.model}. */
final class EncodedModels {
    static final String TABLE = "comparison.model";

    static final List<String> COLUMNS = List.of(
            "run_id",
            "snapshot_id",
            "study_code",
            "definition_hash",
            "outcome_code",
            "site_code",
            "variant",
            "method",
            "formula",
            "criterion",
            "asked",
            "seconds",
            "reason",
            "look_code",
            "closed",
            "structure",
            "inference",
            "considered",
            "intervals",
            "participants",
            "observations",
            "patterns",
            "baselines_missing",
            "baseline_sd",
            "dropped",
            "covariance",
            "coefficients",
            "fixed_by",
            "parameters",
            "loglik",
            "aic",
            "bic",
            "iterations",
            "gradient",
            "converged");

    private static final int OF_A_FIT = 13;
    private static final int OF_A_LIKELIHOOD = 4;
    private static final int OF_A_CLIMB = 3;

    private EncodedModels() {}

    static BinaryCopy of(Computation computation, List<FittedModel> models) {
        BinaryCopy copy = new BinaryCopy(COLUMNS.size());
        for (FittedModel model : models) {
            copy.startRow()
                    .int8(computation.runId())
                    .int8(computation.snapshotId())
                    .text(computation.study().value())
                    .text(computation.definitionHash())
                    .text(model.outcome())
                    .text(model.site())
                    .text(model.variant())
                    .text(model.method())
                    .text(model.formula())
                    .text(model.criterion())
                    .text(model.asked())
                    .float8(model.seconds())
                    .text(model.reason())
                    .text(computation.look())
                    .bool(computation.closed());
            Fitted fitted = model.fitted();
            if (fitted == null) {
                nothing(copy, OF_A_FIT + OF_A_LIKELIHOOD + OF_A_CLIMB);
            } else {
                fitted(copy, fitted);
            }
        }
        return copy;
    }

    private static void fitted(BinaryCopy copy, Fitted fitted) {
        copy.text(fitted.structure())
                .text(fitted.inference())
                .jsonb(fitted.considered())
                .jsonb(fitted.intervals())
                .int4(fitted.people().participants())
                .int4(fitted.people().observations());
        JdbcComparisonStore.count(copy, fitted.people().patterns());
        copy.int4(fitted.baselines().missing());
        JdbcComparisonStore.number(copy, fitted.baselines().deviation());
        copy.jsonb(fitted.dropped())
                .jsonb(fitted.covariance())
                .jsonb(fitted.coefficients())
                .text(fitted.fixedBy());
        Likelihood likelihood = fitted.likelihood();
        if (likelihood == null) {
            nothing(copy, OF_A_LIKELIHOOD);
        } else {
            copy.int4(likelihood.parameters()).float8(likelihood.logarithm());
            JdbcComparisonStore.number(copy, likelihood.aic());
            JdbcComparisonStore.number(copy, likelihood.bic());
        }
        Climb climb = fitted.climb();
        if (climb == null) {
            nothing(copy, OF_A_CLIMB);
        } else {
            copy.int4(climb.iterations());
            JdbcComparisonStore.number(copy, climb.gradient());
            copy.bool(climb.converged());
        }
    }

    private static void nothing(BinaryCopy copy, int fields) {
        for (int i = 0; i < fields; i++) {
            copy.nullField();
        }
    }
}
