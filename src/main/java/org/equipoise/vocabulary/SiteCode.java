package org.equipoise.vocabulary;

/**
 * Names a site: a clinic or trial centre that delivers exports.
 *
 * @param value letters, digits, dot, dash or underscore; at most 40
 */
public record SiteCode(String value) implements Code {
    public SiteCode {
        Code.check("site", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
