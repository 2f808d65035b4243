package org.equipoise.wrong.staging;

import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;

/** Rows must not be skipped: what is wrong with one is a finding. */
final class SkipsRows {
    private SkipsRows() {}

    static void skip(ChunkOrientedStepBuilder<String, String> step) {
        step.faultTolerant();
    }
}
