package org.equipoise.staging.internal;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.definition.SiteMapping.Shape;
import org.equipoise.staging.BlockChecker;
import org.equipoise.staging.ExportPlan;
import org.equipoise.staging.FileRefused;
import org.equipoise.staging.Finding;
import org.equipoise.vocabulary.FindingCode;
import org.equipoise.vocabulary.Place;

/** Makes the checker that fits an export's shape. */
public final class RowCheckers {
    private RowCheckers() {}

    public static List<Finding> verifyHeader(ExportPlan plan) throws FileRefused {
        HeaderIndex columns = new HeaderIndex(plan.file(), plan.headerLine(), plan.header());
        checker(plan, columns);
        plan.export().asOf().column().ifPresent(columns::need);
        List<Finding> problems = columns.problems();
        if (!problems.isEmpty()) {
            throw new FileRefused(problems);
        }
        List<Finding> unused = new ArrayList<>();
        for (String column : columns.unused()) {
            if (plan.export().ignored().stream()
                    .noneMatch(ignored -> ignored.matcher(column).matches())) {
                unused.add(Finding.of(
                        FindingCode.STG_008,
                        Place.column(plan.file(), plan.headerLine(), column),
                        "a column that the mapping names",
                        null));
            }
        }
        return unused;
    }

    public static BlockChecker newChecker(ExportPlan plan) {
        return checker(plan, new HeaderIndex(plan.file(), plan.headerLine(), plan.header()));
    }

    private static BlockChecker checker(ExportPlan plan, HeaderIndex columns) {
        return plan.export().shape() == Shape.WIDE
                ? new WideRowChecker(plan, columns)
                : new ItemRowChecker(plan, columns);
    }
}
