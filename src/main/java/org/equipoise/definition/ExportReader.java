package org.equipoise.definition;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.equipoise.definition.SiteMapping.AsOf;
import org.equipoise.definition.SiteMapping.AsOfSource;
import org.equipoise.definition.SiteMapping.DateRule;
import org.equipoise.definition.SiteMapping.Export;
import org.equipoise.definition.SiteMapping.FactColumn;
import org.equipoise.definition.SiteMapping.FactKind;
import org.equipoise.definition.SiteMapping.Form;
import org.equipoise.definition.SiteMapping.Header;
import org.equipoise.definition.SiteMapping.ItemRow;
import org.equipoise.definition.SiteMapping.Missing;
import org.equipoise.definition.SiteMapping.Mode;
import org.equipoise.definition.SiteMapping.RecordKey;
import org.equipoise.definition.SiteMapping.RowKey;
import org.equipoise.definition.SiteMapping.Shape;
import org.equipoise.definition.SiteMapping.TextFormat;
import org.equipoise.definition.SiteMapping.Version;
import org.equipoise.definition.SiteMapping.Visit;
import org.equipoise.definition.SiteMapping.VisitSource;
import org.equipoise.vocabulary.IntervalCode;

/** Reads one export of a mapping. */
final class ExportReader {
    private static final double DROP_LIMIT = 0.05;
    private static final String UNSCHEDULED = "unscheduled";

    private final Part root;
    private final InstrumentShelf instruments;
    private final StudyTerms terms;
    private final DateRules dates;
    private final ColumnNames columns;
    private final VisitSource visitSource;

    ExportReader(Part root, InstrumentShelf instruments, StudyTerms terms) {
        this.root = root;
        this.instruments = instruments;
        this.terms = terms;
        dates = new DateRules(root.at("dates"));
        visitSource = root.at("visit").at("from").choice(VisitSource.class, VisitSource.COLUMN);
        columns = new ColumnNames(visitSource == VisitSource.COLUMN_NAMES);
    }

    Export read() {
        Part itemRow = root.at("item_row");
        Pattern files = readFiles();
        RecordKey record = readRecord(root.at("record"));
        Visit visit = readVisit(root.at("visit"));
        AnswerReader answers =
                new AnswerReader(instruments, columns, dates, root.at("missing").at("codes"), visitSource);
        List<FactColumn> facts = readFacts();
        List<Form> forms = answers.readForms(root.at("forms"));
        Optional<ItemRow> answer = itemRow.isPresent() ? Optional.of(answers.readItemRow(itemRow)) : Optional.empty();
        History history = new HistoryReader(columns, dates, terms).read(root);
        checkShape();
        return new Export(
                root.at("code").text(),
                readVersion(),
                files,
                root.at("mode").choice(Mode.class, Mode.CUMULATIVE),
                root.at("drop_limit").number(DROP_LIMIT),
                readAsOf(root.at("as_of"), files),
                readText(root.at("text")),
                readMissing(root.at("missing")),
                record,
                readRowKey(visit, history),
                itemRow.isPresent() ? Shape.ITEM : Shape.WIDE,
                visit,
                facts,
                forms,
                answer,
                history,
                root.at("ignored").elements().stream()
                        .map(column -> ColumnNames.wildcard(column.text()))
                        .toList());
    }

    private Version readVersion() {
        if (root.at("as_of").at("from").text().equals("column")) {
            for (String key : List.of("valid_from", "valid_to")) {
                if (root.at(key).isPresent()) {
                    outOfPlace(root.at(key), key, "when the file was taken is told inside it, and is read too late");
                }
            }
        }
        Version version = new Version(
                root.at("version").findText().orElse(Version.ONLY),
                root.at("valid_from").findDay(),
                root.at("valid_to").findDay(),
                readHeader(root.at("header")),
                Sha256.of(root.canonical(Set.of("version", "valid_from", "valid_to"))));
        if (version.from()
                .filter(from -> version.to().filter(from::isAfter).isPresent())
                .isPresent()) {
            root.at("valid_to")
                    .tell(
                            DefinitionProblem.VERSION_ENDS_FIRST,
                            "a day not before " + version.from().get(),
                            root.at("valid_to").text());
        }
        return version;
    }

    private static Optional<Header> readHeader(Part part) {
        return part.findText()
                .map(sha256 -> new Header(List.of(), sha256))
                .or(() -> part.isPresent()
                        ? Optional.of(Header.of(
                                part.elements().stream().map(Part::text).toList()))
                        : Optional.empty());
    }

    private void checkShape() {
        if (!root.at("item_row").isPresent()) {
            return;
        }
        for (String key : List.of("row_key", "forms", "events", "spells", "observed", "care")) {
            if (root.at(key).isPresent()) {
                outOfPlace(root.at(key), key, "with item_row a row is one answer");
            }
        }
        if (visitSource == VisitSource.COLUMN_NAMES) {
            outOfPlace(root.at("visit").at("from"), "from: column_names", "with item_row a row is one answer");
        }
    }

    private Pattern readFiles() {
        Part files = root.at("files");
        boolean named = files.text().contains(ColumnNames.AS_OF);
        boolean wanted = root.at("as_of").at("from").text().equals("file_name");
        if (wanted && !named) {
            files.tell(
                    DefinitionProblem.PLACEHOLDER_NEEDED,
                    "a name with " + ColumnNames.AS_OF,
                    files.text(),
                    files.text(),
                    ColumnNames.AS_OF);
        }
        if (named && !wanted && root.at("as_of").at("from").isPresent()) {
            files.tell(
                    DefinitionProblem.PLACEHOLDER_OUT_OF_PLACE,
                    "as_of: {from: file_name}, or * in its place",
                    files.text(),
                    files.text(),
                    ColumnNames.AS_OF);
        }
        return ColumnNames.wildcard(files.text());
    }

    private AsOf readAsOf(Part part, Pattern files) {
        AsOfSource source = part.at("from").choice(AsOfSource.class, AsOfSource.RECEIPT);
        Optional<String> column = part.at("column").findText();
        boolean isColumn = source == AsOfSource.COLUMN;
        requireOnly(part, "column", isColumn, "from is " + part.at("from").text());
        if (source == AsOfSource.RECEIPT && part.at("format").isPresent()) {
            outOfPlace(part.at("format"), "format", "from is receipt");
        }
        Optional<DateRule> format =
                source == AsOfSource.RECEIPT ? Optional.empty() : Optional.of(dates.rule(part.at("format")));
        return new AsOf(source, column, source == AsOfSource.FILE_NAME ? Optional.of(files) : Optional.empty(), format);
    }

    private static TextFormat readText(Part part) {
        List<Charset> encodings = new ArrayList<>();
        part.at("encodings").elements().forEach(name -> readCharset(name).ifPresent(encodings::add));
        if (encodings.isEmpty()) {
            encodings.add(StandardCharsets.UTF_8);
            encodings.add(Charset.forName("windows-1252"));
        }
        TextFormat format = new TextFormat(
                encodings,
                character(part.at("delimiter"), ','),
                character(part.at("quote"), '"'),
                part.at("skip_lines").integer(0),
                character(part.at("decimal"), '.'),
                part.at("thousands").findText().map(text -> character(part.at("thousands"), ' ')));
        if (format.delimiter() == format.quote()) {
            part.at("quote").tell(DefinitionProblem.MARKS_CLASH, "other than the delimiter", null);
        }
        if (format.thousands().filter(mark -> mark == format.decimal()).isPresent()) {
            part.at("thousands").tell(DefinitionProblem.MARKS_CLASH, "other than the decimal mark", null);
        }
        return format;
    }

    private static Optional<Charset> readCharset(Part name) {
        try {
            return name.findText().map(Charset::forName);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            name.tell(DefinitionProblem.BAD_CHARSET, "an encoding such as utf-8", name.text(), name.text());
            return Optional.empty();
        }
    }

    private static char character(Part part, char otherwise) {
        return part.findText()
                .filter(text -> !text.isEmpty())
                .map(text -> text.equals("tab") ? '\t' : text.charAt(0))
                .orElse(otherwise);
    }

    private static Missing readMissing(Part part) {
        return new Missing(part.at("tokens").texts(), InstrumentReader.readMissing(part.at("codes")));
    }

    private RecordKey readRecord(Part part) {
        Part column = part.isObject() ? part.at("column") : part;
        return new RecordKey(
                columns.take(column, columns.shared(column)),
                part.at("pad_to").integer(0),
                part.at("prefix").text());
    }

    /** Without one, what chooses rows: the visit, and the columns by which forms about what happened do. */
    private RowKey readRowKey(Visit visit, History history) {
        Part part = root.at("row_key");
        if (part.isPresent()) {
            return new RowKey(part.elements().stream().map(columns::shared).toList(), true);
        }
        Stream<History.Form> forms = Stream.of(
                        history.events().stream().map(History.EventColumns::form),
                        history.spells().stream().map(History.SpellColumns::form),
                        history.observed().stream().map(History.ObservedColumns::form),
                        history.care().stream().map(History.CareColumns::form))
                .flatMap(each -> each);
        List<String> choosing = Stream.concat(
                        visit.column().stream(),
                        forms.flatMap(form -> form.rows().keySet().stream().sorted()))
                .distinct()
                .toList();
        return new RowKey(choosing, false);
    }

    private Visit readVisit(Part part) {
        String source = "from is " + part.at("from").text();
        if (part.at("from").isPresent()) {
            requireOnly(part, "column", visitSource == VisitSource.COLUMN, source);
            requireOnly(part, "values", visitSource != VisitSource.DATE, source);
        }
        Map<String, Optional<IntervalCode>> values = new HashMap<>();
        part.at("values").forEach((name, interval) -> {
            boolean unscheduled = interval.text().equals(UNSCHEDULED);
            if (!unscheduled) {
                terms.checkInterval(interval);
            }
            values.put(name, unscheduled ? Optional.empty() : Optional.of(interval.code(IntervalCode::new)));
        });
        Optional<String> column = part.at("column").findText().map(name -> columns.take(part.at("column"), name));
        return new Visit(visitSource, column, values);
    }

    private List<FactColumn> readFacts() {
        List<FactColumn> facts = new ArrayList<>();
        root.at("facts").forEach((name, part) -> facts.add(readFact(name, part)));
        return facts;
    }

    private FactColumn readFact(String name, Part part) {
        FactKind kind = part.at("kind").choice(FactKind.class, FactKind.TEXT);
        if (part.at("kind").isPresent() && (kind == FactKind.ARM) != name.equals("arm")) {
            part.at("kind")
                    .tell(
                            DefinitionProblem.KEY_OUT_OF_PLACE,
                            "kind: arm for the fact arm and for no other",
                            part.at("kind").text(),
                            "kind",
                            "the fact is " + name);
        }
        if (kind != FactKind.DATE && part.at("format").isPresent()) {
            outOfPlace(part.at("format"), "format", "the fact is no date");
        }
        if (kind == FactKind.DATE && part.at("values").isPresent()) {
            outOfPlace(part.at("values"), "values", "a date is read by its format");
        }
        Map<String, String> values = new HashMap<>();
        part.at("values").forEach((text, value) -> {
            values.put(text, value.text());
            if (kind == FactKind.ARM) {
                terms.checkArm(value.text(), value);
            }
        });
        return new FactColumn(
                name,
                columns.shared(part.at("column")),
                kind,
                values,
                part.at("missing").texts(),
                kind == FactKind.DATE ? Optional.of(dates.rule(part.at("format"))) : Optional.empty());
    }

    /** Tells a key that is missing though wanted, or there though not. */
    private static void requireOnly(Part part, String key, boolean wanted, String because) {
        Part child = part.at(key);
        if (wanted && !child.isPresent()) {
            child.tell(DefinitionProblem.KEY_NEEDED_HERE, "the key " + key, null, key, because);
        }
        if (!wanted && child.isPresent()) {
            outOfPlace(child, key, because);
        }
    }

    private static void outOfPlace(Part part, String key, String because) {
        part.tell(DefinitionProblem.KEY_OUT_OF_PLACE, "no such key", null, key, because);
    }
}
