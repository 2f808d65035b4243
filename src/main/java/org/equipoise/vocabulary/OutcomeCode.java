package org.equipoise.vocabulary;

/**
 * Names an outcome of a study: what is compared between arms.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record OutcomeCode(String value) implements Code {
    public OutcomeCode {
        Code.check("outcome", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
