package org.equipoise.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.RepeatedModels.Covariance;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Conduct;
import org.equipoise.statistics.AlphaSpending;
import org.equipoise.statistics.Quantity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * On what occasion arms are compared: in an ordinary night, whose results depend on how far the study is, or at a look
 * that it has declared, which tests as a completed study does and says what it may spend.
 */
public final class Occasion {
    private final Study study;
    private final @Nullable Look look;
    private final List<FixedStructure> fixed;

    private Occasion(Study study, @Nullable Look look, List<FixedStructure> fixed) {
        this.study = study;
        this.look = look;
        this.fixed = List.copyOf(fixed);
    }

    /** An ordinary night. */
    public static Occasion night(Study study) {
        return new Occasion(study, null, List.of());
    }

    /** One of the study's looks. */
    public static Occasion at(Study study, Look look) {
        return new Occasion(study, look, List.of());
    }

    /**
     * The same after looks.
     *
     * @param structures covariances they have fixed, those of the earliest look first
     */
    public Occasion after(List<FixedStructure> structures) {
        return new Occasion(study, look, structures);
    }

    Study study() {
        return study;
    }

    /** Whether there are numbers by arm. */
    boolean isByArm() {
        return look != null || study.conduct() != Conduct.ONGOING;
    }

    /** Whether arms are watched without being tested. */
    boolean isMonitoring() {
        return look == null && study.conduct() == Conduct.OBSERVATIONAL;
    }

    /** The covariance that a look has fixed for a model that would have left it to the data. */
    Optional<FixedStructure> findFixed(ModelTerms terms) {
        return fixed.stream()
                .filter(one -> terms.model().covariance() == Covariance.PLANNED && one.isOf(terms))
                .findFirst();
    }

    /** Adds to a row's options what the occasion says of a question. */
    void tell(Question question, ObjectNode options) {
        if (isMonitoring()) {
            options.put("label", "monitoring");
        }
        if (look != null) {
            Looks looks = study.comparisons().looks();
            options.put("look", look.name());
            options.put("cut_off", look.cutOff().toString());
            options.put("information", look.information());
            options.put("spending", looks.spending().name().toLowerCase(Locale.ROOT));
            options.put("alpha", looks.alpha());
            if (look.asks(question.outcome().code(), question.place().code())) {
                Quantity nominal = nominalAlpha(looks, look, question);
                nominal.reason()
                        .ifPresentOrElse(
                                reason -> options.put("nominal_alpha_reason", EstimateRows.code(reason)),
                                () -> options.put("nominal_alpha", nominal.value()));
            }
        }
    }

    /** The two-sided p below which the look rejects one of its hypotheses, given the looks at it before. */
    private static Quantity nominalAlpha(Looks looks, Look look, Question question) {
        double[] information = looks
                .upTo(look, question.outcome().code(), question.place().code())
                .stream()
                .mapToDouble(Look::information)
                .toArray();
        List<AlphaSpending.Look> boundaries =
                AlphaSpending.valueOf(looks.spending().name()).boundaries(information, looks.alpha());
        return boundaries.get(boundaries.size() - 1).nominalP();
    }
}
