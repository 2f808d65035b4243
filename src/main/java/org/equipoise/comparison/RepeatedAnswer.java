package org.equipoise.comparison;

import java.util.List;

/** What a question about the whole follow-up came to: the numbers, and the models they were read off. */
public record RepeatedAnswer(List<Estimate> estimates, List<FittedModel> models) {
    public RepeatedAnswer {
        estimates = List.copyOf(estimates);
        models = List.copyOf(models);
    }
}
