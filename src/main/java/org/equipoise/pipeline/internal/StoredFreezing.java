package org.equipoise.pipeline.internal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.equipoise.comparison.ComparisonStore;
import org.equipoise.comparison.ComparisonStore.Result;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.pipeline.Freezing;
import org.equipoise.pipeline.Pinned;
import org.equipoise.warehouse.FrozenSnapshots;
import org.equipoise.warehouse.FrozenSnapshots.Frozen;
import org.equipoise.warehouse.WarehouseStore.Snapshot;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Freezes under the lock of runs, and only what can be read again. */
@Component
class StoredFreezing implements Freezing {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    private final DatabaseAddress database;
    private final TransactionTemplate transaction;
    private final Snapshots snapshots;
    private final ComparisonStore comparisons;
    private final FrozenSnapshots frozen;

    StoredFreezing(
            DatabaseAddress database,
            PlatformTransactionManager transactions,
            Snapshots snapshots,
            ComparisonStore comparisons,
            FrozenSnapshots frozen) {
        this.database = database;
        transaction = new TransactionTemplate(transactions);
        this.snapshots = snapshots;
        this.comparisons = comparisons;
        this.frozen = frozen;
    }

    @Override
    public Pinned freeze(String name, @Nullable Long wanted) {
        if (!NAME.matcher(name).matches()) {
            throw Snapshots.refused(
                    "A name has up to 63 letters, digits, dots, hyphens and underscores, and begins with a"
                            + " letter or digit; " + name + " has not.");
        }
        try (RunLock lock = RunLock.take(database)) {
            Objects.requireNonNull(lock);
            frozen.find(name).ifPresent(taken -> {
                throw Snapshots.refused("The name " + name + " is taken by snapshot " + taken.snapshotId()
                        + " of study " + taken.study() + ". Names of the study: " + names(taken) + ".");
            });
            Snapshot snapshot = snapshots.get(wanted);
            snapshots.definitions(snapshot.definitionHash());
            Optional<Result> result = comparisons.findLatestOf(snapshot.id(), snapshot.definitionHash());
            Frozen made = new Frozen(
                    name,
                    snapshot.study(),
                    snapshot.id(),
                    snapshot.definitionHash(),
                    result.map(Result::programVersion).orElse(snapshot.programVersion()),
                    result.map(Result::runId).orElse(null));
            transaction.executeWithoutResult(status -> frozen.add(made));
            return pinned(made);
        }
    }

    static Pinned pinned(Frozen kept) {
        return new Pinned(kept.name(), kept.snapshotId(), kept.definitionHash(), kept.programVersion(), kept.runId());
    }

    private String names(Frozen of) {
        List<Frozen> all = frozen.all(of.study());
        return all.stream().map(Frozen::name).collect(Collectors.joining(", "));
    }
}
