package org.equipoise.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads the rows of a query in PostgreSQL's binary COPY form, one at a time, in bounded memory: several
 * times faster than a result set where rows hold arrays. After {@link #next}, call one getter a column,
 * in the order of the query. The connection is busy until the end or {@link #close}. For one thread.
 */
public final class BinaryRows implements AutoCloseable {
    private static final int HEADER = 19;
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    /** Where rows come from, message by message. */
    private interface Source extends AutoCloseable {
        byte @Nullable [] next() throws SQLException;

        @Override
        void close() throws SQLException;
    }

    private final Source source;
    private boolean started;
    private ByteBuffer row = ByteBuffer.allocate(0);
    private int columnsLeft;

    private BinaryRows(Source source) {
        this.source = source;
    }

    /**
     * Asks a query. COPY knows no parameters, so whatever varies must be a number or a name of our own.
     *
     * @param query without a closing semicolon
     */
    public static BinaryRows open(Connection connection, String query) throws SQLException {
        return new BinaryRows(new Copying(copyOut(connection, query)));
    }

    /** Asks a query and takes all its rows at once, so that the connection is free for the next. */
    public static BinaryRows read(Connection connection, String query) throws SQLException {
        CopyOut copy = copyOut(connection, query);
        Deque<byte[]> messages = new ArrayDeque<>();
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            messages.add(message);
        }
        return new BinaryRows(new Taken(messages));
    }

    private static CopyOut copyOut(Connection connection, String query) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("copy (" + query + ") to stdout (format binary)");
    }

    private record Copying(CopyOut copy) implements Source {
        @Override
        public byte @Nullable [] next() throws SQLException {
            return copy.isActive() ? copy.readFromCopy() : null;
        }

        @Override
        public void close() throws SQLException {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private record Taken(Deque<byte[]> messages) implements Source {
        @Override
        public byte @Nullable [] next() {
            return messages.poll();
        }

        @Override
        public void close() {
            messages.clear();
        }
    }

    /** Goes to the next row; false at the end. */
    public boolean next() throws SQLException {
        if (columnsLeft > 0) {
            throw new IllegalStateException("a row was left half read");
        }
        byte[] message = source.next();
        if (message == null) {
            return false;
        }
        row = ByteBuffer.wrap(message);
        if (!started) {
            started = true;
            row.position(HEADER);
        }
        int columns = row.getShort();
        columnsLeft = Math.max(columns, 0);
        return columns >= 0 || next();
    }

    @Override
    public void close() throws SQLException {
        source.close();
    }

    /** The field's length, -1 for null. */
    private int field() {
        columnsLeft--;
        return row.getInt();
    }

    private int notNull() {
        int length = field();
        if (length < 0) {
            throw new IllegalStateException("a column that is never null was null");
        }
        return length;
    }

    public boolean bool() {
        notNull();
        return row.get() != 0;
    }

    public int int4() {
        notNull();
        return row.getInt();
    }

    /** {@code integer}; null for NULL. */
    public @Nullable Integer findInt4() {
        return field() < 0 ? null : row.getInt();
    }

    public long int8() {
        notNull();
        return row.getLong();
    }

    public UUID uuid() {
        notNull();
        return new UUID(row.getLong(), row.getLong());
    }

    public @Nullable String text() {
        int length = field();
        return length < 0 ? null : string(length);
    }

    public @Nullable LocalDate date() {
        return field() < 0 ? null : LocalDate.ofEpochDay(row.getInt() + EPOCH_DAY);
    }

    public byte @Nullable [] bytea() {
        int length = field();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        row.get(bytes);
        return bytes;
    }

    /** Values that were written by {@link BinaryCopy#packedInt2}. */
    public short[] packedInt2() {
        short[] values = new short[notNull() / 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getShort();
        }
        return values;
    }

    /** Elements of an {@code integer[]} without nulls; null when the array is. */
    public int @Nullable [] int4Array() {
        if (field() < 0) {
            return null;
        }
        int[] values = new int[elements()];
        for (int i = 0; i < values.length; i++) {
            row.getInt();
            values[i] = row.getInt();
        }
        return values;
    }

    /** Elements of a {@code double precision[]} without nulls; none for NULL. */
    public double[] float8Array() {
        double[] values = new double[field() < 0 ? 0 : elements()];
        for (int i = 0; i < values.length; i++) {
            row.getInt();
            values[i] = row.getDouble();
        }
        return values;
    }

    /** Elements of a {@code date[]}, null for NULL; none when the array is. */
    public @Nullable LocalDate[] dateArray() {
        @Nullable LocalDate[] values = new LocalDate[field() < 0 ? 0 : elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getInt() < 0 ? null : LocalDate.ofEpochDay(row.getInt() + EPOCH_DAY);
        }
        return values;
    }

    /** Elements of an {@code integer[]}, null for NULL; none when the array is. */
    public @Nullable Integer[] integerArray() {
        @Nullable Integer[] values = new Integer[field() < 0 ? 0 : elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getInt() < 0 ? null : Integer.valueOf(row.getInt());
        }
        return values;
    }

    /** Elements of a {@code text[]} without nulls; none for NULL. */
    public String[] textArray() {
        String[] values = new String[field() < 0 ? 0 : elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = string(row.getInt());
        }
        return values;
    }

    /** Elements of a {@code text[]}, null for NULL; none when the array is. */
    public @Nullable String[] nullableTextArray() {
        @Nullable String[] values = new String[field() < 0 ? 0 : elements()];
        for (int i = 0; i < values.length; i++) {
            int length = row.getInt();
            values[i] = length < 0 ? null : string(length);
        }
        return values;
    }

    /** Reads an array's head: dimensions, whether there are nulls, element type, size, lower bound. */
    private int elements() {
        int dimensions = row.getInt();
        row.getInt();
        row.getInt();
        if (dimensions == 0) {
            return 0;
        }
        int size = row.getInt();
        row.getInt();
        return size;
    }

    private String string(int length) {
        String text = new String(row.array(), row.arrayOffset() + row.position(), length, StandardCharsets.UTF_8);
        row.position(row.position() + length);
        return text;
    }
}
