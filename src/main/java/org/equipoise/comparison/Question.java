package org.equipoise.comparison;

import java.util.List;
import org.equipoise.definition.Study.Endpoint;
import org.equipoise.definition.Study.Outcome;

/**
 * What is asked: how do the arms differ in this outcome, at this place in follow-up, at this site or over all?
 *
 * @param scope whose participants
 * @param endpoints what of the outcome is compared, in the study's order
 * @param adjusted whether the study's adjusted models are fitted; never at the baseline
 */
public record Question(Outcome outcome, Place place, Scope scope, List<Endpoint> endpoints, boolean adjusted) {
    public Question {
        endpoints = List.copyOf(endpoints);
    }
}
