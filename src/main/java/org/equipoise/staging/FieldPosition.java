package org.equipoise.staging;

/** Where in a row whoever walks through its characters is; rows and fields are told apart as {@link ExportReader} does. */
public enum FieldPosition {
    FIELD_START,
    PLAIN,
    QUOTED,
    /** Behind a quotation mark that closes the field, or is the first of two that stand for one. */
    QUOTE_SEEN;

    public FieldPosition afterQuote() {
        return switch (this) {
            case FIELD_START, QUOTE_SEEN -> QUOTED;
            case QUOTED -> QUOTE_SEEN;
            case PLAIN -> PLAIN;
        };
    }

    public FieldPosition afterDelimiter() {
        return this == QUOTED ? QUOTED : FIELD_START;
    }

    /** Behind a character that is neither; line ends outside quotation marks are no such characters. */
    public FieldPosition afterOther() {
        return this == FIELD_START ? PLAIN : this;
    }
}
