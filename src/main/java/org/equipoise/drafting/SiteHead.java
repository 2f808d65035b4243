package org.equipoise.drafting;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.equipoise.definition.Study;

/** The first lines of a mapping: what no file says of a site, and so is mostly asked. */
final class SiteHead {
    private final Study study;
    private final Ledger ledger;
    private final List<String> files;
    private final YamlText yaml = new YamlText();
    private String site = "";

    SiteHead(Study study, Ledger ledger, List<String> files) {
        this.study = study;
        this.ledger = ledger;
        this.files = files;
    }

    String site() {
        return site;
    }

    /** @param planned intervals that visits in the files are planned as */
    String write(Optional<String> code, Set<String> planned) {
        String guess = FileName.of(files.get(0)).site();
        site = code.orElseGet(() -> settle("site code", guess, 40, "how the file's name begins"));
        yaml.line(0, "# yaml-language-server: $schema=../../schema/site.schema.json");
        yaml.line(
                0, "# Drafted from " + String.join(", ", files) + ". Each remark says how sure its line is, and why.");
        line(0, "code", site, "site code");
        line(0, "name", settle("site name", site, 30, "no file says it"), "site name");
        line(0, "zone", settle("zone", "UTC", 30, "no file says where the site's clocks are"), "zone");
        yaml.line(0, "studies:");
        yaml.line(1, "- study: " + study.code());
        String randomised = settle("randomised", "true", 50, "no file says whether chance decided the arm");
        yaml.line(2, "randomised: " + randomised, ledger.remark("", "randomised"));
        line(2, "comparator", settle("comparator", "TAU", 50, "no file says it"), "comparator");
        List<String> schedule = study.intervals().stream()
                .map(interval -> interval.code().value())
                .filter(interval -> planned.isEmpty() || planned.contains(interval))
                .toList();
        boolean named = !planned.isEmpty();
        String intervals = settle(
                "schedule",
                String.join(", ", schedule),
                named ? 75 : 40,
                named ? "the visits in the file" : "no file names visits, so these are all of the study's");
        yaml.line(2, "schedule: [" + intervals + "]", ledger.remark("", "schedule"));
        yaml.line(0, "exports:");
        return yaml.toString();
    }

    private void line(int depth, String key, String value, String about) {
        yaml.line(depth, key + ": " + YamlText.scalar(value), ledger.remark("", about));
    }

    private String settle(String about, String guess, int certainty, String reason) {
        return ledger.settle("", about, guess, certainty, reason);
    }
}
