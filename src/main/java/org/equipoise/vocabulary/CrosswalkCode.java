package org.equipoise.vocabulary;

/**
 * Names a published or estimated conversion of one scale into another: phq9-promis-depression.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record CrosswalkCode(String value) implements Code {
    public CrosswalkCode {
        Code.check("crosswalk", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
