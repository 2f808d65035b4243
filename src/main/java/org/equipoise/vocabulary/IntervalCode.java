package org.equipoise.vocabulary;

import org.jspecify.annotations.Nullable;

/**
 * Names a planned follow-up point with its window: baseline, m18, m96.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record IntervalCode(String value) implements Code {
    public IntervalCode {
        Code.check("interval", value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IntervalCode code && value.equals(code.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
