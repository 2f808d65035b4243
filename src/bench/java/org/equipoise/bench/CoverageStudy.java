package org.equipoise.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How often 95 % intervals hold the truth, in stated regimes: 10,000 constructed data sets each, or fewer where one set is
 * dear. Prints the table of {@code src/site/markdown/methods/coverage.md}.
 *
 * <p>{@code mvn -q -B -Pbench test-compile exec:java -Dexec.mainClass=org.equipoise.bench.CoverageStudy}; {@code -Dsets=500}
 * for a quick look, {@code -Donly=imputations} for the lines whose first column holds that. Every set has a seed of its own, so that the table does not depend on the number of threads.
 */
public final class CoverageStudy {

    private static final int SETS = Integer.getInteger("sets", 10_000);
    private static final String ONLY = System.getProperty("only", "");

    /** A set is dear when its method imputes. */
    private static final int DEAR = 10;

    /** One method in one regime; draws a data set and says what its interval did. */
    interface Regime {

        /** Whether the interval held the truth, or that there was none. */
        Outcome run(Random random);
    }

    /** What one interval did. */
    enum Outcome {
        HELD,
        MISSED,
        NONE
    }

    /** A line of the table. */
    record Line(String method, String regime, boolean exact, boolean dear, Regime trial) {}

    private CoverageStudy() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("| interval | regime | sets | without interval | coverage, % | |");
        out.println("|---|---|---|---|---|---|");
        List<Line> lines = CoverageRegimes.all();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).method().contains(ONLY)) {
                out.println(row(lines.get(i), i));
            }
        }
    }

    private static String row(Line line, int number) {
        int sets = line.dear() ? SETS / DEAR : SETS;
        List<Outcome> outcomes = IntStream.range(0, sets)
                .parallel()
                .mapToObj(set -> line.trial().run(new Random(1_000_003L * (number + 1) + set)))
                .toList();
        long none = outcomes.stream().filter(o -> o == Outcome.NONE).count();
        long held = outcomes.stream().filter(o -> o == Outcome.HELD).count();
        double coverage = 100.0 * held / (sets - none);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %,d | %.1f | %s |",
                line.method(),
                line.regime(),
                sets,
                none,
                coverage,
                verdict(coverage, line.exact()));
    }

    private static String verdict(double coverage, boolean exact) {
        boolean enough = coverage >= (exact ? 95 : 94);
        if (!enough) {
            return "**misses**";
        }
        return exact || coverage <= 96 ? "" : "wide";
    }
}
