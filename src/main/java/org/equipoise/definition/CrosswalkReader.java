package org.equipoise.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.definition.Crosswalk.Line;
import org.equipoise.definition.Crosswalk.Link;
import org.equipoise.definition.Crosswalk.Point;
import org.equipoise.definition.Crosswalk.Range;
import org.equipoise.definition.Crosswalk.Status;
import org.equipoise.definition.Crosswalk.Table;
import org.equipoise.definition.Crosswalk.Target;
import org.equipoise.definition.Instrument.Scale;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.definition.Study.Direction;
import org.equipoise.vocabulary.CrosswalkCode;
import org.equipoise.vocabulary.InstrumentCode;
import org.equipoise.vocabulary.ScaleCode;

/** Reads a crosswalk and checks that it takes and gives only scores that its scales can have. */
final class CrosswalkReader {
    private final Part root;
    private final Optional<List<Point>> table;
    private final InstrumentShelf instruments;
    private final CrosswalkShelf before;

    private CrosswalkReader(
            YamlFile file, Optional<List<Point>> table, InstrumentShelf instruments, CrosswalkShelf before) {
        root = Part.of(file);
        this.table = table;
        this.instruments = instruments;
        this.before = before;
    }

    /** Whether it is put together from others. */
    static boolean isChain(YamlFile file) {
        return Part.of(file).at("through").isPresent();
    }

    /** The crosswalks it is put together from, by code. */
    static List<String> steps(YamlFile file) {
        return Part.of(file).at("through").elements().stream().map(Part::text).toList();
    }

    /**
     * Reads one.
     *
     * @param table the points of the CSV beside it, if there is one
     * @param before the crosswalks that a chain may be put together from
     */
    static Crosswalk read(
            YamlFile file, Optional<List<Point>> table, InstrumentShelf instruments, CrosswalkShelf before) {
        return new CrosswalkReader(file, table, instruments, before).read();
    }

    private Crosswalk read() {
        Part source = root.at("source");
        Optional<Scale> taken = findScale(source);
        Target target = readTarget(root.at("target"));
        Optional<Scale> given = findScale(root.at("target"));
        Status status = root.at("status").choice(Status.class, Status.ANCHORS);
        List<Link> links = readLinks(taken);
        Crosswalk crosswalk = new Crosswalk(
                root.at("code").code(CrosswalkCode::new),
                root.at("name").text(),
                root.at("version").text(),
                scaleOf(source),
                target,
                links,
                status,
                status != Status.EXACT,
                root.at("complete_only").isTrue(),
                root.at("population").text(),
                root.at("sources").elements().stream().map(Part::text).toList(),
                root.at("to_confirm").elements().stream().map(Part::text).toList());
        taken.ifPresent(scale -> checkTaken(crosswalk, scale));
        given.ifPresent(scale -> checkGiven(crosswalk, scale));
        return crosswalk;
    }

    private static OfScale scaleOf(Part part) {
        return new OfScale(
                part.at("instrument").code(InstrumentCode::new),
                part.at("scale").code(ScaleCode::new));
    }

    private Optional<Scale> findScale(Part part) {
        return part.at("instrument").isPresent()
                ? instruments
                        .find(part.at("instrument"))
                        .flatMap(instrument -> instruments.findScale(instrument, part.at("scale")))
                : Optional.empty();
    }

    private Target readTarget(Part part) {
        boolean isScale = part.at("instrument").isPresent();
        String needed = isScale ? "scale" : "metric";
        if (!part.at(needed).isPresent() || !(isScale || part.at("direction").isPresent())) {
            part.tell(
                    DefinitionProblem.KEY_NEEDED_HERE,
                    "instrument and scale, or metric and direction",
                    null,
                    isScale ? "scale" : "metric",
                    "the target is not named");
        }
        OfScale scale = scaleOf(part);
        Direction direction = isScale
                ? findScale(part).map(Scale::direction).orElse(Direction.LOWER_IS_BETTER)
                : part.at("direction").choice(Direction.class, Direction.LOWER_IS_BETTER);
        return isScale
                ? new Target(Crosswalk.nameOf(scale), Optional.of(scale), direction)
                : new Target(part.at("metric").text(), Optional.empty(), direction);
    }

    /** Just one of a table beside the file, a line, and other crosswalks. */
    private List<Link> readLinks(Optional<Scale> taken) {
        Part line = root.at("line");
        List<Part> through = root.at("through").elements();
        long ways = Stream.of(table.isPresent(), line.isPresent(), !through.isEmpty())
                .filter(present -> present)
                .count();
        if (ways != 1) {
            root.tell(DefinitionProblem.LINK_UNCLEAR, "a table of the same name, or line, or through", null);
            return List.of();
        }
        if (!through.isEmpty()) {
            return readChain(through);
        }
        return table.map(points ->
                        List.<Link>of(new Table(points, root.at("interpolated").isTrue())))
                .orElseGet(() -> List.of(readLine(line, taken)));
    }

    private static Line readLine(Part part, Optional<Scale> taken) {
        List<Part> range = part.at("range").elements();
        double least = taken.map(Scale::min).orElse(0.0);
        double greatest = taken.map(Scale::max).orElse(0.0);
        return new Line(
                part.at("times").number(1),
                part.at("divided_by").number(1),
                part.at("plus").number(0),
                range.isEmpty() ? least : range.get(0).number(least),
                range.size() < 2 ? greatest : range.get(1).number(greatest),
                part.at("least").findNumber(),
                part.at("se").findNumber());
    }

    /** Each step begins where the one before ends, the first at the source and the last at the target. */
    private List<Link> readChain(List<Part> through) {
        List<Link> links = new ArrayList<>();
        String reached = Crosswalk.nameOf(scaleOf(root.at("source")));
        for (Part name : through) {
            Optional<Crosswalk> step = before.find(name);
            if (step.isEmpty()) {
                return List.of();
            }
            String begins = Crosswalk.nameOf(step.get().source());
            if (!begins.equals(reached)) {
                name.tell(DefinitionProblem.CHAIN_BROKEN, "one that takes " + reached, begins, name.text());
            }
            reached = step.get().target().metric();
            links.addAll(step.get().links());
        }
        String wanted = readTarget(root.at("target")).metric();
        if (!wanted.equals(reached)) {
            root.at("through")
                    .tell(
                            DefinitionProblem.CHAIN_BROKEN,
                            "a last one that gives " + wanted,
                            reached,
                            through.get(through.size() - 1).text());
        }
        return links;
    }

    private void checkTaken(Crosswalk crosswalk, Scale scale) {
        if (crosswalk.links().isEmpty()) {
            return;
        }
        Range taken = crosswalk.links().get(0).taken();
        if (!(taken.least() >= scale.min() && taken.greatest() <= scale.max())) {
            tellRange("source", taken, scale);
        }
        if (crosswalk.status() == Status.COMPLETE
                && crosswalk.links().get(0) instanceof Table all
                && !hasEveryWholeScore(all, scale)) {
            root.at("status")
                    .tell(
                            DefinitionProblem.TABLE_INCOMPLETE,
                            "every whole score from " + plain(scale.min()) + " to " + plain(scale.max()),
                            all.points().size() + " rows");
        }
    }

    private static boolean hasEveryWholeScore(Table table, Scale scale) {
        List<Point> points = table.points();
        return points.size() == scale.max() - scale.min() + 1
                && points.get(0).source() == scale.min()
                && points.get(points.size() - 1).source() == scale.max();
    }

    private void checkGiven(Crosswalk crosswalk, Scale scale) {
        if (crosswalk.links().isEmpty()) {
            return;
        }
        Range given = crosswalk.links().get(crosswalk.links().size() - 1).given();
        if (!(given.least() >= scale.min() - 1e-9 && given.greatest() <= scale.max() + 1e-9)) {
            tellRange("target", given, scale);
        }
    }

    private void tellRange(String key, Range ends, Scale scale) {
        root.at(key)
                .tell(
                        DefinitionProblem.CROSSWALK_RANGE,
                        plain(scale.min()) + " to " + plain(scale.max()),
                        plain(ends.least()) + " to " + plain(ends.greatest()),
                        key);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.4f", number);
    }
}
