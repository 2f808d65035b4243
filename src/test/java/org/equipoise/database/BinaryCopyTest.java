package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every type goes through the server and back as the text PostgreSQL writes for it. */
@Timeout(60)
class BinaryCopyTest {
    @TempDir
    private static Path temporary;

    private static Lease lease;
    private static Connection connection;

    @BeforeAll
    static void open() throws IOException {
        lease = TestHome.server(TestHome.in(temporary)).lease();
        connection = lease.owner().connect();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        lease.close();
    }

    @BeforeEach
    void emptyTable() throws SQLException {
        execute("drop table if exists one");
    }

    private interface Field {
        void into(BinaryCopy row);
    }

    private @Nullable String stored(String type, Field field) throws SQLException {
        execute("drop table if exists one");
        execute("create table one (value " + type + ")");
        BinaryCopy rows = new BinaryCopy(1, 0);
        field.into(rows.startRow());
        try (CopyTarget target = CopyTarget.open(connection, "public.one", List.of("value"))) {
            target.write(rows);
            assertThat(target.finish()).isEqualTo(1);
        }
        return ask("select value::text from one");
    }

    @Test
    void storesTruthAndWholeNumbers() throws SQLException {
        assertThat(stored("bool", row -> row.bool(true))).isEqualTo("true");
        assertThat(stored("bool", row -> row.bool(false))).isEqualTo("false");
        assertThat(stored("int2", row -> row.int2(Short.MIN_VALUE))).isEqualTo("-32768");
        assertThat(stored("int4", row -> row.int4(Integer.MIN_VALUE))).isEqualTo("-2147483648");
        assertThat(stored("int8", row -> row.int8(Long.MAX_VALUE))).isEqualTo("9223372036854775807");
    }

    @Test
    void storesDoublesBitForBit() throws SQLException {
        assertThat(stored("float8", row -> row.float8(-0.0))).isEqualTo("-0");
        assertThat(stored("float8", row -> row.float8(Double.NaN))).isEqualTo("NaN");
        assertThat(stored("float8", row -> row.float8(Double.NEGATIVE_INFINITY)))
                .isEqualTo("-Infinity");
        assertThat(stored("float8", row -> row.float8(Double.MIN_VALUE))).isEqualTo("5e-324");
        assertThat(stored("float8", row -> row.float8(0.1 + 0.2))).isEqualTo("0.30000000000000004");
    }

    @Test
    void storesTextOfEveryWidth() throws SQLException {
        String text = "plain, ß, ’, 語, 𝔐, \uD83D\uDE00, tab\t, \\N, quote\"";
        assertThat(stored("text", row -> row.text(text))).isEqualTo(text);
        assertThat(stored("text", row -> row.text(""))).isEmpty();
        byte[] utf8 = ("x" + text).getBytes(StandardCharsets.UTF_8);
        assertThat(stored("text", row -> row.text(utf8, 1, utf8.length - 1))).isEqualTo(text);
    }

    @Test
    void storesDatesAndInstants() throws SQLException {
        execute("set timezone = 'UTC'");
        assertThat(stored("date", row -> row.date(LocalDate.of(2026, 11, 23)))).isEqualTo("2026-11-23");
        assertThat(stored("date", row -> row.date(LocalDate.of(1899, 12, 31)))).isEqualTo("1899-12-31");
        assertThat(stored("timestamptz", row -> row.timestamptz(Instant.parse("2026-11-23T01:02:03.123456789Z"))))
                .isEqualTo("2026-11-23 01:02:03.123456+00");
        assertThat(stored("timestamptz", row -> row.timestamptz(Instant.parse("1969-12-31T23:59:59.999999999Z"))))
                .isEqualTo("1969-12-31 23:59:59.999999+00");
    }

    @Test
    void storesIdentifiersBytesAndJson() throws SQLException {
        UUID uuid = UUID.fromString("f0e1d2c3-b4a5-9687-7869-5a4b3c2d1e0f");
        assertThat(stored("uuid", row -> row.uuid(uuid))).isEqualTo(uuid.toString());
        assertThat(stored("bytea", row -> row.bytea(new byte[] {0, -1, 127}))).isEqualTo("\\x00ff7f");
        assertThat(stored("jsonb", row -> row.jsonb("{\"ä\": [1, null]}"))).isEqualTo("{\"ä\": [1, null]}");
    }

    @Test
    void storesArraysWithNullElementsAndEmptyOnes() throws SQLException {
        BitSet second = new BitSet();
        second.set(1);
        assertThat(stored("int2[]", row -> row.int2Array(new short[] {1, 2, -3, 99}, 3, second)))
                .isEqualTo("{1,NULL,-3}");
        assertThat(stored("int4[]", row -> row.int4Array(new int[] {1, 2, -3}, 3, null)))
                .isEqualTo("{1,2,-3}");
        assertThat(stored("float8[]", row -> row.float8Array(new double[] {-0.0, 2, Double.NaN}, 3, second)))
                .isEqualTo("{-0,NULL,NaN}");
        assertThat(stored("text[]", row -> row.textArray(new @Nullable String[] {"ä b", null, "", "NULL"}, 4)))
                .isEqualTo("{\"ä b\",NULL,\"\",\"NULL\"}");
        assertThat(stored("int2[]", row -> row.int2Array(new short[0], 0, null)))
                .isEqualTo("{}");
        assertThat(stored("float8[]", row -> row.float8Array(new double[0], 0, second)))
                .isEqualTo("{}");
        assertThat(stored("text[]", row -> row.textArray(new String[0], 0))).isEqualTo("{}");
    }

    @Test
    void storesNullOfEveryType() throws SQLException {
        assertThat(stored("int2[]", BinaryCopy::nullField)).isNull();
        assertThat(stored("text", row -> row.text(null))).isNull();
        assertThat(stored("uuid", row -> row.uuid(null))).isNull();
        assertThat(stored("date", row -> row.date(null))).isNull();
        assertThat(stored("timestamptz", row -> row.timestamptz(null))).isNull();
        assertThat(stored("bytea", row -> row.bytea(null))).isNull();
        assertThat(stored("jsonb", row -> row.jsonb(null))).isNull();
    }

    @Test
    void sendsManyBuffersAndCountsTheirRows() throws SQLException {
        execute("create table one (number int8, \"Word\" text)");
        BinaryCopy rows = new BinaryCopy(2, 0);
        long begin = System.nanoTime();
        try (CopyTarget target = CopyTarget.open(connection, "one", List.of("number", "Word"))) {
            for (int block = 0; block < 10; block++) {
                rows.clear();
                for (int i = 0; i < 10_000; i++) {
                    rows.startRow().int8(i).text("value of row");
                }
                target.write(rows);
            }
            assertThat(target.finish()).isEqualTo(100_000);
        }
        System.out.println("100,000 rows copied in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        assertThat(ask("select count(*) || ' ' || sum(number) || ' ' || count(distinct \"Word\") from one"))
                .isEqualTo("100000 499950000 1");
    }

    @Test
    void anAbandonedRowLeavesNoTrace() throws SQLException {
        execute("create table one (a int4, b text)");
        BinaryCopy rows = new BinaryCopy(2);
        rows.startRow().int4(1).text("kept");
        assertThatThrownBy(() -> rows.startRow().int4(2).text("half \uD83D"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text field holds half a character (an unpaired surrogate)");
        rows.abandonRow();
        rows.startRow().int4(3).text("kept too");
        try (CopyTarget target = CopyTarget.open(connection, "one", List.of("a", "b"))) {
            target.write(rows);
            assertThat(target.finish()).isEqualTo(2);
        }
        assertThat(ask("select string_agg(a || b, ',' order by a) from one")).isEqualTo("1kept,3kept too");
    }

    @Test
    void closingWithoutFinishingTakesTheRowsBack() throws SQLException {
        execute("create table one (a int4)");
        BinaryCopy rows = new BinaryCopy(1);
        rows.startRow().int4(1);
        try (CopyTarget target = CopyTarget.open(connection, "one", List.of("a"))) {
            target.write(rows);
        }
        assertThat(ask("select count(*)::text from one")).isEqualTo("0");
    }

    @Test
    void aTriggerThatLeavesRowsOutIsNoticed() throws SQLException {
        execute("create table one (a int4)");
        execute("create or replace function skip() returns trigger language plpgsql as" + " 'begin return null; end'");
        execute("create trigger skip before insert on one for each row execute function skip()");
        BinaryCopy rows = new BinaryCopy(1);
        rows.startRow().int4(1);
        try (CopyTarget target = CopyTarget.open(connection, "one", List.of("a"))) {
            target.write(rows);
            assertThatThrownBy(target::finish)
                    .hasMessage("DB-060 Of 1 rows sent to one the database wrote 0. Look for a trigger or rule on that"
                            + " table that leaves rows out.");
        }
    }

    @Test
    void refusesRowsOfTheWrongLength() {
        BinaryCopy rows = new BinaryCopy(2);
        assertThatThrownBy(rows::nullField).hasMessage("no row was begun");
        rows.startRow().int4(1);
        assertThatThrownBy(rows::startRow).hasMessage("row 1 has 1 of 2 fields");
        rows.int4(2);
        assertThatThrownBy(() -> rows.int4(3)).hasMessage("row 1 has more than 2 fields");
    }

    @Test
    void refusesWhatPostgresqlCannotStore() {
        BinaryCopy rows = new BinaryCopy(1).startRow();
        assertThatThrownBy(() -> rows.text("a\u0000"))
                .hasMessage("a text field holds U+0000, which PostgreSQL cannot store");
        rows.abandonRow();
        rows.startRow();
        assertThatThrownBy(() -> rows.int2(32_768)).hasMessage("a smallint field does not hold so large a number");
    }

    private static void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static @Nullable String ask(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
