package org.equipoise.staging.internal;

import org.equipoise.definition.SiteMapping.RecordKey;

/** Reads whom a row is about, in one spelling for all of the site's files. */
final class RecordColumn {
    private final RecordKey key;
    private final int position;

    RecordColumn(RecordKey key, HeaderIndex index) {
        this.key = key;
        position = index.need(key.column());
    }

    /** The participant's record id; empty when the row does not say. */
    String read(String[] cells) {
        return key.spelled(cells[position]);
    }

    int position() {
        return position;
    }

    String header() {
        return key.column();
    }
}
