package org.equipoise.vocabulary;

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
    public String toString() {
        return value;
    }
}
