package org.equipoise.drafting;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.equipoise.definition.Instrument;
import org.equipoise.definition.SiteMapping;
import org.equipoise.definition.Study;

/** Turns the roles of one file's columns into an export of the mapping, settling what the codes in them mean. */
final class ExportDraft {
    private static final int USUAL_RECALL = 6;

    private final Sample sample;
    private final VisitNames visits;
    private final Roles roles;
    private final List<Instrument> instruments;
    private final Study study;
    private final Dictionary dictionary;
    private final Ledger ledger;
    private final YamlText yaml = new YamlText();
    private final Page page;
    private final Set<String> planned = new HashSet<>();
    private final Set<String> kinds = new HashSet<>();

    ExportDraft(
            Sample sample,
            VisitNames visits,
            Roles roles,
            List<Instrument> instruments,
            Study study,
            Dictionary dictionary,
            Ledger ledger) {
        this.sample = sample;
        this.visits = visits;
        this.roles = roles;
        this.instruments = instruments;
        this.study = study;
        this.dictionary = dictionary;
        this.ledger = ledger;
        page = new Page(sample, roles, study, dictionary, ledger, yaml);
    }

    /** Intervals that visits of the file are planned as. */
    Set<String> planned() {
        return planned;
    }

    /** Kinds of event and spell that the file tells of, once it is written. */
    Set<String> kinds() {
        return kinds;
    }

    /**
     * Writes the export's lines.
     *
     * @param readAnywhere kinds that some file of the site tells of: time is observed for no others
     */
    void write(Set<String> readAnywhere) {
        Field record = roles.first(Role.RECORD).orElse(visits.fields().get(0));
        page.setDateFormat(settleDates());
        export(record, visitValues(record), readAnywhere);
    }

    String text() {
        return yaml.toString();
    }

    /** Fields without a place. */
    List<Field> leftOver() {
        return visits.fields().stream().filter(field -> !page.uses(field)).toList();
    }

    private String file(String about, String guess, int certainty, String reason) {
        return ledger.settle("", about, guess, certainty, reason);
    }

    private void export(Field record, Map<String, String> visitValues, Set<String> readAnywhere) {
        FileName name = FileName.of(sample.name());
        yaml.line(1, "- code: " + YamlText.scalar(file("export", name.export(), 80, "from the file's name")));
        yaml.line(
                2,
                "files: "
                        + YamlText.scalar(file(
                                "files",
                                name.pattern(),
                                name.isDated() ? 90 : 40,
                                name.isDated() ? "the day in its name changes" : "no day in its name")));
        yaml.line(
                2,
                "mode: " + file("mode", "cumulative", 60, "most systems export everything each time"),
                ledger.remark("", "mode"));
        yaml.line(
                2,
                name.isDated()
                        ? "as_of: {from: file_name, format: " + name.dayFormat() + "}"
                        : "as_of: {from: receipt}");
        writtenHow();
        record(record);
        FormDrafts forms = new FormDrafts(page, instruments);
        forms.writeMissing();
        dates();
        visit(visitValues);
        facts();
        forms.write();
        kinds.addAll(new HistoryDraft(page, recall(visitValues), readAnywhere).write());
        ignored();
    }

    private void writtenHow() {
        TextGuess text = sample.text();
        String encodings = file("encodings", String.join(" ", text.encodings()), 95, text.encodingReason());
        String delimiter = text.delimiter() == '\t' ? "tab" : String.valueOf(text.delimiter());
        delimiter = file("delimiter", delimiter, text.certainty(), "most lines have the same number of them");
        file(
                "lines before the header",
                String.valueOf(text.skipLines()),
                90,
                "the first line with as many delimiters as most");
        String decimal = file(
                "decimal", decimal(), 70, "commas or points between digits, or the usual one beside this delimiter");
        yaml.line(
                2,
                "text: {encodings: " + YamlText.list(List.of(encodings.split(" "))) + ", delimiter: "
                        + YamlText.scalar(delimiter) + ", decimal: " + YamlText.scalar(decimal)
                        + (text.skipLines() > 0 ? ", skip_lines: " + text.skipLines() : "") + "}",
                ledger.remark("", "encodings"));
    }

    private String decimal() {
        int commas = 0;
        int points = 0;
        for (String[] row : sample.rows()) {
            for (String cell : row) {
                commas += cell.matches("-?\\d+,\\d{1,2}") ? 1 : 0;
                points += cell.matches("-?\\d+\\.\\d{1,2}") ? 1 : 0;
            }
        }
        if (commas == points) {
            return sample.text().delimiter() == ';' ? "," : ".";
        }
        return commas > points ? "," : ".";
    }

    private void record(Field record) {
        page.use(record);
        String pad =
                file("record digits", "0", 50, "ids may have lost leading zeros; how many digits they have elsewhere");
        String prefix = file("record prefix", "none", 50, "text that other files of the site put before the id");
        String column = "record: " + YamlText.scalar(record.name());
        if (!pad.equals("0") || !prefix.equals("none")) {
            column = "record: {column: " + YamlText.scalar(record.name())
                    + (pad.equals("0") ? "" : ", pad_to: " + pad)
                    + (prefix.equals("none") ? "" : ", prefix: " + YamlText.scalar(prefix)) + "}";
        }
        yaml.line(2, column, ledger.remark(record.name(), "role"));
    }

    private String settleDates() {
        DateGuess best = null;
        int most = 0;
        String unknown = "";
        for (Field field : visits.fields()) {
            Role role = roles.all().getOrDefault(field, Role.none());
            boolean dated = role.is(Role.DATE) || role.is(Role.FACT) || role.is(Role.FROM) || role.is(Role.TO);
            Optional<DateGuess> date = dated ? field.date() : Optional.empty();
            if (date.isPresent()) {
                unknown = date.get().unknown().isEmpty() ? unknown : date.get().unknown();
                int weight = date.get().certainty();
                if (weight > most) {
                    best = date.get();
                    most = weight;
                }
            }
        }
        if (best == null) {
            return page.dateFormat();
        }
        file(
                "unknown days",
                unknown.isEmpty() ? "none" : unknown,
                unknown.isEmpty() ? 75 : 85,
                "letters in place of a day or month");
        return file("date format", best.format(), best.certainty(), best.reason());
    }

    private void dates() {
        String unknown = ledger.guesses().stream()
                .filter(guess -> guess.about().equals("unknown days")
                        && guess.file().equals(FileName.of(sample.name()).pattern()))
                .map(Guess::guess)
                .filter(text -> !text.equals("none"))
                .findFirst()
                .map(text -> ", unknown: " + YamlText.scalar(text))
                .orElse("");
        yaml.line(
                2,
                "dates: {format: " + YamlText.scalar(page.dateFormat()) + unknown + "}",
                ledger.remark("", "date format"));
    }

    private Map<String, String> visitValues(Field record) {
        Visits plan = new Visits(study.intervals());
        Map<String, String> values = new LinkedHashMap<>();
        Optional<Field> column = roles.first(Role.VISIT);
        if (!visits.visits().isEmpty()) {
            for (String visit : visits.visits()) {
                plan(plan, "visits in names", visit, months(record, visit), values);
            }
        } else if (column.isPresent()) {
            for (String visit : column.get().codes().orElse(Set.of())) {
                plan(plan, column.get().name(), visit, months(record, column.get(), visit), values);
            }
        }
        return values;
    }

    private void plan(Visits plan, String column, String visit, OptionalInt months, Map<String, String> values) {
        Visits.Planned guess = plan.plan(visit, months);
        String interval = ledger.settle(column, "value " + visit, guess.interval(), guess.certainty(), guess.reason());
        values.put(visit, interval);
        if (!interval.equals(Visits.UNSCHEDULED)) {
            planned.add(interval);
        }
    }

    private OptionalInt months(Field record, String visit) {
        List<Integer> columns = roles.with(Role.DATE).stream()
                .filter(Field::isOfVisit)
                .flatMap(field -> field.columns().stream())
                .filter(column -> sample.header().get(column).contains(visit))
                .toList();
        return between(
                record, row -> columns.stream().map(column -> row[column]).toList());
    }

    private OptionalInt months(Field record, Field column, String visit) {
        List<Field> dates = roles.with(Role.DATE).stream()
                .filter(field -> !page.isInGroup(field))
                .toList();
        return between(
                record,
                row -> column.text(row).equals(visit)
                        ? dates.stream().map(field -> field.text(row)).toList()
                        : List.of());
    }

    private OptionalInt between(Field record, java.util.function.Function<String[], List<String>> days) {
        Optional<Field> start = roles.with(Role.FACT).stream()
                .filter(field -> page.role(field).at(0).equals(study.timeZero()))
                .findFirst();
        if (start.isEmpty()) {
            return OptionalInt.empty();
        }
        Map<String, LocalDate> zero = new LinkedHashMap<>();
        sample.rows()
                .forEach(row -> Visits.day(start.get().text(row), page.dateFormat())
                        .ifPresent(day -> zero.putIfAbsent(record.text(row), day)));
        List<LocalDate[]> pairs = new ArrayList<>();
        sample.rows().forEach(row -> {
            LocalDate from = zero.get(record.text(row));
            if (from != null) {
                days.apply(row).stream()
                        .flatMap(text -> Visits.day(text, page.dateFormat()).stream())
                        .findFirst()
                        .ifPresent(day -> pairs.add(new LocalDate[] {from, day}));
            }
        });
        return Visits.monthsBetween(pairs);
    }

    private void visit(Map<String, String> values) {
        Optional<Field> column = roles.first(Role.VISIT);
        if (values.isEmpty()) {
            yaml.line(2, "visit: {from: date}", "no column and no names of columns say the visit");
            return;
        }
        yaml.line(2, "visit:");
        boolean byNames = !visits.visits().isEmpty();
        yaml.line(3, byNames ? "from: column_names" : "from: column");
        if (!byNames) {
            column.ifPresent(field -> {
                page.use(field);
                yaml.line(3, "column: " + YamlText.scalar(field.name()), ledger.remark(field.name(), "role"));
            });
        }
        yaml.line(3, "values:");
        String subject = byNames ? "visits in names" : column.map(Field::name).orElse("");
        values.forEach((visit, interval) ->
                yaml.line(4, YamlText.scalar(visit) + ": " + interval, ledger.remark(subject, "value " + visit)));
    }

    private void facts() {
        List<Field> facts = roles.with(Role.FACT);
        if (facts.isEmpty()) {
            return;
        }
        yaml.line(2, "facts:");
        Set<String> said = new HashSet<>();
        for (Field field : facts) {
            String fact = role(field).at(0);
            if (!said.add(fact)) {
                continue;
            }
            page.use(field);
            String column = YamlText.scalar(field.name());
            String content = switch (fact) {
                case "arm" -> "{column: " + column + ", kind: arm, values: " + YamlText.map(arms(field)) + "}";
                case "age" -> "{column: " + column + ", kind: number}";
                case "sex" -> "{column: " + column + ", kind: text" + sexes(field) + "}";
                default ->
                    fact.endsWith("_on")
                            ? "{column: " + column + ", kind: date" + page.otherFormat(field) + "}"
                            : "{column: " + column + ", kind: text}";
            };
            yaml.line(3, fact + ": " + content, ledger.remark(field.name(), "role"));
        }
    }

    private Role role(Field field) {
        return roles.all().getOrDefault(field, Role.none());
    }

    private Map<String, String> arms(Field field) {
        Map<String, String> arms = new LinkedHashMap<>();
        String treatment = study.arm(Study.Role.TREATMENT).code().value();
        String control = study.arm(Study.Role.CONTROL).code().value();
        Set<String> codes = field.codes().orElse(Set.of());
        boolean worded = codes.stream()
                        .map(code -> page.label(field, code))
                        .filter(label -> Words.names("treatment", label) || Words.names("control", label))
                        .count()
                > 1;
        for (String code : codes) {
            String label = dictionary.label(field.name(), code).orElse(code);
            Optional<String> known = label.equals(treatment) || Words.names("treatment", label)
                    ? Optional.of(treatment)
                    : label.equals(control) || Words.names("control", label) ? Optional.of(control) : Optional.empty();
            String arm = ledger.settle(
                    field.name(),
                    "value " + code,
                    known.orElse(worded ? "" : SiteMapping.UNANSWERED),
                    known.isPresent() ? 95 : 0,
                    known.isPresent() ? "its words" : "its words do not say the arm: " + treatment + " or " + control);
            if (!arm.isEmpty()) {
                arms.put(code, arm);
            }
        }
        return arms;
    }

    private String sexes(Field field) {
        Map<String, String> sexes = new LinkedHashMap<>();
        for (String code : field.codes().orElse(Set.of())) {
            String label = dictionary.label(field.name(), code).orElse(code);
            Words.find(List.of("female", "male", "other_sex"), label)
                    .ifPresent(sex -> sexes.put(
                            code,
                            ledger.settle(
                                    field.name(),
                                    "value " + code,
                                    sex.equals("other_sex") ? "other" : sex,
                                    75,
                                    "the letter's usual meaning; M is a woman where men are H")));
        }
        return sexes.isEmpty() ? "" : ", values: " + YamlText.map(sexes);
    }

    /** Months that questions about the past look back on, for want of better: from one visit to the next. */
    private int recall(Map<String, String> visitValues) {
        List<Integer> months = study.intervals().stream()
                .filter(interval -> visitValues.containsValue(interval.code().value()))
                .map(Study.Interval::month)
                .sorted()
                .toList();
        int shortest = USUAL_RECALL * 2;
        for (int i = 1; i < months.size(); i++) {
            shortest = Math.min(shortest, months.get(i) - months.get(i - 1));
        }
        return months.size() > 1 ? Math.max(1, shortest) : USUAL_RECALL;
    }

    private void ignored() {
        List<String> names = new ArrayList<>();
        roles.with(Role.IGNORE).forEach(field -> {
            page.use(field);
            names.add(field.name());
        });
        if (!names.isEmpty()) {
            yaml.line(2, "ignored: " + YamlText.list(names));
        }
    }
}
