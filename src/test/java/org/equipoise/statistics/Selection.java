package org.equipoise.statistics;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The rows that a reference record selects from its pack, and the model it names. */
record Selection(ReferencePack pack, JsonNode select) {

    String text(String key) {
        return select.path(key).asString("");
    }

    double number(String key) {
        return select.get(key).doubleValue();
    }

    /** A list of numbers. */
    double[] numbers(String key) {
        return numbers(select.get(key));
    }

    static double[] numbers(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToDouble(i -> list.get(i).doubleValue())
                .toArray();
    }

    /** The rows of data.csv with the record's measure, visit, arm and site, arms as the record compares them. */
    Table rows() {
        Table table = pack.table("data.csv");
        for (String key : List.of("measure", "visit", "arm", "site")) {
            if (select.path(key).isString()) {
                table = table.where(key, text(key));
            }
        }
        if (text("filter").equals("exposure_months > 0")) {
            table = table.where(row -> Table.number(row, "exposure_months") > 0);
        }
        return select.path("arms").isArray() ? table.where(this::compared) : table;
    }

    private boolean compared(Map<String, String> row) {
        return Table.text(row, "arm").equals(treatment())
                || Table.text(row, "arm").equals(control());
    }

    String treatment() {
        return select.path("arms").isArray() ? select.get("arms").get(0).asString() : pack.treatment();
    }

    String control() {
        return select.path("arms").isArray() ? select.get("arms").get(1).asString() : pack.control();
    }

    /** One arm's values of the outcome. */
    double[] arm(String arm) {
        if (select.has("sample")) {
            return pack.table("samples.csv")
                    .where("sample", text("sample"))
                    .where("arm", arm)
                    .numbers("value");
        }
        Table table = rows().where("arm", arm).with("value");
        return text("endpoint").equals("change_from_baseline") ? change(table) : table.numbers("value");
    }

    private static double[] change(Table table) {
        double[] values = table.numbers("value");
        double[] baseline = table.numbers("baseline");
        for (int i = 0; i < values.length; i++) {
            values[i] -= baseline[i];
        }
        return values;
    }

    double[] treated() {
        return arm(treatment());
    }

    double[] controls() {
        return arm(control());
    }

    /** The design that the record's model names, for instance {@code arm + baseline + site}. */
    Design design(Table table) {
        Design design = Design.ofArms(table.are("arm", treatment()));
        for (String term : text("model").split(" \\+ ", -1)) {
            if (!term.equals("arm") && !term.startsWith("offset")) {
                design = withTerm(design, table, term);
            }
        }
        return design;
    }

    static Design withTerm(Design design, Table table, String term) {
        boolean numeric = !term.equals("site") && table.texts(term).stream().allMatch(Selection::isNumber);
        return numeric ? design.withCovariate(term, table.numbers(term)) : design.withFactor(term, table.texts(term));
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9.]+(e-?[0-9]+)?");
    }
}
