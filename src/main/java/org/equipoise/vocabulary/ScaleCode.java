package org.equipoise.vocabulary;

/**
 * Names items of an instrument that give one number: total, affective.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record ScaleCode(String value) implements Code {
    public ScaleCode {
        Code.check("scale", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
