package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;

/**
 * The adjusted models of outcomes without a baseline of their own: arm, the study's factors, and the site where there are
 * several; the baseline of a score too where the outcome takes one.
 */
final class Models {
    /** The variant of the model without factors. */
    static final String SITE = "site";

    private Models() {}

    /**
     * One model.
     *
     * @param baseline whether that of the outcome's score is in it
     */
    record Model(String variant, List<String> factors, boolean baseline) {

        /** What it is fitted to, in the words of R. */
        String formula(String response, boolean sites) {
            List<String> terms = new ArrayList<>(List.of("arm"));
            if (baseline) {
                terms.add("baseline");
            }
            terms.addAll(factors);
            if (sites) {
                terms.add(SITE);
            }
            return response + " ~ " + String.join(" + ", terms);
        }
    }

    /** The study's models without their baseline, each set of factors once. */
    static List<Model> of(Study study) {
        Map<List<String>, Model> models = new LinkedHashMap<>();
        models.put(List.of(), ofSite());
        for (AdjustedModel model : study.comparisons().ancova()) {
            models.putIfAbsent(model.factors(), new Model(model.variant(), model.factors(), false));
        }
        return List.copyOf(models.values());
    }

    /** The model without factors and baseline. */
    static Model ofSite() {
        return new Model(SITE, List.of(), false);
    }

    /** For an outcome that takes a score's baseline: the model without it, and the study's models with theirs. */
    static List<Model> withBaseline(Study study) {
        return Stream.concat(
                        Stream.of(ofSite()),
                        study.comparisons().ancova().stream()
                                .map(model -> new Model(model.variant(), model.factors(), true)))
                .toList();
    }
}
