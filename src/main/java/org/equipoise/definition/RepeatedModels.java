package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.Study.Interval;
import org.equipoise.vocabulary.IntervalCode;

/**
 * The mixed models for repeated measures that a study asks for, and what is read off each of them beside the means and
 * differences at the intervals.
 *
 * @param models the first is the main one
 * @param maintenance spans over which a difference should last
 * @param meanEffects intervals whose differences are averaged, each alike
 */
public record RepeatedModels(List<Model> models, List<Span> maintenance, List<List<IntervalCode>> meanEffects) {
    /** No model. */
    public static final RepeatedModels NONE = new RepeatedModels(List.of(), List.of(), List.of());

    private static final int END_OF_TREATMENT = 18;
    private static final List<Integer> LATER = List.of(36, 96);
    private static final int LATE_FROM = 60;
    private static final int LATE_TO = 96;

    public RepeatedModels {
        models = List.copyOf(models);
        maintenance = List.copyOf(maintenance);
        meanEffects = meanEffects.stream().map(List::copyOf).toList();
    }

    /** How the residuals of a participant are related. */
    public enum Covariance {
        /** The first of unstructured, spatial exponential and compound symmetry that the data can bear. */
        PLANNED,
        /** Unstructured. */
        US,
        /** Toeplitz. */
        TOEP,
        /** Heterogeneous Toeplitz. */
        TOEPH,
        /** Autoregressive. */
        AR1,
        /** Heterogeneous autoregressive. */
        AR1H,
        /** Ante-dependence. */
        AD,
        /** Heterogeneous ante-dependence. */
        ADH,
        /** Compound symmetry. */
        CS,
        /** Heterogeneous compound symmetry. */
        CSH,
        /** Spatial exponential in months. */
        SP_EXP,
        /** A random intercept for each participant. */
        RANDOM_INTERCEPT
    }

    /** What is maximised. */
    public enum Criterion {
        /** Restricted likelihood. */
        REML,
        /** Full likelihood. */
        ML
    }

    /** Where standard errors and degrees of freedom come from. */
    public enum Inference {
        /** The fitted covariance; Satterthwaite. */
        SATTERTHWAITE,
        /** Kenward and Roger, with second derivatives. */
        KENWARD_ROGER,
        /** Kenward and Roger, without them. */
        KENWARD_ROGER_LINEAR,
        /** The fitted covariance; rows minus columns. */
        RESIDUAL,
        /** The participants' residuals, uncorrected. */
        CR0,
        /** The participants' residuals, bias reduced. */
        CR2,
        /** The participants' residuals, as a jackknife. */
        CR3;

        /** Whether it is estimated from the participants' residuals. */
        public boolean isClustered() {
            return compareTo(CR0) >= 0;
        }
    }

    /** How the levels of a factor are averaged in least-squares means. */
    public enum Weights {
        /** Each level alike. */
        EQUAL,
        /** By its share. */
        PROPORTIONAL
    }

    /**
     * One model: arm by interval, baseline by interval, factors; the site wherever there are several.
     *
     * @param variant the name its results carry
     * @param factors names out of {@link Study#factors}
     * @param byArm whether each arm has a covariance of its own
     * @param inference for the planned covariance that of the unstructured one; where another takes its place, CR2 does
     */
    public record Model(
            String variant,
            List<String> factors,
            Covariance covariance,
            boolean byArm,
            Criterion criterion,
            Inference inference,
            Weights weights) {
        public Model {
            factors = List.copyOf(factors);
        }

        /** The plan's. */
        public static Model planned(String variant) {
            return new Model(
                    variant,
                    List.of(),
                    Covariance.PLANNED,
                    false,
                    Criterion.REML,
                    Inference.SATTERTHWAITE,
                    Weights.EQUAL);
        }
    }

    /** From one interval to a later one. */
    public record Span(IntervalCode from, IntervalCode to) {}

    /**
     * What the plan asks where the study does not say: its model, whether the difference at month 18 lasts to 36 and to 96,
     * and the mean difference over months 60 to 96, so far as there are such intervals.
     */
    public static RepeatedModels planned(List<Interval> intervals) {
        List<Span> maintenance = new ArrayList<>();
        for (int later : LATER) {
            codes(intervals, END_OF_TREATMENT, END_OF_TREATMENT)
                    .forEach(from -> codes(intervals, later, later).forEach(to -> maintenance.add(new Span(from, to))));
        }
        List<IntervalCode> late = codes(intervals, LATE_FROM, LATE_TO);
        return new RepeatedModels(
                List.of(Model.planned("planned")), maintenance, late.size() > 1 ? List.of(late) : List.of());
    }

    private static List<IntervalCode> codes(List<Interval> intervals, int from, int to) {
        return intervals.stream()
                .filter(interval -> interval.month() >= from && interval.month() <= to)
                .map(Interval::code)
                .toList();
    }
}
