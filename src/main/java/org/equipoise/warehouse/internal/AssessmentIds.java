package org.equipoise.warehouse.internal;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers for assessments, fetched from the database a thousand at a time. For any number of threads. */
final class AssessmentIds {
    /** The increment of the sequence. */
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private long next;
    private long end;

    AssessmentIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** So many numbers that nobody else gets. */
    synchronized long[] take(int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            if (next == end) {
                next = jdbc.sql("select nextval('warehouse.assessment_id')")
                        .query(Long.class)
                        .single();
                end = next + BATCH;
            }
            ids[i] = next++;
        }
        return ids;
    }
}
