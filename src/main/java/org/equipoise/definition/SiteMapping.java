package org.equipoise.definition;

import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.equipoise.vocabulary.FoldedText;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.IntervalCode;
import org.equipoise.vocabulary.MissingReason;
import org.equipoise.vocabulary.ScaleCode;
import org.equipoise.vocabulary.SiteCode;
import org.equipoise.vocabulary.StudyCode;
import org.jspecify.annotations.Nullable;

/**
 * How one site's exports become the study's terms: which files, how they are written, which column
 * means what. Reads nothing itself.
 *
 * @param zone where the site's clocks are, for exports that tell a time
 */
public record SiteMapping(SiteCode site, String name, ZoneId zone, List<Membership> studies, List<Export> exports) {
    /** Stands for the visit in the name of a column. */
    public static final String VISIT = "{visit}";

    /** What a draft writes where it needs an answer; a mapping that still holds it is refused. */
    public static final String UNANSWERED = "ANSWER NEEDED";

    public SiteMapping {
        studies = List.copyOf(studies);
        exports = List.copyOf(exports);
    }

    /** What the site is in this study, if it takes part. */
    public Optional<Membership> findMembership(StudyCode study) {
        return studies.stream()
                .filter(membership -> membership.study().equals(study))
                .findFirst();
    }

    /** The export that a file of this name is a delivery of. */
    public Optional<Export> findExportOf(String fileName) {
        return exports.stream()
                .filter(export -> export.files().matcher(fileName).matches())
                .findFirst();
    }

    /** All versions of an export, in the order in which they are written. */
    public List<Export> versionsOf(String code) {
        return exports.stream().filter(export -> export.code().equals(code)).toList();
    }

    /** The name of a column for a visit, where the mapping's name of it holds {@code {visit}}. */
    public static String columnOf(String template, @Nullable String visit) {
        return visit == null ? template : template.replace(VISIT, visit);
    }

    /** The version of an export that has this name. */
    public Optional<Export> findVersion(String code, @Nullable String version) {
        return versionsOf(code).stream()
                .filter(export -> export.version().name().equals(version))
                .findFirst();
    }

    /** What a file of the site may be called, in words. */
    public String expectedFileNames() {
        return exports.stream()
                .map(export -> export.code() + " (" + export.fileNames() + ")")
                .distinct()
                .collect(Collectors.joining(" or "));
    }

    /**
     * Which of an export's versions a definition is, and which files are read with it.
     *
     * @param name tells it from the export's other versions; submissions remember it
     * @param from first day on which such a file was taken
     * @param to last day
     * @param header the columns such a file has, where they tell versions apart
     * @param sha256 of all that the export says but the name and the days
     */
    public record Version(
            String name, Optional<LocalDate> from, Optional<LocalDate> to, Optional<Header> header, String sha256) {
        /** What an export is that says nothing of versions. */
        public static final String ONLY = "1";

        /** Whether files taken that day are for it. */
        public boolean holdsOn(LocalDate day) {
            return from.filter(day::isBefore).isEmpty()
                    && to.filter(day::isAfter).isEmpty();
        }

        /** Its days, in words. */
        public String days() {
            if (from.isEmpty() && to.isEmpty()) {
                return "any day";
            }
            return (from.map(day -> "from " + day).orElse("")
                            + to.map(day -> " to " + day).orElse(""))
                    .strip();
        }

        /** Whether a file could be for both. */
        boolean isUnclearAgainst(Version other) {
            boolean sameDays = from.filter(day -> other.to.filter(day::isAfter).isPresent())
                            .isEmpty()
                    && other.from
                            .filter(day -> to.filter(day::isAfter).isPresent())
                            .isEmpty();
            return sameDays && header.map(Header::sha256).equals(other.header.map(Header::sha256));
        }
    }

    /**
     * The columns of a file; their order, case and blanks do not matter, as for all columns.
     *
     * @param columns their names; empty when only the fingerprint is known
     * @param sha256 fingerprint: SHA-256 over the names, folded and sorted, each with a line end
     */
    public record Header(List<String> columns, String sha256) {
        public Header {
            columns = List.copyOf(columns);
        }

        /** The columns of these names. */
        public static Header of(Collection<String> columns) {
            String names = columns.stream()
                    .map(FoldedText::of)
                    .sorted()
                    .map(name -> name + "\n")
                    .collect(Collectors.joining());
            return new Header(List.copyOf(columns), Sha256.of(names));
        }

        /** Whether a file's columns are these. */
        public boolean fits(Collection<String> header) {
            return of(header).sha256.equals(sha256);
        }
    }

    /**
     * A site's part in a study.
     *
     * @param randomised whether allocation was random here
     * @param comparator what the control arm is offered, by class: TAU, SCM, supportive group
     * @param schedule intervals the site plans; the others are "not scheduled"
     */
    public record Membership(StudyCode study, boolean randomised, String comparator, List<IntervalCode> schedule) {
        public Membership {
            schedule = List.copyOf(schedule);
        }
    }

    /** What a new file of an export does to the earlier ones. */
    public enum Mode {
        /** It replaces all earlier rows of the export. */
        CUMULATIVE,
        /** Its rows replace earlier rows of the same key; the others stand. */
        INCREMENTAL
    }

    /** What a row of the file is. */
    public enum Shape {
        /** A record, or a record at a visit, with a column per item or total. */
        WIDE,
        /** One answer to one item. */
        ITEM
    }

    /**
     * One kind of file a site delivers.
     *
     * @param version which files of the export this is for
     * @param files matches the names of its files
     * @param dropLimit share of participants a cumulative file may lack before it is held, 0 to 1
     * @param rowKey how one row of a delivery is told from all others, so that it can be found in the next one whatever else
     *     was corrected in it; for {@link Shape#WIDE}
     * @param forms questionnaires, for {@link Shape#WIDE}
     * @param itemRow which column holds what, for {@link Shape#ITEM}
     * @param history events, spells, observed time and care, for {@link Shape#WIDE}
     * @param ignored columns known and not wanted; other unmapped columns are told
     */
    public record Export(
            String code,
            Version version,
            Pattern files,
            Mode mode,
            double dropLimit,
            AsOf asOf,
            TextFormat text,
            Missing missing,
            RecordKey record,
            RowKey rowKey,
            Shape shape,
            Visit visit,
            List<FactColumn> facts,
            List<Form> forms,
            Optional<ItemRow> itemRow,
            History history,
            List<Pattern> ignored) {
        public Export {
            facts = List.copyOf(facts);
            forms = List.copyOf(forms);
            ignored = List.copyOf(ignored);
        }

        /** Whether a row replaces what earlier files said under its key of what happened. */
        public boolean replacesByKey() {
            return mode == Mode.INCREMENTAL && rowKey.declared() && !history.isEmpty();
        }

        /** The names of its files, as the mapping writes them. */
        public String fileNames() {
            return files.pattern()
                    .replace("\\Q", "")
                    .replace("\\E", "")
                    .replace("(?<asof>.+?)", "{as_of}")
                    .replace(".*", "*");
        }
    }

    /**
     * What tells rows apart.
     *
     * @param columns that, with the record's id, tell one row of a delivery from all others
     * @param declared whether the mapping says so; else they are what chooses rows, and may tell several alike
     */
    public record RowKey(List<String> columns, boolean declared) {
        public RowKey {
            columns = List.copyOf(columns);
        }
    }

    /** Where the moment an export was taken is told. */
    public enum AsOfSource {
        FILE_NAME,
        COLUMN,
        RECEIPT
    }

    /**
     * When an export was taken.
     *
     * @param column for {@link AsOfSource#COLUMN}; the latest moment in it counts
     * @param name for {@link AsOfSource#FILE_NAME}; its group {@code asof} holds the moment
     * @param format of the moment
     */
    public record AsOf(AsOfSource source, Optional<String> column, Optional<Pattern> name, Optional<DateRule> format) {}

    /**
     * How the file is written.
     *
     * @param encodings tried in this order, strictly; a byte order mark decides before them
     * @param skipLines lines before the header
     */
    public record TextFormat(
            List<Charset> encodings,
            char delimiter,
            char quote,
            int skipLines,
            char decimal,
            Optional<Character> thousands) {
        public TextFormat {
            encodings = List.copyOf(encodings);
        }
    }

    /**
     * What stands for "no value".
     *
     * @param tokens texts without a reason, compared trimmed and without case; empty always is one
     * @param codes texts with a reason
     */
    public record Missing(Set<String> tokens, Map<String, MissingReason> codes) {
        public Missing {
            tokens = Set.copyOf(tokens);
            codes = Map.copyOf(codes);
        }
    }

    /**
     * Who the row is about.
     *
     * @param padTo digits a numeric id is filled to with leading zeros; 0 leaves it
     * @param prefix put before the id
     */
    public record RecordKey(String column, int padTo, String prefix) {
        /** A record id as the site's files are read, in one spelling for all of them; empty stays empty. */
        public String spelled(String cell) {
            String id = cell.strip();
            if (id.isEmpty()) {
                return id;
            }
            if (padTo > id.length() && id.chars().allMatch(c -> c >= '0' && c <= '9')) {
                id = "0".repeat(padTo - id.length()) + id;
            }
            return prefix.isEmpty() ? id : prefix + id;
        }
    }

    /** Where the site's own name of the visit is told. */
    public enum VisitSource {
        /** A column of the row. */
        COLUMN,
        /** The names of item and total columns, at {@code {visit}}. */
        COLUMN_NAMES,
        /** Nowhere: dates place the row. */
        DATE
    }

    /**
     * Which visit a row or column belongs to.
     *
     * @param values the site's name of a visit, to the interval it is planned as; empty for unscheduled visits
     */
    public record Visit(VisitSource source, Optional<String> column, Map<String, Optional<IntervalCode>> values) {
        public Visit {
            values = Map.copyOf(values);
        }
    }

    /** A date that is a pattern of day, month and year, or days from an epoch. */
    public enum DateKind {
        PATTERN,
        EXCEL_1900,
        EXCEL_1904,
        SPSS,
        SAS
    }

    /**
     * How a date is written.
     *
     * @param pattern for {@link DateKind#PATTERN}, as {@link java.time.format.DateTimeFormatter}
     * @param earliest dates before this are impossible
     * @param dummies texts that stand for no date
     * @param unknown what stands for a day or month nobody knows; with it, dates known in part are read as such
     */
    public record DateRule(
            DateKind kind, String pattern, LocalDate earliest, Set<String> dummies, Optional<String> unknown) {
        public DateRule {
            dummies = Set.copyOf(dummies);
        }
    }

    /** A column that holds a date. */
    public record DateColumn(String column, DateRule rule) {}

    /** What a participant fact is. */
    public enum FactKind {
        /** The arm, as a code of the study. */
        ARM,
        DATE,
        NUMBER,
        TEXT
    }

    /**
     * A column that says something of the participant: arm, anchor date, stratum.
     *
     * @param fact the study's name for it
     * @param values the site's value, to the study's; empty takes the text as it is
     * @param missing texts that stand for no value in this column, besides those of the export
     * @param date for {@link FactKind#DATE}
     */
    public record FactColumn(
            String fact,
            String column,
            FactKind kind,
            Map<String, String> values,
            Set<String> missing,
            Optional<DateRule> date) {
        public FactColumn {
            values = Map.copyOf(values);
            missing = Set.copyOf(missing);
        }
    }

    /**
     * How the text of an item becomes a number.
     *
     * @param pattern whose first group is the number; empty takes the whole text
     * @param labels texts that stand for a number, compared in NFC without case
     * @param shift added to the number, for forms that count from 1
     * @param factor multiplied after that
     */
    public record ValueRule(Optional<Pattern> pattern, Map<String, Double> labels, double shift, double factor) {
        /** The text is the number. */
        public static final ValueRule PLAIN = new ValueRule(Optional.empty(), Map.of(), 0, 1);

        public ValueRule {
            labels = Map.copyOf(labels);
        }
    }

    /** What the site's own total is for. */
    public enum TotalUse {
        /** Items are sent too: the total is compared with ours. */
        CROSS_CHECK,
        /** No items are sent: the total is the score. */
        SCORE
    }

    /** A column with a total that the site computed. */
    public record TotalColumn(ScaleCode scale, String column, TotalUse use) {}

    /**
     * Columns of one questionnaire in a wide row. With {@link VisitSource#COLUMN_NAMES} each name, the date's and
     * the status's too, holds {@code {visit}}; {@code {item}} has been replaced by the loader.
     *
     * @param items columns by item number; empty when only totals are sent
     * @param reversedAlready items the site has turned round before the export
     * @param date when it was filled in
     * @param complete column with the form's status, and the values that count as filled in
     */
    public record Form(
            String code,
            InstrumentCode instrument,
            Map<Integer, String> items,
            Set<Integer> reversedAlready,
            List<TotalColumn> totals,
            Optional<DateColumn> date,
            Optional<CompleteColumn> complete,
            ValueRule value,
            Map<String, MissingReason> missing) {
        public Form {
            items = Map.copyOf(items);
            reversedAlready = Set.copyOf(reversedAlready);
            totals = List.copyOf(totals);
            missing = Map.copyOf(missing);
        }
    }

    /** A column that says whether the form is filled in. */
    public record CompleteColumn(String column, Set<String> accepted) {
        public CompleteColumn {
            accepted = Set.copyOf(accepted);
        }
    }

    /**
     * Columns of a row that is one answer.
     *
     * @param instruments the site's name, to the study's
     * @param codings how answers under a name of the site are coded, where not as all
     * @param itemColumn column of the item
     * @param itemPattern whose first group is the item's number
     * @param totalItem text in the item column that marks a total the site computed, to the scale
     */
    public record ItemRow(
            String instrumentColumn,
            Map<String, InstrumentCode> instruments,
            Map<String, Coding> codings,
            String itemColumn,
            Pattern itemPattern,
            Map<String, ScaleCode> totalItem,
            TotalUse totalUse,
            String valueColumn,
            Optional<DateColumn> date,
            ValueRule value) {
        public ItemRow {
            instruments = Map.copyOf(instruments);
            codings = Map.copyOf(codings);
            totalItem = Map.copyOf(totalItem);
        }

        /** How answers are coded under this name of the site. */
        public Coding coding(String name) {
            return codings.getOrDefault(name, new Coding(value, Set.of(), Map.of()));
        }
    }

    /**
     * How the answers of one edition become those of its instrument.
     *
     * @param reversedAlready items the site has turned round before the export
     * @param missing texts that stand for no value here, besides those of the export
     */
    public record Coding(ValueRule value, Set<Integer> reversedAlready, Map<String, MissingReason> missing) {
        public Coding {
            reversedAlready = Set.copyOf(reversedAlready);
            missing = Map.copyOf(missing);
        }
    }
}
