package org.equipoise.vocabulary;

import org.jspecify.annotations.Nullable;

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
    public boolean equals(@Nullable Object other) {
        return other instanceof ScaleCode code && value.equals(code.value);
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
