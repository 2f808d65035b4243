package org.equipoise.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.equipoise.comparison.Sample.Counts;
import org.equipoise.definition.OutcomeSource.OfStandardized;
import org.equipoise.definition.Study;
import org.equipoise.definition.Study.Role;
import org.equipoise.statistics.Limits;
import org.equipoise.statistics.NotEstimable;
import org.equipoise.statistics.Quantity;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Collects the rows that answer one question. */
final class EstimateRows {
    static final String WITHHELD = "withheld_until_look";
    private static final double LEVEL = 0.95;
    private static final JsonMapper JSON = new JsonMapper();

    private final Study study;
    private final Question question;
    private final boolean monitoring;
    private final ObjectNode common = JSON.createObjectNode();
    private final SiteModerators moderators;
    private final List<Estimate> rows = new ArrayList<>();
    /** Written once each, since a question has hundreds of rows and few settings. */
    private final Map<Map<String, String>, String> written = new HashMap<>();

    /**
     * For one question. While arms are only monitored, p values wait for a declared look.
     *
     * @param sites how many sites have participants in it
     */
    EstimateRows(Occasion occasion, Question question, long sites) {
        this(occasion, question, sites, SiteModerators.NONE);
    }

    /**
     * The same, with what the sites' effects are held against.
     *
     * @param moderators values by site
     */
    EstimateRows(Occasion occasion, Question question, long sites, SiteModerators moderators) {
        this.moderators = moderators;
        this.study = occasion.study();
        this.question = question;
        monitoring = occasion.isMonitoring();
        occasion.tell(question, common);
        if (question.outcome().source() instanceof OfStandardized) {
            common.put("standardized", "baseline_sd_of_site");
        }
        if (question.scope().isOverSites()) {
            common.put("sites", sites);
            Scope.findComparator(question.scope().code()).ifPresent(other -> common.put("comparator", other));
        }
    }

    /** Whether p values wait for a declared look. */
    boolean isMonitoring() {
        return monitoring;
    }

    SiteModerators moderators() {
        return moderators;
    }

    List<Estimate> rows() {
        return List.copyOf(rows);
    }

    /** Code of the treatment arm. */
    String treatment() {
        return study.arm(Role.TREATMENT).code().value();
    }

    /** Code of the control arm. */
    String control() {
        return study.arm(Role.CONTROL).code().value();
    }

    /** Where random draws for the question begin: its own, and the same every night. */
    long seed() {
        return (question.outcome().code() + "/" + question.place().code() + "/"
                        + question.scope().code())
                .hashCode();
    }

    /** The rows of a method and variant that rest on the same people. */
    Group group(String method, String variant, @Nullable Counts counts, Map<String, String> options) {
        return new Group(method, variant, null, null, counts, options);
    }

    /** The one row of a question that has no numbers at all. */
    void addReason(@Nullable Counts counts, String reason) {
        String variant = question.endpoints().get(0).name().toLowerCase(Locale.ROOT);
        Main main = Main.unadjusted(question.outcome().type());
        group(main.method(), variant, counts, Map.of()).addReason(main.quantity(), null, reason);
    }

    private record Cells(
            @Nullable Double value,
            @Nullable Double standardError,
            @Nullable Double df,
            @Nullable Double statistic,
            @Nullable Double p,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable String reason) {}

    /** Rows that share method, variant, arm, people and settings. */
    final class Group {
        private final String method;
        private final String variant;
        private final @Nullable String arm;
        private final @Nullable Double at;
        private final @Nullable Counts counts;
        private final Map<String, String> options;

        private Group(
                String method,
                String variant,
                @Nullable String arm,
                @Nullable Double at,
                @Nullable Counts counts,
                Map<String, String> options) {
            this.method = method;
            this.variant = variant;
            this.arm = arm;
            this.at = at;
            this.counts = counts;
            this.options = options;
        }

        /** The same for quantities of one arm. */
        Group inArm(String code) {
            return new Group(method, variant, code, at, counts, options);
        }

        /** The same for one form of a quantity that has several. */
        Group form(String form) {
            return new Group(method, variant + ':' + form, arm, at, counts, options);
        }

        /** The same at a month of a curve. */
        Group at(double month) {
            return new Group(method, variant, arm, month, counts, options);
        }

        void add(String quantity, double value) {
            add(quantity, Numbers.of(value));
        }

        void add(String quantity, Quantity value) {
            add(quantity, Numbers.of(value));
        }

        void add(String quantity, Numbers numbers) {
            add(quantity, null, numbers);
        }

        void add(String quantity, @Nullable String variable, Numbers numbers) {
            Limits limits = numbers.limits();
            Cells cells = new Cells(
                    number(numbers.value()),
                    number(numbers.standardError()),
                    number(numbers.df()),
                    number(numbers.statistic()),
                    monitoring ? null : number(numbers.p()),
                    number(limits == null ? null : limits.lower()),
                    number(limits == null ? null : limits.upper()),
                    numbers.value().reason().map(EstimateRows::code).orElse(null));
            rows.add(row(
                    quantity,
                    variable,
                    cells,
                    numbers.uncertaintyReason().map(EstimateRows::code).orElse(null)));
        }

        /** Adds why there is no number. */
        void addReason(String quantity, @Nullable String variable, String reason) {
            rows.add(row(quantity, variable, new Cells(null, null, null, null, null, null, null, reason), null));
        }

        /** Adds a quantity that is a p value itself. */
        void addP(String quantity, Quantity statistic, Quantity p) {
            if (monitoring) {
                Cells cells = new Cells(null, null, null, number(statistic), null, null, null, WITHHELD);
                rows.add(row(quantity, null, cells, null));
            } else {
                add(quantity, Numbers.of(p).withTest(statistic, p));
            }
        }

        private Estimate row(
                String quantity, @Nullable String variable, Cells cells, @Nullable String uncertaintyReason) {
            boolean interval = cells.low != null || cells.high != null;
            return new Estimate(
                    question.outcome().code().value(),
                    question.place().isPeriod() ? null : question.place().code(),
                    question.place().isPeriod() ? question.place().code() : null,
                    question.scope().code(),
                    arm,
                    question.scope().population(),
                    question.outcome().tier().name().toLowerCase(Locale.ROOT),
                    method,
                    variant,
                    quantity,
                    at,
                    variable,
                    cells.value,
                    cells.standardError,
                    cells.df,
                    cells.statistic,
                    cells.p,
                    cells.low,
                    cells.high,
                    interval ? Double.valueOf(LEVEL) : null,
                    counts == null ? null : Integer.valueOf(counts.treatment()),
                    counts == null ? null : Integer.valueOf(counts.control()),
                    json(uncertaintyReason),
                    cells.reason);
        }

        private String json(@Nullable String uncertaintyReason) {
            if (uncertaintyReason == null) {
                return written.computeIfAbsent(options, any -> told().toString());
            }
            return told().put("uncertainty_reason", uncertaintyReason).toString();
        }

        private ObjectNode told() {
            ObjectNode object = common.deepCopy();
            new TreeMap<>(options).forEach(object::put);
            return object;
        }
    }

    private static @Nullable Double number(@Nullable Quantity quantity) {
        return quantity != null && quantity.isEstimable() ? Double.valueOf(quantity.value()) : null;
    }

    /** A reason as the table has it. */
    static String code(NotEstimable reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
