package org.equipoise.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.equipoise.comparison.ComparisonStore.Difference;
import org.equipoise.pipeline.Compared;

/** Results computed anew, as a person reads them. */
final class ComparedText {
    private static final int HASH_SHOWN = 12;
    private static final String LINE = "    %-24s %9s %9s %9s %9s  %s%n";

    private ComparedText() {}

    static void print(Compared compared, GlobalOptions options, PrintWriter out) {
        boolean dry = compared.dryRun();
        if (dry) {
            out.println("A dry run: everything is as it was. compare would");
        }
        out.printf(
                Locale.ROOT,
                "%s %d estimates from snapshot %d (content %s, %d participants) by definitions %s%s.%n",
                dry ? "- compute" : "Computed",
                compared.result().estimates(),
                compared.result().snapshotId(),
                shortened(compared.contentHash()),
                compared.participants(),
                shortened(compared.result().definitionHash()),
                dry ? "" : ", as run " + compared.result().runId());
        compared.frozen()
                .ifPresent(kept -> out.printf(
                        Locale.ROOT,
                        "%sThese are the definitions it was frozen with as %s; program %s %s.%n",
                        dry ? "  " : "",
                        kept.name(),
                        compared.result().programVersion(),
                        kept.programVersion().equals(compared.result().programVersion())
                                ? "is the one that compared it then"
                                : "is not " + kept.programVersion() + ", which compared it then"));
        if (compared.redacted()) {
            out.println((dry ? "  " : "")
                    + "The snapshot is redacted: who withdrew consent was erased from it since it was published. Results from"
                    + " before then rest on more people and cannot be found again.");
        }
        printDifferences(compared, out);
        printStanding(compared, options, out);
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(HASH_SHOWN, hash.length()));
    }

    private static void printDifferences(Compared compared, PrintWriter out) {
        String begin = compared.dryRun() ? "- find" : "Found";
        if (compared.earlier().isEmpty()) {
            out.println(begin + " them for the first time: the snapshot has not been compared before.");
        } else if (compared.differences().stream().allMatch(Difference::isNone)) {
            out.println(begin + " every estimate as in run "
                    + compared.earlier().get().runId() + ", to the last bit.");
            return;
        } else {
            out.println(begin + " these results otherwise than run "
                    + compared.earlier().get().runId() + ":");
        }
        out.printf(Locale.ROOT, LINE, "outcome", "estimates", "appear", "change", "vanish", "at");
        differing(compared)
                .forEach((outcome, places) -> out.printf(
                        Locale.ROOT,
                        LINE,
                        outcome,
                        places.stream().mapToLong(Difference::estimates).sum(),
                        places.stream().mapToLong(Difference::appeared).sum(),
                        places.stream().mapToLong(Difference::changed).sum(),
                        places.stream().mapToLong(Difference::vanished).sum(),
                        places.stream().map(Difference::place).collect(Collectors.joining(" "))));
        if (compared.differences().stream().anyMatch(Difference::isNone)) {
            out.println("    All others are as they were, to the last bit.");
        }
    }

    private static Map<String, List<Difference>> differing(Compared compared) {
        return compared.differences().stream()
                .filter(difference -> !difference.isNone())
                .collect(Collectors.groupingBy(Difference::outcome, LinkedHashMap::new, Collectors.toList()));
    }

    private static void printStanding(Compared compared, GlobalOptions options, PrintWriter out) {
        boolean dry = compared.dryRun();
        if (compared.isCurrent()) {
            out.println((dry ? "- make them" : "They are") + " the study's current results.");
        } else {
            out.println((dry ? "- leave" : "It looks back:") + " the current results" + (dry ? " " : " stay ")
                    + "as they are.");
        }
        if (!dry) {
            out.println("Read them: " + options.asTyped() + " sql \"select * from comparison.estimate where run_id = "
                    + compared.result().runId() + "\"");
        }
    }
}
