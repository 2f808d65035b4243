package org.equipoise.cli;

/** What the process ends with. The highest that applies wins. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int UNEXPECTED = 2;
    static final int ROWS_REJECTED = 3;
    static final int SUBMISSION_REJECTED_OR_HELD = 4;
    static final int ANOTHER_RUN = 5;

    private ExitCode() {}
}
