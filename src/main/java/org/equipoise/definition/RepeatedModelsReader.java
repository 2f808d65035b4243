package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.RepeatedModels.Criterion;
import org.equipoise.definition.RepeatedModels.Inference;
import org.equipoise.definition.RepeatedModels.Model;
import org.equipoise.definition.RepeatedModels.Span;
import org.equipoise.definition.RepeatedModels.Weights;
import org.equipoise.definition.Study.Interval;
import org.equipoise.vocabulary.IntervalCode;

/** Reads the mixed models for repeated measures that a study asks for. */
final class RepeatedModelsReader {
    private final Part part;
    private final List<Interval> intervals;

    RepeatedModelsReader(Part part, List<Interval> intervals) {
        this.part = part;
        this.intervals = intervals;
    }

    /**
     * Reads them.
     *
     * @param factors reads which of the study's factors a model adds
     */
    RepeatedModels read(Function<Part, List<String>> factors) {
        if (!part.isPresent()) {
            return RepeatedModels.planned(intervals);
        }
        Uniqueness variants = new Uniqueness("The variant");
        List<Model> models = new ArrayList<>();
        for (Part model : part.at("models").elements()) {
            variants.see(model.at("variant"));
            models.add(model(model, factors.apply(model)));
        }
        List<Span> spans = new ArrayList<>();
        for (Part span : part.at("maintenance").elements()) {
            spans.add(span(span));
        }
        List<List<IntervalCode>> means = new ArrayList<>();
        for (Part mean : part.at("mean_effects").elements()) {
            Uniqueness codes = new Uniqueness("The interval");
            mean.elements().forEach(codes::see);
            means.add(mean.elements().stream().map(this::interval).toList());
        }
        return new RepeatedModels(models, spans, means);
    }

    private static Model model(Part model, List<String> factors) {
        Covariance covariance = model.at("covariance").choice(Covariance.class, Covariance.PLANNED);
        Inference inference = model.at("inference").choice(Inference.class, Inference.SATTERTHWAITE);
        Criterion criterion = model.at("criterion").choice(Criterion.class, Criterion.REML);
        boolean intercept = covariance == Covariance.RANDOM_INTERCEPT;
        if (intercept && criterion == Criterion.ML) {
            model.at("criterion").tell(DefinitionProblem.MODEL_MISFIT, "reml", "ml", "ml", "random_intercept");
        }
        boolean byArm = model.at("covariance_by_arm").isTrue();
        if (intercept && byArm) {
            model.at("covariance_by_arm")
                    .tell(DefinitionProblem.MODEL_MISFIT, "false", "true", "covariance_by_arm", "random_intercept");
        }
        if (inference.isClustered() && (intercept || covariance == Covariance.PLANNED)) {
            String name = model.at("inference").text();
            model.at("inference")
                    .tell(
                            DefinitionProblem.MODEL_MISFIT,
                            "satterthwaite or a form of kenward_roger",
                            name,
                            name,
                            intercept ? "random_intercept" : "planned");
        }
        return new Model(
                model.at("variant").text(),
                factors,
                covariance,
                byArm,
                criterion,
                inference,
                model.at("lsmeans").choice(Weights.class, Weights.EQUAL));
    }

    private Span span(Part span) {
        IntervalCode from = interval(span.at("from"));
        IntervalCode to = interval(span.at("to"));
        int start = position(from);
        int end = position(to);
        if (start >= 0 && end >= 0 && end <= start) {
            span.at("to").tell(DefinitionProblem.SPAN_ORDER, "an interval after " + from.value(), to.value());
        }
        return new Span(from, to);
    }

    /** An interval after the baseline. */
    private IntervalCode interval(Part code) {
        IntervalCode interval = code.code(IntervalCode::new);
        if (position(interval) < 1 && !code.file().isMisshapen("/intervals")) {
            code.tell(
                    DefinitionProblem.INTERVAL_UNKNOWN,
                    "one of "
                            + String.join(
                                    ", ",
                                    intervals.stream()
                                            .skip(1)
                                            .map(one -> one.code().value())
                                            .toList()),
                    code.text(),
                    code.text());
        }
        return interval;
    }

    private int position(IntervalCode code) {
        return intervals.stream().map(Interval::code).toList().indexOf(code);
    }
}
