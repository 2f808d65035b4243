package org.equipoise.pipeline.internal;

import java.util.ArrayList;
import java.util.List;
import org.equipoise.pipeline.Progress;
import org.equipoise.vocabulary.Problem;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.stereotype.Component;

/** What a night tells at its end, gathered on the way. Nothing that a step needs to do its work. */
@Component
class NightState {
    private final List<Long> received = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private Progress progress = Progress.NONE;
    private volatile boolean stopping;

    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Ends a step between two chunks if somebody asked the run to stop; the step then counts as stopped, not failed. */
    void endIfStopping() throws JobInterruptedException {
        if (stopping) {
            throw new JobInterruptedException("asked to stop");
        }
    }

    synchronized void begin(Progress to) {
        received.clear();
        problems.clear();
        failed.clear();
        progress = to;
    }

    synchronized Progress progress() {
        return progress;
    }

    synchronized void received(long submission) {
        received.add(submission);
    }

    synchronized void problem(Problem problem) {
        problems.add(problem);
    }

    synchronized void failed(String file) {
        failed.add(file);
    }

    synchronized List<Long> received() {
        return List.copyOf(received);
    }

    synchronized List<Problem> problems() {
        return List.copyOf(problems);
    }

    synchronized List<String> failed() {
        return List.copyOf(failed);
    }
}
