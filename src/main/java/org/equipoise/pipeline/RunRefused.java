package org.equipoise.pipeline;

/** A run that could not begin or go on, told in plain words. */
public final class RunRefused extends RuntimeException {
    private final int exitCode;

    public RunRefused(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
