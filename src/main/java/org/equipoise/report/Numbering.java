package org.equipoise.report;

import java.util.function.UnaryOperator;

/** Counts the figures and tables of a page. */
final class Numbering {
    private int figures;
    private int tables;

    /** The number of the next figure. */
    int nextFigure() {
        return ++figures;
    }

    /** {@code Table 3. What it shows}. */
    String tableCaption(String caption) {
        return "Table " + ++tables + ". " + caption;
    }

    /** A figure with its caption; {@code drawing} is given the id that is its own. */
    String figure(String caption, UnaryOperator<String> drawing) {
        int number = nextFigure();
        return "<figure>\n" + drawing.apply("figure-" + number) + "<figcaption><b>Figure " + number + ".</b> "
                + Html.text(caption) + "</figcaption>\n</figure>\n";
    }
}
