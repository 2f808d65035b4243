package org.equipoise.definition;

import java.util.List;
import org.equipoise.vocabulary.OutcomeCode;

/**
 * How far an outcome's result may hang on values that are missing: what is filled in, and how often.
 *
 * @param outcome a score, or a binary outcome at planned points
 * @param imputations how often missing values are filled in
 * @param shifts for scores: by how many points filled-in values are made worse, rising from above 0; empty for none
 */
public record Sensitivity(OutcomeCode outcome, int imputations, List<Double> shifts) {
    /** How often missing values are filled in unless the study says otherwise. */
    public static final int USUAL_IMPUTATIONS = 20;

    public Sensitivity {
        shifts = List.copyOf(shifts);
    }
}
