package org.equipoise.simulation;

import java.time.LocalDate;
import java.util.List;

/**
 * What a site planned: when it sees people, what they fill in, and when the export was taken.
 *
 * @param months planned visits in months since randomisation, ascending, the first 0
 * @param forms in the order of the visit; the first is the one whose score drives drop-out
 * @param exportDay nothing after this day is known
 */
public record Protocol(List<Integer> months, List<Form> forms, LocalDate exportDay) {
    public Protocol {
        months = List.copyOf(months);
        forms = List.copyOf(forms);
    }

    /**
     * A questionnaire under the name the site has for it.
     *
     * @param name the site's name, or the prefix of its columns
     */
    public record Form(String name, Questionnaire questionnaire) {}
}
