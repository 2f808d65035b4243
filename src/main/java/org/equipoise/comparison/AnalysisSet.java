package org.equipoise.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Outcome;
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
    private static final double DAYS_A_YEAR = 365.25;
    private static final int BASELINE = 0;

    /**
     * One participant; values, reasons, endings and days at risk by the places of the series; cluster over all sites.
     *
     * @param baseline of the score that adjusts the outcome; null where it is not known, or none does
     */
    record Participant(
            String site,
            boolean treated,
            Map<String, String> factors,
            @Nullable Double[] values,
            @Nullable String[] reasons,
            @Nullable Short[] endings,
            @Nullable Double[] exposures,
            @Nullable String cluster,
            @Nullable Double baseline) {
        /** The same with other values. */
        Participant with(@Nullable Double[] others, @Nullable String[] why) {
            return new Participant(site, treated, factors, others, why, endings, exposures, cluster, baseline);
        }
    }

    private final List<Participant> participants;
    /** Found once each, since every interval asks for the same. */
    private final Map<Scope, List<Participant>> scopes = new ConcurrentHashMap<>();

    /** Fitted once each: the sites' own models are asked for again where they are pooled. */
    private final Map<Asked, FollowUpModel> models = new ConcurrentHashMap<>();

    private final SiteModerators moderators;

    private record Asked(Occasion occasion, ModelTerms terms) {}

    private AnalysisSet(List<Participant> participants, SiteModerators moderators) {
        this.participants = participants;
        this.moderators = moderators;
    }

    /**
     * Takes the rows of one outcome. Participants without an arm are left out. What is to be standardized is, by site.
     *
     * @param rows in their canonical order
     * @throws IllegalArgumentException if a row does not have a cell for each interval of the study, or each period of the
     *     outcome
     */
    public static AnalysisSet of(Study study, Outcome outcome, List<OutcomeRow> rows) {
        return of(study, outcome, rows, List.of());
    }

    /**
     * The same with the baselines of another outcome.
     *
     * @param rows in their canonical order
     * @param scores the rows of {@link Outcome#baseline}, of the same people in the same order; empty where there is none
     * @throws IllegalArgumentException also if the other rows are of other people
     */
    public static AnalysisSet of(Study study, Outcome outcome, List<OutcomeRow> rows, List<OutcomeRow> scores) {
        int cells = outcome.isOverPeriods()
                ? outcome.periods().size()
                : study.intervals().size();
        String treatment = study.arm(Role.TREATMENT).code().value();
        Set<String> arms = Set.of(treatment, study.arm(Role.CONTROL).code().value());
        if (!scores.isEmpty() && !people(scores).equals(people(rows))) {
            throw new IllegalArgumentException("the rows of " + outcome.code() + " and of its baseline are not those of"
                    + " the same people in the same order");
        }
        List<Participant> participants = IntStream.range(0, rows.size())
                .filter(i -> arms.contains(String.valueOf(rows.get(i).arm())))
                .mapToObj(i -> participant(
                        cells,
                        treatment,
                        rows.get(i),
                        scores.isEmpty() ? null : scores.get(i).values()[BASELINE]))
                .toList();
        return new AnalysisSet(
                outcome.source() instanceof OfStandardized ? SiteUnit.standardize(participants) : participants,
                SiteModerators.NONE);
    }

    private static List<List<@Nullable String>> people(List<OutcomeRow> rows) {
        return rows.stream()
                .map(row -> Arrays.asList(row.site(), row.arm(), row.factorsJson(), row.cluster()))
                .toList();
    }

    /** The same, with what the sites' effects are held against. */
    public AnalysisSet with(SiteModerators values) {
        return new AnalysisSet(participants, values);
    }

    SiteModerators moderators() {
        return moderators;
    }

    /** What an arm had at a place, by site: times a year of those at risk, or the mean of those who have a value. */
    SortedMap<String, Double> bySite(int position, boolean treated, boolean perYear) {
        SortedMap<String, Double> sums = new TreeMap<>();
        SortedMap<String, Double> over = new TreeMap<>();
        for (Participant one : participants) {
            Double value = one.values()[position];
            if (one.treated() == treated && value != null) {
                double weight = perYear ? Objects.requireNonNull(one.exposures()[position]) / DAYS_A_YEAR : 1;
                sums.merge(one.site(), value, Double::sum);
                over.merge(one.site(), weight, Double::sum);
            }
        }
        sums.replaceAll((site, sum) -> sum / Objects.requireNonNull(over.get(site)));
        return sums;
    }

    private static Participant participant(int cells, String treatment, OutcomeRow row, @Nullable Double baseline) {
        if (row.values().length != cells || row.reasons().length != cells) {
            throw new IllegalArgumentException("a row has " + row.values().length + " values and "
                    + row.reasons().length + " reasons; the outcome has " + cells + " intervals or periods");
        }
        return new Participant(
                row.site(),
                treatment.equals(row.arm()),
                factors(row.factorsJson()),
                row.values(),
                row.reasons(),
                row.endings(),
                row.exposures(),
                row.cluster() == null ? null : row.site() + " " + row.cluster(),
                baseline);
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
        return new Sample(within(question.scope()), question.place().position());
    }

    /** The part of it that a question about the whole follow-up is about: those who have each of the factors. */
    RepeatedSample over(RepeatedQuestion question, List<String> factors) {
        return RepeatedSample.of(
                within(question.scope()).stream()
                        .filter(one -> one.factors().keySet().containsAll(factors))
                        .toList(),
                question.places());
    }

    /** A model of the whole follow-up of these participants. */
    FollowUpModel fitted(Occasion occasion, ModelTerms terms, Supplier<FollowUpModel> fit) {
        return models.computeIfAbsent(new Asked(occasion, terms), any -> fit.get());
    }

    private List<Participant> within(Scope scope) {
        return scopes.computeIfAbsent(
                scope,
                asked -> participants.stream()
                        .filter(participant -> asked.sites().contains(participant.site()))
                        .toList());
    }
}
