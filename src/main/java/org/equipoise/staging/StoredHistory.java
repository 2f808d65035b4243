package org.equipoise.staging;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.equipoise.database.BinaryCopy;
import org.equipoise.database.BinaryRows;
import org.jspecify.annotations.Nullable;

/**
 * An event, a spell, observed time or care, in the columns that all of them share.
 *
 * @param to last day; null while it goes on
 * @param number count, days or sessions; null where there is none
 * @param line where it was read, header = 1
 * @param rowKey what tells the row from the participant's others; empty where nothing does
 * @param replaced whether a later increment has a row of the same key
 */
public record StoredHistory(
        Named named,
        LocalDate from,
        @Nullable LocalDate to,
        @Nullable Integer number,
        int line,
        String rowKey,
        boolean replaced) {

    /** What it is: its order is that in which repetitions are told. */
    public enum Table {
        EVENT('e'),
        SPELL('s'),
        OBSERVED('o'),
        CARE('c');

        private final char letter;

        Table(char letter) {
            this.letter = letter;
        }

        /** How rows in the database name it. */
        public char letter() {
            return letter;
        }

        static Table of(char letter) {
            for (Table table : values()) {
                if (table.letter == letter) {
                    return table;
                }
            }
            throw new IllegalArgumentException("no table has the letter");
        }
    }

    /**
     * What repeats from row to row.
     *
     * @param name kind or modality
     * @param detail class within the kind, or how observed time was observed
     */
    public record Named(
            Table table,
            String name,
            @Nullable String detail,
            @Nullable String therapist,
            @Nullable String group) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Named named
                    && table == named.table
                    && name.equals(named.name)
                    && Objects.equals(detail, named.detail)
                    && Objects.equals(therapist, named.therapist)
                    && Objects.equals(group, named.group);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + table.letter;
        }

        /** Writes letters of their tables, and arrays of names, details, therapists and groups. */
        public static void write(BinaryCopy rows, List<Named> all) {
            int count = all.size();
            StringBuilder tables = new StringBuilder(count);
            String[] names = new String[count];
            @Nullable String[] details = new String[count];
            @Nullable String[] therapists = new String[count];
            @Nullable String[] groups = new String[count];
            for (int i = 0; i < count; i++) {
                Named named = all.get(i);
                tables.append(named.table.letter());
                names[i] = named.name;
                details[i] = named.detail;
                therapists[i] = named.therapist;
                groups[i] = named.group;
            }
            rows.text(tables)
                    .textArray(names, count)
                    .textArray(details, count)
                    .textArray(therapists, count)
                    .textArray(groups, count);
        }

        static Named[] read(BinaryRows rows) {
            String tables = Objects.requireNonNull(rows.text());
            String[] names = rows.textArray();
            @Nullable String[] details = rows.nullableTextArray();
            @Nullable String[] therapists = rows.nullableTextArray();
            @Nullable String[] groups = rows.nullableTextArray();
            Named[] all = new Named[names.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = new Named(Table.of(tables.charAt(i)), names[i], details[i], therapists[i], groups[i]);
            }
            return all;
        }
    }

    /** What it is about: rows of a participant about the same thing repeat or correct one another. */
    public record Thing(
            Named named, LocalDate from, @Nullable LocalDate to) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Thing thing
                    && named.equals(thing.named)
                    && from.equals(thing.from)
                    && Objects.equals(to, thing.to);
        }

        @Override
        public int hashCode() {
            return 31 * named.hashCode() + from.hashCode();
        }
    }

    static StoredHistory of(StagedEvent event, String rowKey) {
        return new StoredHistory(
                new Named(Table.EVENT, event.kind().value(), event.detail(), null, null),
                event.from(),
                event.to(),
                event.count(),
                event.line(),
                rowKey,
                false);
    }

    static StoredHistory of(StagedSpell spell, String rowKey) {
        return new StoredHistory(
                new Named(Table.SPELL, spell.kind().value(), spell.detail(), null, null),
                spell.from(),
                spell.to(),
                spell.days(),
                spell.line(),
                rowKey,
                false);
    }

    static StoredHistory of(ObservedSpan span, String rowKey) {
        return new StoredHistory(
                new Named(Table.OBSERVED, span.kind(), span.source().name().toLowerCase(Locale.ROOT), null, null),
                span.from(),
                span.to(),
                null,
                span.line(),
                rowKey,
                false);
    }

    static StoredHistory of(CareEpisode episode, String rowKey) {
        return new StoredHistory(
                new Named(Table.CARE, episode.modality(), null, episode.therapist(), episode.group()),
                episode.from(),
                episode.to(),
                episode.sessions(),
                episode.line(),
                rowKey,
                false);
    }

    /** What it is about, whoever tells of it. */
    public Thing thing() {
        return new Thing(named, from, endNames() ? to : null);
    }

    /** What it is about within a file, where the same time is not observed in two ways. */
    public Thing thingInFile() {
        return named.table() == Table.OBSERVED
                ? new Thing(new Named(Table.OBSERVED, named.name(), null, null, null), from, to)
                : thing();
    }

    private boolean endNames() {
        return named.table() == Table.EVENT || named.table() == Table.OBSERVED;
    }

    /** Whether it says otherwise than another row about the same thing. */
    public boolean differsFrom(StoredHistory other) {
        return !named.equals(other.named) || !Objects.equals(to, other.to) || !Objects.equals(number, other.number);
    }
}
