package org.equipoise.pipeline.internal;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.TakenLook;
import org.equipoise.definition.Looks;
import org.equipoise.definition.Looks.Look;
import org.equipoise.definition.Study;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.springframework.stereotype.Component;

/** The looks that the study declares: which are to be taken, and that none was declared anew since it was. */
@Component
class DueLooks {
    private static final int FAILED = 1;

    private final Study study;
    private final ComparisonStore comparisons;
    private final Clock clock;

    DueLooks(Installation installation, ComparisonStore comparisons, Clock clock) {
        this.study = installation.bundle().study();
        this.comparisons = comparisons;
        this.clock = clock;
    }

    /** Those whose time has come and which were not taken, in their order. */
    List<Look> find() {
        List<String> taken =
                comparisons.looks(study.code()).stream().map(TakenLook::name).toList();
        LocalDate today = LocalDate.now(clock);
        return study.comparisons().looks().planned().stream()
                .filter(look -> look.isDue(today) && !taken.contains(look.name()))
                .toList();
    }

    /** Those of these names, in their order. */
    List<Look> of(String names) {
        List<String> wanted = Stream.of(names.split(" ", -1)).toList();
        return study.comparisons().looks().planned().stream()
                .filter(look -> wanted.contains(look.name()))
                .toList();
    }

    /**
     * Makes sure that the study file still declares what has been looked at.
     *
     * @throws RunRefused if a look that was taken is declared otherwise now, or no more
     */
    void check() {
        Looks looks = study.comparisons().looks();
        for (TakenLook taken : comparisons.looks(study.code())) {
            Optional<String> now = looks.planned().stream()
                    .filter(look -> look.name().equals(taken.name()))
                    .findFirst()
                    .map(looks::declaration);
            if (now.filter(taken.declaration()::equals).isEmpty()) {
                throw new RunRefused(
                        FAILED,
                        "The look " + taken.name() + " of the study "
                                + study.code().value() + " was taken on "
                                + taken.takenOn() + " in run " + taken.runId() + ". It had been declared so: "
                                + taken.declaration() + ". The study file now says: " + now.orElse("nothing of it")
                                + ". What has been looked at cannot be declared anew: put the declaration back,"
                                + " and give another look its own name. Nothing was changed.");
            }
        }
    }
}
