package org.equipoise.pipeline.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.comparison.SmallCells.Withheld;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.QueryFormat;
import org.equipoise.database.QueryOutput;
import org.equipoise.database.ReadOnlyQuery;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.Releasing;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;

/**
 * Writes releases: what analysts may read, asked with their rights, as files that depend on nothing but snapshot, results and
 * program.
 */
@Component
class Releases implements Releasing {
    /** Data sets with what their rows are sorted by. */
    private static final Map<String, String> DATA_SETS = dataSets();

    /** What a release of results tells: no extremes, ranks or residuals, from which a person's value could be told. */
    private static final String RESULTS = """
            select e.outcome_code, o.paramcd, o.name as outcome, o.unit, e.tier, e.interval_code, e.period_code, e.site_code,
                   e.arm_code, e.method, e.variant, e.quantity, e.estimate, e.ci_low, e.ci_high, e.p_value, e.p_adjusted, e.reason
            from comparison.estimate e
            join warehouse.outcome o on o.study_code = e.study_code and o.outcome_code = e.outcome_code
            where e.run_id = %d and e.look_code is null and e.population = 'all_allocated'
              and e.at_value is null and e.variable is null and e.stratum is null
              and (e.method, e.variant, e.quantity) in (
                ('descriptives', 'value', 'n'), ('descriptives', 'value', 'mean'), ('descriptives', 'value', 'sd'),
                ('welch_t', 'value', 'diff'), ('standardised_mean_difference', 'value:noncentral_t', 'hedges_g'),
                ('ancova', 'baseline', 'contrast'), ('mmrm', 'planned', 'contrasts'), ('linear_model', 'site', 'contrast'),
                ('binary_two_arm', 'value', 'n'), ('binary_two_arm', 'value', 'events'), ('binary_two_arm', 'value', 'p'),
                ('binary_two_arm', 'value', 'rd'), ('binary_two_arm', 'value', 'rr'), ('binary_two_arm', 'value', 'or'),
                ('mantel_haenszel_by_site', 'value', 'rd'), ('mantel_haenszel_by_site', 'value', 'or'),
                ('logistic_adjusted', 'site', 'arm_or'), ('event_rate', 'value', 'n'), ('event_rate', 'value', 'events'),
                ('event_rate', 'value', 'people_with_event'), ('event_rate', 'value', 'person_years'),
                ('event_rate', 'value', 'rate'), ('negative_binomial_rate_ratio', 'site', 'rate_ratio'),
                ('kaplan_meier', 'value', 'n'), ('kaplan_meier', 'value', 'events'), ('cox_ph', 'site', 'hr'),
                ('cox_ph_stratified_by_site', 'site', 'hr'))
            order by e.outcome_code collate "C", coalesce(e.interval_code, e.period_code) collate "C", e.site_code collate "C",
                     e.method collate "C", e.variant collate "C", e.quantity collate "C", e.arm_code collate "C" nulls first,
                     e.estimate, e.ci_low, e.ci_high
            """;

    private static final String ESTIMATES = """
            select e.* from (
                select outcome_code, interval_code, period_code, site_code, arm_code, population, tier, method, variant, quantity,
                       at_value, variable, stratum, estimate, std_error, df, statistic, p_value, p_adjusted, ci_low, ci_high,
                       ci_level, n_treatment, n_control, options, reason
                from comparison.estimate where run_id = %d and look_code is null) e
            order by e::text collate "C"
            """;

    private static final String DICTIONARY = """
            select c.relname as data_set, a.attname as variable, format_type(a.atttypid, a.atttypmod) as type,
                   col_description(c.oid, a.attnum) as label
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where n.nspname = 'adam' and c.relkind = 'v' and %b or n.nspname = 'comparison' and c.relname = 'estimate'
            order by c.relname collate "C", a.attnum
            """;

    private static final Set<String> TOLD_OF = Set.of("estimate", "ci_low", "ci_high", "p_value", "p_adjusted");

    private final Installation installation;
    private final DatabaseAddress database;
    private final WarehouseStore warehouse;
    private final ComparisonStore comparisons;
    private final TransactionTemplate transaction;
    private final Study study;

    Releases(
            Installation installation,
            DatabaseAddress database,
            WarehouseStore warehouse,
            ComparisonStore comparisons,
            PlatformTransactionManager transactions) {
        this.installation = installation;
        this.database = database;
        this.warehouse = warehouse;
        this.comparisons = comparisons;
        transaction = new TransactionTemplate(transactions);
        study = installation.bundle().study();
    }

    private static Map<String, String> dataSets() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("ADSL", "\"USUBJID\"");
        keys.put("ADQS", "\"USUBJID\", \"PARAMN\", \"AVISITN\"");
        keys.put("ADQSGRID", "\"USUBJID\", \"PARAMN\", \"AVISITN\"");
        keys.put("ADEVENT", "\"USUBJID\", \"PARAMN\", \"APERIOD\"");
        keys.put("ADTTE", "\"USUBJID\", \"PARAMN\", \"APERIOD\"");
        keys.put("ADPARAM", "\"PARAMN\"");
        keys.put("ADPERIOD", "\"APERIOD\"");
        keys.put("CODELIST", "\"VARNAME\", \"CODEN\"");
        return keys;
    }

    @Override
    public Release release(Kind kind, String requestedBy) {
        Snapshot snapshot = warehouse
                .findCurrent(study.code())
                .orElseThrow(() -> new RunRefused(1, "Nothing has been published yet. Run nightly first."));
        if (snapshot.redacted()) {
            throw new RunRefused(
                    1,
                    "A participant who withdrew consent has been erased from the current snapshot, " + snapshot.id()
                            + "; its results still rest on them. Run nightly first.");
        }
        Result result = comparisons
                .findCurrent(study.code())
                .filter(current -> current.snapshotId() == snapshot.id())
                .orElseThrow(() -> new RunRefused(
                        1,
                        "The current snapshot, " + snapshot.id()
                                + ", has not been compared yet. Run nightly first, without" + " --snapshot-only."));
        try {
            Path begun = Files.createDirectories(installation
                    .home()
                    .releases()
                    .resolve(".begun-" + ProcessHandle.current().pid()));
            int withheld = write(kind, snapshot, result, begun);
            String sha256 = sum(begun);
            Path folder = folder(installation.home().releases(), study.code(), snapshot.id(), label(kind), sha256);
            FileSystemUtils.deleteRecursively(folder);
            Files.move(begun, folder);
            long id = Objects.requireNonNull(transaction.execute(
                    status -> comparisons.release(snapshot.id(), label(kind), requestedBy, sha256)));
            return new Release(id, snapshot.id(), kind, sha256, folder, withheld);
        } catch (IOException e) {
            throw new UncheckedIOException("The release cannot be written", e);
        }
    }

    /** The folder of a release, by what it is. */
    static Path folder(Path releases, StudyCode study, long snapshot, String kind, String sha256) {
        return releases.resolve(
                String.join("-", study.value(), String.valueOf(snapshot), kind, sha256.substring(0, 12)));
    }

    private static String label(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private int write(Kind kind, Snapshot snapshot, Result result, Path folder) throws IOException {
        ReadOnlyQuery ask = new ReadOnlyQuery(reading(snapshot));
        int withheld = 0;
        if (kind == Kind.ANALYSIS) {
            for (Map.Entry<String, String> dataSet : DATA_SETS.entrySet()) {
                String name = dataSet.getKey();
                print(
                        ask,
                        "select d.* from adam.\"" + name + "\" d where \"STUDYID\" = '" + study.code() + "' order by "
                                + dataSet.getValue(),
                        folder.resolve(name + ".csv"));
            }
            print(ask, ESTIMATES.replace("%d", String.valueOf(result.runId())), folder.resolve("estimates.csv"));
        } else {
            Set<Withheld> small = new ResultTables(installation.bundle()).findWithheld(ask, result.runId());
            try (Writer out = Files.newBufferedWriter(folder.resolve("results.csv"))) {
                ask.ask(
                        RESULTS.replace("%d", String.valueOf(result.runId())),
                        new Withholding(QueryFormat.CSV.on(out), small));
            }
            withheld = small.size();
        }
        print(ask, DICTIONARY.replace("%b", String.valueOf(kind == Kind.ANALYSIS)), folder.resolve("dictionary.csv"));
        Files.writeString(folder.resolve("README.txt"), readme(kind, snapshot, result));
        return withheld;
    }

    /** Every question reads this snapshot, whatever is published meanwhile. */
    private DatabaseAddress reading(Snapshot snapshot) {
        String url = database.jdbcUrl();
        return new DatabaseAddress(
                url + (url.contains("?") ? "&" : "?") + "options=-c%20equipoise.snapshot%3D" + snapshot.id(),
                database.user(),
                database.password());
    }

    private static void print(ReadOnlyQuery ask, String sql, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            ask.print(sql, QueryFormat.CSV, out);
        }
    }

    /** Rows of results, without the numbers of tables that are withheld. */
    private static final class Withholding implements QueryOutput {
        private final QueryOutput out;
        private final Set<Withheld> small;
        private List<String> names = List.of();

        Withholding(QueryOutput out, Set<Withheld> small) {
            this.out = out;
            this.small = small;
        }

        @Override
        public void columns(List<Column> columns) {
            names = columns.stream().map(Column::name).toList();
            out.columns(columns);
        }

        @Override
        public void row(List<@Nullable String> values) {
            String time = value("interval_code", values);
            Withheld table = new Withheld(
                    ResultTables.question(
                            value("outcome_code", values), time == null ? value("period_code", values) : time),
                    Objects.requireNonNull(value("site_code", values)));
            if (!small.contains(table)) {
                out.row(values);
                return;
            }
            List<@Nullable String> told = new ArrayList<>(values);
            for (int i = 0; i < told.size(); i++) {
                if (TOLD_OF.contains(names.get(i))) {
                    told.set(i, null);
                }
            }
            told.set(names.indexOf("reason"), "withheld");
            out.row(told);
        }

        private @Nullable String value(String name, List<@Nullable String> values) {
            return values.get(names.indexOf(name));
        }

        @Override
        public void end() {
            out.end();
        }
    }

    private String readme(Kind kind, Snapshot snapshot, Result result) {
        String what = kind == Kind.ANALYSIS ? """
                For analysts in the house: a row per participant in each data set, by a key without identity. It must not leave it.

                ADSL, ADQS, ADQSGRID, ADEVENT, ADTTE: data sets in CDISC's shape; ADPARAM, ADPERIOD, CODELIST: their terms.
                estimates.csv: every estimate of the snapshot's comparisons.
                """ : String.format(Locale.ROOT, """
                May leave the house. Counts of 1 to %d people are withheld, and with them what they would follow from.

                results.csv: counts, means and differences by outcome, interval or period, and site; reason says "withheld" where
                a table tells of few people.
                """, study.leastCount() - 1);
        return study.name() + "\n\n" + what + """
                dictionary.csv: what each variable means.
                SHA256SUMS: check with sha256sum -c SHA256SUMS.

                Files are UTF-8, separated by commas, with a header; a missing value is empty; days are written 2026-11-29.
                R: read.csv(file, na.strings = "", encoding = "UTF-8"); Python: pandas.read_csv(file, keep_default_na=False,
                na_values=[""]).

                """
                + "study        " + study.code() + "\n"
                + "snapshot     " + snapshot.id() + ", content " + snapshot.contentHash() + "\n"
                + "definitions  " + snapshot.definitionHash() + "\n"
                + "made by      program " + snapshot.programVersion() + ", run " + snapshot.runId() + "\n"
                + "compared by  program " + result.programVersion() + ", run " + result.runId() + ", definitions "
                + result.definitionHash() + "\n";
    }

    /** Writes the sums of all files, and returns the sum of that file. */
    private static String sum(Path folder) throws IOException {
        StringBuilder sums = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                sums.append(Digests.sha256(file))
                        .append("  ")
                        .append(file.getFileName())
                        .append('\n');
            }
        }
        Path list = Files.writeString(folder.resolve("SHA256SUMS"), sums, StandardCharsets.UTF_8);
        return Digests.sha256(list);
    }
}
