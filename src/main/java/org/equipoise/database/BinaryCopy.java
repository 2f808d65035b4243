package org.equipoise.database;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of {@code COPY}, in a buffer that grows: several threads may each fill one, and one thread
 * sends them through a {@link CopyTarget}. Nothing is boxed; a buffer that is {@linkplain #clear cleared} is used again.
 *
 * <p>A row is {@link #startRow} and then one call a column, in the order of the target's columns. Types must be the
 * columns' own: {@code int4} into a {@code bigint} column is refused by the server. A row left incomplete is an error
 * at the next {@code startRow} or when it is sent.
 *
 * <p>Reference: PostgreSQL 18 documentation, {@code COPY}, "Binary Format"; the types' {@code …recv} functions.
 */
public final class BinaryCopy {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int OID_INT8 = 20;
    private static final int OID_INT2 = 21;
    private static final int OID_INT4 = 23;
    private static final int OID_TEXT = 25;
    private static final int OID_FLOAT8 = 701;
    private static final int OID_DATE = 1082;

    /** Days and seconds from 1970-01-01, Java's epoch, to 2000-01-01, PostgreSQL's. */
    private static final long EPOCH_DAYS = 10_957;

    private static final long EPOCH_SECONDS = EPOCH_DAYS * 86_400;
    private static final int ARRAY_HEADER_BYTES = 20;
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    private final int columns;
    private byte[] bytes;
    private int size;
    private int rowStart;
    private int fieldsLeft;
    private long rows;

    /** For rows of so many columns. */
    public BinaryCopy(int columns) {
        this(columns, 1 << 10);
    }

    /** For rows of so many columns, with room for so many bytes to begin with. */
    public BinaryCopy(int columns, int initialBytes) {
        if (columns < 1 || columns > 1600) {
            throw new IllegalArgumentException("columns: 1 to 1600 expected, found " + columns);
        }
        this.columns = columns;
        this.bytes = new byte[Math.max(64, initialBytes)];
    }

    /** Begins the next row. */
    public BinaryCopy startRow() {
        requireCompleteRow();
        room(2);
        rowStart = size;
        SHORT.set(bytes, size, (short) columns);
        size += 2;
        fieldsLeft = columns;
        rows++;
        return this;
    }

    /** Takes back the row begun last, complete or not, for example when one of its values proves unusable. */
    public void abandonRow() {
        if (rows > 0 && size > rowStart) {
            size = rowStart;
            fieldsLeft = 0;
            rows--;
        }
    }

    /** Rows begun and not abandoned. */
    public long rows() {
        return rows;
    }

    /** Bytes filled. */
    public int size() {
        return size;
    }

    /** Forgets the rows, keeps the memory. */
    public void clear() {
        size = 0;
        rowStart = 0;
        rows = 0;
        fieldsLeft = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int columns() {
        return columns;
    }

    void requireCompleteRow() {
        if (fieldsLeft != 0) {
            throw new IllegalStateException(
                    "row " + rows + " has " + (columns - fieldsLeft) + " of " + columns + " fields");
        }
    }

    /** NULL of any type. */
    public BinaryCopy nullField() {
        length(-1, 0);
        return this;
    }

    /** {@code boolean}. */
    public BinaryCopy bool(boolean value) {
        length(1, 1);
        bytes[size++] = (byte) (value ? 1 : 0);
        return this;
    }

    /** {@code smallint}; refuses what does not fit. */
    public BinaryCopy int2(int value) {
        if (value != (short) value) {
            throw new IllegalArgumentException("a smallint field does not hold so large a number");
        }
        length(2, 2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
        return this;
    }

    /** {@code integer}. */
    public BinaryCopy int4(int value) {
        length(4, 4);
        INT.set(bytes, size, value);
        size += 4;
        return this;
    }

    /** {@code bigint}. */
    public BinaryCopy int8(long value) {
        length(8, 8);
        LONG.set(bytes, size, value);
        size += 8;
        return this;
    }

    /** {@code double precision}, bit for bit: -0.0, infinities and NaN arrive as they are. */
    public BinaryCopy float8(double value) {
        return int8(Double.doubleToRawLongBits(value));
    }

    /** {@code text}, {@code varchar} or an enum; NULL if null. Refuses U+0000, which PostgreSQL's text cannot hold. */
    public BinaryCopy text(@Nullable CharSequence value) {
        if (value == null) {
            return nullField();
        }
        int start = beginSized();
        utf8(value);
        endSized(start);
        return this;
    }

    /** {@code text} that is UTF-8 already; the server checks it. */
    public BinaryCopy text(byte[] utf8, int from, int count) {
        return bytea(utf8, from, count);
    }

    /** {@code uuid}; NULL if null. */
    public BinaryCopy uuid(@Nullable UUID value) {
        return value == null ? nullField() : uuid(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /** {@code uuid} as its two halves. */
    public BinaryCopy uuid(long mostSignificant, long leastSignificant) {
        length(16, 16);
        LONG.set(bytes, size, mostSignificant);
        LONG.set(bytes, size + 8, leastSignificant);
        size += 16;
        return this;
    }

    /** {@code date}; NULL if null. */
    public BinaryCopy date(@Nullable LocalDate value) {
        return value == null ? nullField() : date(value.toEpochDay());
    }

    /** {@code date} as days since 1970-01-01. */
    public BinaryCopy date(long epochDay) {
        return int4(Math.toIntExact(epochDay - EPOCH_DAYS));
    }

    /** {@code timestamptz}, to the microsecond, rounded down; NULL if null. */
    public BinaryCopy timestamptz(@Nullable Instant value) {
        if (value == null) {
            return nullField();
        }
        long seconds = Math.subtractExact(value.getEpochSecond(), EPOCH_SECONDS);
        return int8(Math.addExact(Math.multiplyExact(seconds, 1_000_000L), value.getNano() / 1_000));
    }

    /** {@code bytea}; NULL if null. */
    public BinaryCopy bytea(byte @Nullable [] value) {
        return value == null ? nullField() : bytea(value, 0, value.length);
    }

    /** {@code bytea}: a part of an array. */
    public BinaryCopy bytea(byte[] value, int from, int count) {
        length(count, count);
        System.arraycopy(value, from, bytes, size, count);
        size += count;
        return this;
    }

    /** {@code bytea} of two bytes a value, the higher first: takes the server no work an element, as an array would. */
    public BinaryCopy packedInt2(short[] values) {
        int count = Math.multiplyExact(values.length, 2);
        length(count, count);
        for (short value : values) {
            SHORT.set(bytes, size, value);
            size += 2;
        }
        return this;
    }

    /** A {@code jsonb} value from its text; NULL if null. The server checks the syntax. */
    public BinaryCopy jsonb(@Nullable CharSequence value) {
        if (value == null) {
            return nullField();
        }
        int start = beginSized();
        room(1);
        bytes[size++] = 1;
        utf8(value);
        endSized(start);
        return this;
    }

    /** {@code smallint[]} of the first {@code count} values; those whose bit is set in {@code nulls} are NULL. */
    public BinaryCopy int2Array(short[] values, int count, @Nullable BitSet nulls) {
        int start = beginArray(OID_INT2, count, nulls, 6);
        for (int i = 0; i < count; i++) {
            if (nullElement(nulls, i)) {
                continue;
            }
            INT.set(bytes, size, 2);
            SHORT.set(bytes, size + 4, values[i]);
            size += 6;
        }
        endSized(start);
        return this;
    }

    /** {@code integer[]}, likewise. */
    public BinaryCopy int4Array(int[] values, int count, @Nullable BitSet nulls) {
        int start = beginArray(OID_INT4, count, nulls, 8);
        for (int i = 0; i < count; i++) {
            if (nullElement(nulls, i)) {
                continue;
            }
            INT.set(bytes, size, 4);
            INT.set(bytes, size + 4, values[i]);
            size += 8;
        }
        endSized(start);
        return this;
    }

    /** {@code bigint[]}, likewise. */
    public BinaryCopy int8Array(long[] values, int count, @Nullable BitSet nulls) {
        int start = beginArray(OID_INT8, count, nulls, 12);
        for (int i = 0; i < count; i++) {
            if (nullElement(nulls, i)) {
                continue;
            }
            INT.set(bytes, size, 8);
            LONG.set(bytes, size + 4, values[i]);
            size += 12;
        }
        endSized(start);
        return this;
    }

    /** {@code double precision[]}, likewise; NaN is a value, not NULL. */
    public BinaryCopy float8Array(double[] values, int count, @Nullable BitSet nulls) {
        int start = beginArray(OID_FLOAT8, count, nulls, 12);
        for (int i = 0; i < count; i++) {
            if (nullElement(nulls, i)) {
                continue;
            }
            INT.set(bytes, size, 8);
            LONG.set(bytes, size + 4, Double.doubleToRawLongBits(values[i]));
            size += 12;
        }
        endSized(start);
        return this;
    }

    /** {@code date[]}; null elements are NULL. */
    public BinaryCopy dateArray(@Nullable LocalDate[] values) {
        int start = beginArray(OID_DATE, values.length, anyNull(values, values.length), 8);
        for (LocalDate value : values) {
            if (value == null) {
                INT.set(bytes, size, -1);
                size += 4;
            } else {
                INT.set(bytes, size, 4);
                INT.set(bytes, size + 4, Math.toIntExact(value.toEpochDay() - EPOCH_DAYS));
                size += 8;
            }
        }
        endSized(start);
        return this;
    }

    /** {@code text[]} of the first {@code count} values; null elements are NULL. */
    public BinaryCopy textArray(@Nullable CharSequence[] values, int count) {
        int start = beginArray(OID_TEXT, count, anyNull(values, count), 4);
        for (int i = 0; i < count; i++) {
            CharSequence value = values[i];
            room(4);
            if (value == null) {
                INT.set(bytes, size, -1);
                size += 4;
            } else {
                int element = size;
                size += 4;
                utf8(value);
                endSized(element);
            }
        }
        endSized(start);
        return this;
    }

    private static boolean anyNull(@Nullable Object[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (values[i] == null) {
                return true;
            }
        }
        return false;
    }

    private boolean nullElement(@Nullable BitSet nulls, int index) {
        if (nulls == null || !nulls.get(index)) {
            return false;
        }
        INT.set(bytes, size, -1);
        size += 4;
        return true;
    }

    /** Dimensions, whether there are nulls, element type, then length and lower bound of the one dimension. */
    private int beginArray(int elementType, int count, @Nullable BitSet nulls, int bytesAnElement) {
        int first = nulls == null ? -1 : nulls.nextSetBit(0);
        return beginArray(elementType, count, first >= 0 && first < count, bytesAnElement);
    }

    private int beginArray(int elementType, int count, boolean anyNull, int bytesAnElement) {
        int start = beginSized();
        room(Math.addExact(ARRAY_HEADER_BYTES, Math.multiplyExact(count, bytesAnElement)));
        INT.set(bytes, size, count == 0 ? 0 : 1);
        INT.set(bytes, size + 4, anyNull ? 1 : 0);
        INT.set(bytes, size + 8, elementType);
        size += 12;
        if (count > 0) {
            INT.set(bytes, size, count);
            INT.set(bytes, size + 4, 1);
            size += 8;
        }
        return start;
    }

    private int beginSized() {
        length(0, 0);
        return size - 4;
    }

    private void endSized(int lengthAt) {
        INT.set(bytes, lengthAt, size - lengthAt - 4);
    }

    private void length(int length, int room) {
        if (fieldsLeft == 0) {
            throw new IllegalStateException(
                    rows == 0 ? "no row was begun" : "row " + rows + " has more than " + columns + " fields");
        }
        fieldsLeft--;
        room(Math.addExact(room, 4));
        INT.set(bytes, size, length);
        size += 4;
    }

    private void room(int more) {
        if (more > bytes.length - size) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = Math.max((long) size + more, Math.min((long) bytes.length * 2, LARGEST));
        if (wanted > LARGEST) {
            throw new IllegalStateException("more than 2 GB in one buffer; send it earlier");
        }
        bytes = Arrays.copyOf(bytes, (int) wanted);
    }

    /** Of a string each character is a call the compiler knows; of what only looks like one it would be looked up. */
    private void utf8(CharSequence characters) {
        String text = characters.toString();
        int length = text.length();
        room(Math.multiplyExact(length, 3));
        int ascii = ascii(text, length);
        if (ascii == length) {
            size += length;
            return;
        }
        byte[] target = bytes;
        int at = size;
        int i = 0;
        while (i < length) {
            char c = text.charAt(i++);
            if (c < 0x80) {
                if (c == 0) {
                    throw new IllegalArgumentException("a text field holds U+0000, which PostgreSQL cannot store");
                }
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | (c >> 6));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                target[at++] = (byte) (0xE0 | (c >> 12));
                target[at++] = (byte) (0x80 | ((c >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else {
                int point = pair(c, i < length ? text.charAt(i++) : 'x');
                target[at++] = (byte) (0xF0 | (point >> 18));
                target[at++] = (byte) (0x80 | ((point >> 12) & 0x3F));
                target[at++] = (byte) (0x80 | ((point >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (point & 0x3F));
            }
        }
        size = at;
    }

    /** Copies the characters up to the first that is more than a byte; returns how many. Most texts have no other. */
    private int ascii(String text, int length) {
        byte[] target = bytes;
        int at = size;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                return i;
            }
            target[at + i] = (byte) c;
        }
        return length;
    }

    private static int pair(char high, char low) {
        if (!Character.isSurrogatePair(high, low)) {
            throw new IllegalArgumentException("a text field holds half a character (an unpaired surrogate)");
        }
        return Character.toCodePoint(high, low);
    }
}
