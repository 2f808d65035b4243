package org.equipoise.drafting;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.Study;

/** The mapping as it is being written, with all that its parts go by. */
final class Page {
    private static final int SURE_OF_OTHER_FORMAT = 70;

    private final Sample sample;
    private final Roles roles;
    private final Study study;
    private final Dictionary dictionary;
    private final Ledger ledger;
    private final YamlText yaml;
    private final Set<Field> used = new HashSet<>();
    private String dateFormat = "yyyy-MM-dd";

    Page(Sample sample, Roles roles, Study study, Dictionary dictionary, Ledger ledger, YamlText yaml) {
        this.sample = sample;
        this.roles = roles;
        this.study = study;
        this.dictionary = dictionary;
        this.ledger = ledger;
        this.yaml = yaml;
    }

    Sample sample() {
        return sample;
    }

    Roles roles() {
        return roles;
    }

    Study study() {
        return study;
    }

    Ledger ledger() {
        return ledger;
    }

    YamlText yaml() {
        return yaml;
    }

    /** How most dates are written. */
    String dateFormat() {
        return dateFormat;
    }

    void setDateFormat(String format) {
        dateFormat = format;
    }

    /** Notes that the mapping has a place for the field. */
    String use(Field field) {
        used.add(field);
        return YamlText.scalar(field.name());
    }

    boolean uses(Field field) {
        return used.contains(field);
    }

    Role role(Field field) {
        return roles.all().getOrDefault(field, Role.none());
    }

    /** What the code stands for, if a data dictionary says it; else the code. */
    String label(Field field, String code) {
        return dictionary.label(field.name(), code).orElse(code);
    }

    /** The codes of the field, rare ones too if they stand for words of the field. */
    Set<String> words(Field field) {
        return field.words(code -> label(field, code)).orElse(Set.of());
    }

    /** A date column, with its format where it is written in another way than most. */
    String date(Field field) {
        String column = use(field);
        String format = otherFormat(field);
        return format.isEmpty() ? column : "{column: " + column + format + "}";
    }

    /** The key format for a date column that is written in another way than most; else nothing. */
    String otherFormat(Field field) {
        return field.date()
                .filter(date -> date.certainty() >= SURE_OF_OTHER_FORMAT
                        && !date.format().equals(dateFormat))
                .map(date -> ", format: " + YamlText.scalar(date.format()))
                .orElse("");
    }

    /** The column with the day of the row, or of each visit. */
    Optional<Field> visitDay() {
        return roles.with(Role.DATE).stream()
                .filter(field -> role(field).rest().isEmpty() && !isInGroup(field))
                .findFirst();
    }

    /** Whether the field is about some rows only, which a column marks. */
    boolean isInGroup(Field field) {
        return roles.groups().values().stream().anyMatch(group -> group.contains(field));
    }

    /** Fields in this role for the form or kind of this code. */
    List<Field> fieldsOf(String word, String code) {
        return roles.with(word).stream()
                .filter(field -> role(field).at(0).equals(code))
                .toList();
    }
}
