package org.equipoise.pipeline;

/** A run that ended early because it was asked to. What was committed stays; the next run goes on from there. */
public final class RunStopped extends RuntimeException {
    public RunStopped() {
        super("The run was asked to stop; the next one goes on from here.");
    }
}
