package org.equipoise.warehouse;

import java.util.List;
import org.equipoise.definition.OutcomeSource.OfScale;
import org.equipoise.warehouse.WarehouseStore.Snapshot;

/** Scores of people who were asked two scales on one occasion. */
public interface PairedScores {

    /**
     * A scale whose scores are wanted.
     *
     * @param items how many it has, all of which must be answered; a total that a site sent counts as complete
     */
    record Side(OfScale scale, int items) {}

    /** What one participant scored. */
    record Pair(String site, double from, double to) {}

    /**
     * The first occasion of each participant on which both scales are complete: the same day, or where a day is not
     * known the same visit. In an order that depends on nothing but the data.
     */
    List<Pair> find(Snapshot snapshot, Side from, Side to);
}
