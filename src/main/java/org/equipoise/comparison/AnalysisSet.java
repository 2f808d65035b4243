package org.equipoise.comparison;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.equipoise.warehouse.WarehouseStore.OutcomeRow;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The participants whose arm is known, with one outcome over the intervals, in the order of the rows it was made from.
 * That order is part of the result: sums depend on it in their last bits.
 */
public final class AnalysisSet {
    private static final JsonMapper JSON = new JsonMapper();

    /** One participant; values and reasons by the study's intervals. */
    record Participant(
            String site,
            boolean treated,
            Map<String, String> factors,
            @Nullable Double[] values,
            @Nullable String[] reasons) {}

    private final Study study;
    private final List<Participant> participants;

    private AnalysisSet(Study study, List<Participant> participants) {
        this.study = study;
        this.participants = participants;
    }

    /**
     * Takes the rows of one outcome. Participants without an arm are left out.
     *
     * @param rows in their canonical order
     * @throws IllegalArgumentException if a row does not have a value or a reason for each interval of the study
     */
    public static AnalysisSet of(Study study, List<OutcomeRow> rows) {
        String treatment = study.arm(Role.TREATMENT).code().value();
        Set<String> arms = Set.of(treatment, study.arm(Role.CONTROL).code().value());
        return new AnalysisSet(
                study,
                rows.stream()
                        .filter(row -> row.arm() != null && arms.contains(row.arm()))
                        .map(row -> participant(study, treatment, row))
                        .toList());
    }

    private static Participant participant(Study study, String treatment, OutcomeRow row) {
        int intervals = study.intervals().size();
        if (row.values().length != intervals || row.reasons().length != intervals) {
            throw new IllegalArgumentException("a row has " + row.values().length + " values and "
                    + row.reasons().length + " reasons; the study has " + intervals + " intervals");
        }
        return new Participant(
                row.site(), treatment.equals(row.arm()), factors(row.factorsJson()), row.values(), row.reasons());
    }

    private static Map<String, String> factors(String json) {
        JsonNode object = JSON.readTree(json);
        Map<String, String> factors = new TreeMap<>();
        object.propertyNames().forEach(name -> {
            if (!object.get(name).isNull()) {
                factors.put(name, object.get(name).asString());
            }
        });
        return factors;
    }

    /** The part of it that a question is about. */
    Sample at(Question question) {
        int interval = study.intervals().indexOf(question.interval());
        return new Sample(
                participants.stream()
                        .filter(participant -> question.scope().sites().contains(participant.site()))
                        .toList(),
                interval);
    }
}
