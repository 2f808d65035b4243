package org.equipoise.vocabulary;

/**
 * Names an arm of a study as its protocol does: MBT, TAU.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record ArmCode(String value) implements Code {
    public ArmCode {
        Code.check("arm", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
