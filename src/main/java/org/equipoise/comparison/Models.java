package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.AdjustedModel;

/** The adjusted models of outcomes without a baseline value: arm, the study's factors, and the site where there are several. */
final class Models {
    /** The variant of the model without factors. */
    static final String SITE = "site";

    private Models() {}

    /** One model. */
    record Model(String variant, List<String> factors) {

        /** What it is fitted to, in the words of R. */
        String formula(String response, boolean sites) {
            List<String> terms = new ArrayList<>(List.of("arm"));
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
        models.put(List.of(), new Model(SITE, List.of()));
        for (AdjustedModel model : study.comparisons().ancova()) {
            models.putIfAbsent(model.factors(), new Model(model.variant(), model.factors()));
        }
        return List.copyOf(models.values());
    }
}
