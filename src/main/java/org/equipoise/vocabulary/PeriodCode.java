package org.equipoise.vocabulary;

/**
 * Names a span of follow-up between two months, in which events are counted and time is measured: m0-18, m36-96.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record PeriodCode(String value) implements Code {
    public PeriodCode {
        Code.check("period", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
