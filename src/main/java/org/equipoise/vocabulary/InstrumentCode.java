package org.equipoise.vocabulary;

import org.jspecify.annotations.Nullable;

/**
 * Names a questionnaire or interview: BDI-II, ZAN-BPD.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record InstrumentCode(String value) implements Code {
    public InstrumentCode {
        Code.check("instrument", value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InstrumentCode code && value.equals(code.value);
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
