package org.equipoise.pipeline.internal;

import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.KeptDefinitions;
import org.equipoise.pipeline.Installation;
import org.equipoise.pipeline.RunRefused;
import org.equipoise.vocabulary.StudyCode;
import org.equipoise.warehouse.FrozenSnapshots;
import org.equipoise.warehouse.WarehouseStore;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds what a command names: snapshots of the study, and the definitions they were made with. */
@Component
class Snapshots {
    private static final int FAILED = 1;

    private final WarehouseStore warehouse;
    private final FrozenSnapshots frozen;
    private final StudyCode study;

    Snapshots(Installation installation, WarehouseStore warehouse, FrozenSnapshots frozen) {
        this.warehouse = warehouse;
        this.frozen = frozen;
        study = installation.bundle().study().code();
    }

    /**
     * The latest of the study.
     *
     * @throws RunRefused if nothing is published
     */
    Snapshot latest() {
        return warehouse
                .findCurrent(study)
                .orElseThrow(() -> refused("Nothing is published of study " + study + " yet. Run nightly first."));
    }

    /**
     * The one of this number; the latest for null.
     *
     * @throws RunRefused if there is none of the study
     */
    Snapshot get(@Nullable Long wanted) {
        return wanted == null
                ? latest()
                : warehouse
                        .find(wanted)
                        .filter(found -> found.study().equals(study))
                        .orElseThrow(() -> refused("Study " + study + " has no published snapshot " + wanted
                                + "; the latest is " + latest().id() + ". Table warehouse.snapshot lists them."));
    }

    /**
     * Definitions of the past.
     *
     * @throws RunRefused if this program cannot read them as they were read then
     */
    DefinitionBundle definitions(String hash) {
        return KeptDefinitions.read(frozen.definitions(hash))
                .orElseThrow(() -> refused("The definitions " + hash
                        + " cannot be read by this version of the program as they were read when the snapshot was made."
                        + " Use the version that made it; warehouse.snapshot names it. Nothing was changed."));
    }

    static RunRefused refused(String why) {
        return new RunRefused(FAILED, why);
    }
}
