package org.equipoise.vocabulary;

/**
 * Names a kind of time span that a study measures, such as a hospital stay or a course of medication.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record SpellKind(String value) implements Code {
    public SpellKind {
        Code.check("spell kind", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
