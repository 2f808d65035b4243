package org.equipoise.staging.internal;

/** One form about what happened, read out of rows. For one thread. */
interface HistoryRows {
    /** Adds what the row says, and tells what is wrong with it. */
    void read(RowReading row);
}
