package org.equipoise.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadOnlyQueryTest {
    private static final String TWO_ROWS = """
            select * from (values (1, 'plain', true, 1.5::float8, '{"a": 1}'::jsonb),
                                  (-20, 'a, "b"' || chr(10) || 'ü', null, 'NaN', null))
              as answer (number, "the text", truth, score, "json")""";

    @TempDir
    private static Path temporary;

    private static Lease lease;
    private static ReadOnlyQuery asReader;
    private static ReadOnlyQuery asOwner;

    @BeforeAll
    static void open() throws IOException, SQLException {
        lease = TestHome.server(TestHome.in(temporary)).lease();
        asReader = new ReadOnlyQuery(lease.reader());
        asOwner = new ReadOnlyQuery(lease.owner());
        try (Connection connection = lease.owner().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create role equipoise_analyst nologin");
            DatabaseRoles.grantAnalystToReader(connection);
            statement.execute("create table hidden as select 1 as value");
            statement.execute("create table open_to_analysts as select 1 as value");
            statement.execute("grant select, insert on open_to_analysts to equipoise_analyst");
        }
    }

    @AfterAll
    static void close() {
        lease.close();
    }

    private static String printed(String sql, QueryFormat format) {
        StringBuilder out = new StringBuilder();
        asReader.print(sql, format, out);
        return out.toString();
    }

    @Test
    void printsAnAlignedTable() {
        assertThat(printed(TWO_ROWS, QueryFormat.TEXT)).isEqualTo("""
                        number | the text | truth | score | json
                        -------+----------+-------+-------+---------
                             1 | plain    | t     |   1.5 | {"a": 1}
                           -20 | a, "b" ü |       |   NaN |
                        (2 rows)
                        """);
    }

    @Test
    void printsCsvWithNullAsNothing() {
        assertThat(printed(TWO_ROWS, QueryFormat.CSV)).isEqualTo("""
                        number,the text,truth,score,json
                        1,plain,t,1.5,"{""a"": 1}"
                        -20,"a, ""b""
                        ü",,NaN,
                        """);
    }

    @Test
    void printsJsonWithNumbersAndTruthAsThemselves() {
        assertThat(printed(TWO_ROWS, QueryFormat.JSON)).isEqualTo("""
                        [
                        {"number": 1, "the text": "plain", "truth": true, "score": 1.5, "json": {"a": 1}},
                        {"number": -20, "the text": "a, \\"b\\"\\nü", "truth": null, "score": "NaN", "json": null}
                        ]
                        """);
        assertThat(printed("select 1 where false", QueryFormat.JSON)).isEqualTo("[]\n");
    }

    @Test
    void printsMoreRowsThanItMeasures() {
        String table = printed("select generate_series(1, 2500) as n", QueryFormat.TEXT);
        assertThat(table.lines()).hasSize(2503);
        assertThat(table).endsWith("\n2500\n(2500 rows)\n");
    }

    @Test
    void givesColumnsAndRows() {
        ReadOnlyQuery.Answer answer = asReader.answer("select 1 as a, null::text as b");
        assertThat(answer.columns())
                .containsExactly(new QueryOutput.Column("a", "int4"), new QueryOutput.Column("b", "text"));
        assertThat(answer.rows()).isEqualTo(List.of(Arrays.asList("1", null)));
    }

    @Test
    void takesQuestionMarksAndBracesAsTheyAre() {
        assertThat(asReader.answer("select '{\"a\": 1}'::jsonb ? 'a', '?', '{d x}'")
                        .rows())
                .containsExactly(List.of("t", "?", "{d x}"));
    }

    @Test
    void asksWithTheAnalystsRightsWhoeverAsks() {
        assertThat(asOwner.answer("select current_user").rows()).containsExactly(List.of("equipoise_analyst"));
        assertThat(asReader.answer("select value from open_to_analysts").rows()).containsExactly(List.of("1"));
        assertThatThrownBy(() -> asOwner.answer("select value from hidden"))
                .isInstanceOf(DatabaseProblem.class)
                .hasMessage("DB-050 The question was not answered: permission denied for table hidden. Ask with one"
                        + " select, table, values, show or explain statement on what analysts may see.");
    }

    @Test
    void changesNothing() {
        assertThatThrownBy(() -> asReader.answer("insert into open_to_analysts values (2) returning value"))
                .hasMessageContaining("cannot execute INSERT in a read-only transaction.");
        assertThatThrownBy(() -> asReader.answer("commit; insert into open_to_analysts values (2)"))
                .hasMessageContaining("it holds 2 statements.");
        assertThatThrownBy(() -> asReader.answer("  ")).hasMessageContaining("it is empty.");
        assertThat(asReader.answer("select ';' as \"semi;colon\" /* ; */ ;").rows())
                .containsExactly(List.of(";"));
    }

    @Test
    void pointsAtTheMistake() {
        assertThatThrownBy(() -> asReader.answer("select valeu from open_to_analysts"))
                .hasMessageStartingWith("DB-050 The question was not answered: column \"valeu\" does not exist at"
                        + " character 8 (Perhaps you meant to reference the column \"open_to_analysts.value\".).");
    }
}
