package org.equipoise.vocabulary;

/**
 * Names a study: a set of arms, intervals and outcomes under one protocol.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record StudyCode(String value) implements Code {
    public StudyCode {
        Code.check("study", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
