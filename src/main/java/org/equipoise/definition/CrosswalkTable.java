package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.equipoise.definition.Crosswalk.Point;

/** Reads the table of a crosswalk: CSV with a header, one row a source score. */
final class CrosswalkTable {
    static final String HEADER = "source_score,target_score,target_se";

    private final String name;
    private final YamlFile teller;
    private final List<Point> points = new ArrayList<>();

    /**
     * Prepares to read.
     *
     * @param name of the table's file, for messages
     * @param teller the crosswalk's own file, which is told what is wrong
     */
    CrosswalkTable(String name, YamlFile teller) {
        this.name = name;
        this.teller = teller;
    }

    /** The rows of the table by line; what is wrong with a row is told and the row left out. */
    List<Point> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            tell(DefinitionProblem.TABLE_ROW, 1, HEADER);
        }
        for (int i = 1; i < lines.size(); i++) {
            readRow(i + 1, lines.get(i).split(",", -1));
        }
        if (points.isEmpty()) {
            tell(DefinitionProblem.TABLE_ROW, lines.size() + 1, "at least one row");
        }
        return points;
    }

    private void readRow(int line, String[] cells) {
        boolean wellFormed = cells.length == 3 && isNumber(cells[0]) && isNumber(cells[1]);
        if (!wellFormed || !(cells[2].isEmpty() || isNumber(cells[2]))) {
            tell(DefinitionProblem.TABLE_ROW, line, "two numbers, and a third or nothing");
            return;
        }
        double source = Double.parseDouble(cells[0]);
        if (!points.isEmpty() && !(source > points.get(points.size() - 1).source())) {
            tell(DefinitionProblem.TABLE_ORDER, line, "a source score greater than the one above");
            return;
        }
        points.add(new Point(
                source,
                Double.parseDouble(cells[1]),
                cells[2].isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(cells[2]))));
    }

    private static boolean isNumber(String cell) {
        return cell.matches("-?[0-9]{1,6}(\\.[0-9]{1,17})?");
    }

    private void tell(DefinitionProblem problem, int line, String expected) {
        teller.add(problem.at(name, line, null, expected, null));
    }
}
