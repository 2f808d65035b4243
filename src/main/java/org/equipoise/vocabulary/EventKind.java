package org.equipoise.vocabulary;

/**
 * Names a kind of dated event that a study counts, such as a suicide attempt.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record EventKind(String value) implements Code {
    public EventKind {
        Code.check("event kind", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
