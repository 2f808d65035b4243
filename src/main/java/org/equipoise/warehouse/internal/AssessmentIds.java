package org.equipoise.warehouse.internal;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Numbers for assessments, a thousand at a time from the database. For any number of threads. */
final class AssessmentIds {
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private long next;
    private long end;

    AssessmentIds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The first of so many consecutive numbers. */
    synchronized long take(int count) {
        if (next + count > end) {
            int batches = Math.max(1, (count + BATCH - 1) / BATCH);
            for (int i = 0; i < batches; i++) {
                long start = jdbc.sql("select nextval('warehouse.assessment_id')")
                        .query(Long.class)
                        .single();
                if (i == 0 || start != end) {
                    next = start;
                    i = 0;
                }
                end = start + BATCH;
            }
        }
        long first = next;
        next += count;
        return first;
    }
}
