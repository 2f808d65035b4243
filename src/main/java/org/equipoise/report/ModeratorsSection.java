package org.equipoise.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.equipoise.comparison.Scope;
import org.equipoise.comparison.StoredEstimate;
import org.equipoise.definition.Moderator;
import org.equipoise.definition.Study;
import org.jspecify.annotations.Nullable;

/** What the sites' effects change with, where the study names something that they may change with. */
final class ModeratorsSection {
    static final String HEADING = "What the sites\u2019 effects change with";

    private static final String METHOD = "meta_regression";
    static final List<String> QUANTITIES = List.of(METHOD + "/slope", METHOD + "/k", METHOD + "/explained");

    /** A change with one more of something is smaller than the effect itself. */
    private static final int MORE_DECIMALS = 2;

    private final Study study;
    private final List<Reading> readings;
    private final Numbering numbering;

    ModeratorsSection(Study study, List<Reading> readings, Numbering numbering) {
        this.study = study;
        this.readings = readings;
        this.numbering = numbering;
    }

    /** A slope that was looked for, and the variant whose effects were held against the moderator. */
    private record Slope(Reading reading, When when, String variant, StoredEstimate row) {
        @Nullable
        Double beside(String quantity) {
            return reading.rows().number(reading.about(when, Scope.OVER_SITES), "", METHOD, variant, quantity);
        }
    }

    boolean isShown() {
        return study.comparisons().moderators().stream()
                .anyMatch(moderator -> !slopes(moderator).isEmpty());
    }

    String render() {
        return !isShown()
                ? ""
                : "<section id=\"moderators\">\n<h2>" + HEADING + "</h2>\n"
                        + study.comparisons().moderators().stream()
                                .map(this::moderator)
                                .collect(Collectors.joining())
                        + "</section>\n";
    }

    private List<Slope> slopes(Moderator moderator) {
        List<Slope> slopes = new ArrayList<>();
        for (Reading reading : readings) {
            for (When when : reading.marks()) {
                reading.pooledVariants().stream()
                        .map(variant -> variant + ":" + moderator.code())
                        .flatMap(variant -> reading
                                .rows()
                                .find(reading.about(when, Scope.OVER_SITES), "", METHOD, variant, "slope")
                                .map(row -> new Slope(reading, when, variant, row))
                                .stream())
                        .findFirst()
                        .ifPresent(slopes::add);
            }
        }
        return slopes;
    }

    private String moderator(Moderator moderator) {
        List<Slope> slopes = slopes(moderator);
        List<Slope> found =
                slopes.stream().filter(slope -> slope.row().value() != null).toList();
        String name =
                moderator.name() + " (" + moderator.outcome() + " of " + moderator.arm() + ", " + moderator.at() + ")";
        if (found.isEmpty()) {
            return paragraph(name + ": not told. Effects are held against it from " + moderator.minimumSites()
                    + " sites on; no outcome had an effect, and this value, at so many.");
        }
        Table table = new Table(
                "numbers",
                numbering.tableCaption(
                        name + ": by how much the effect of each outcome changes with one more of it, over"
                                + " sites; effects on ratios change by a factor."),
                List.of("Outcome", "At", "Sites", "Change (95 % CI)", "p", "Explained, %"));
        found.forEach(slope -> table.row(List.of(
                slope.reading().outcome().name(),
                slope.when().name(),
                Numerals.whole(slope.beside("k")),
                change(slope),
                Numerals.p(slope.row().p()),
                Optional.ofNullable(slope.beside("explained"))
                        .map(share -> Numerals.number(share * 100, 0))
                        .orElse(Numerals.NONE))));
        return table.render()
                + paragraph((found.size() < slopes.size()
                                ? "Not told for " + (slopes.size() - found.size())
                                        + " more, which had an effect at fewer than " + moderator.minimumSites()
                                        + " sites. "
                                : "")
                        + "This compares sites, which nobody drew by lot: it says where to look, not what would help.");
    }

    private static String change(Slope slope) {
        Reading reading = slope.reading();
        StoredEstimate row = slope.row();
        return Numerals.interval(
                shown(reading, row.value()),
                shown(reading, row.low()),
                shown(reading, row.high()),
                reading.scale().decimals() + MORE_DECIMALS);
    }

    /** A change of a logarithm is a factor. */
    private static @Nullable Double shown(Reading reading, @Nullable Double slope) {
        return slope != null && reading.isPooledOnLogs() ? Double.valueOf(Math.exp(slope)) : reading.scaled(slope);
    }

    private static String paragraph(String text) {
        return "<p>" + Html.text(text) + "</p>\n";
    }
}
