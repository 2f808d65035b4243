package org.equipoise.vocabulary;

import java.util.Locale;

/** What a problem does to the value or row it was found in. */
public enum Severity {
    /** The value or row is refused. */
    ERROR,
    /** The value or row is kept, but somebody should look. */
    WARNING,
    /** Told for completeness; nothing to mend. */
    INFO;

    /** The name as files and tables hold it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
