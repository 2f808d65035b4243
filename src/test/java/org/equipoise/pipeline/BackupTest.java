package org.equipoise.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.equipoise.database.DatabaseAddress;
import org.equipoise.database.DatabaseProblem;
import org.equipoise.testing.TestDatabase;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A home goes through one file into another place, and comes out as it was, or not at all. */
class BackupTest {
    private static final Instant NOW = Instant.parse("2026-11-02T01:30:00Z");

    /** A name and a hash of all rows for each table, whatever order they lie in. */
    private static final String EVERYTHING = """
            select c.oid::regclass::text, (xpath('/row/all/text()', query_to_xml(format(
                       'select count(*) || '' '' || coalesce(md5(string_agg(t::text, e''\\n'' order by t::text)), '''') as "all"'
                       ' from %s t', c.oid::regclass), false, true, '')))[1]::text
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname in ('submission', 'identity', 'staging', 'warehouse', 'comparison', 'batch')
            order by 1
            """;

    @TempDir
    private static Path shared;

    private static TestNight night;
    private static NightSummary last;
    private static Backup made;
    private static List<String> rows;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void aHome() {
        night = new TestNight(shared.resolve("one"));
        night.put("alpha", "alpha_2021-02-01.csv", RepeatedNightTest.twelve("A"));
        night.put(
                "beta", "beta_2021-02-01.csv", RepeatedNightTest.twelve("B") + "B1,b,XXX,2020-01-10,2020-01-10,500\n");
        night.run();
        night.put("alpha", "alpha_2021-03-01.csv", RepeatedNightTest.twelve("A").replace(",45", ",46"));
        last = night.run();
        night.context().getBean(Freezing.class).freeze("kept", 1L);
        rows = night.query(EVERYTHING);
        made = backUp(shared.resolve("home.zip"), true);
    }

    @AfterAll
    static void close() {
        night.close();
    }

    @BeforeEach
    void aCopy() throws IOException {
        file = Files.copy(made.file(), folder.resolve("home.zip"));
    }

    private static Backups backups() {
        return new Backups("test", Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static Backup backUp(Path file, boolean withSecret) {
        return backups().make(night.home(), night.jobs(), night.database(), file, withSecret);
    }

    private static Map<String, String> naming(DatabaseAddress database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
        environment.put("SPRING_DATASOURCE_USERNAME", String.valueOf(database.user()));
        environment.put("SPRING_DATASOURCE_PASSWORD", String.valueOf(database.password()));
        return environment;
    }

    private Home target() {
        return new Home(folder.resolve("two/home"));
    }

    private Backup restore(DatabaseAddress database) {
        return backups().restore(file, target(), naming(database));
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .filter(name -> !name.startsWith("log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void comesOutAsItWasAndGoesOn() throws IOException {
        for (String server : TestDatabase.servers()) {
            DatabaseAddress database = TestDatabase.fresh(server);
            Backup restored = restore(database);

            assertThat(restored)
                    .usingRecursiveComparison()
                    .ignoringFields("file")
                    .isEqualTo(made);
            assertThat(made.snapshots())
                    .containsExactly(
                            new Backup.Latest("mini", last.snapshotId(), last.participants(), last.contentHash()));
            try (TestNight again = TestNight.mini(folder.resolve("two"), database)) {
                assertThat(again.query(EVERYTHING)).hasSizeGreaterThan(40).isEqualTo(rows);
                List<String> here = files(night.home().folder()).stream()
                        .filter(name -> !name.startsWith("backups"))
                        .toList();
                assertThat(files(target().folder()))
                        .containsAll(here)
                        .allMatch(name -> here.contains(name) || name.startsWith("jobs"));
                for (String name : here) {
                    Path original = night.home().folder().resolve(name);
                    if (Files.isRegularFile(original)) {
                        assertThat(target().folder().resolve(name)).hasSameBinaryContentAs(original);
                        assertThat(Files.getLastModifiedTime(target().folder().resolve(name)))
                                .isEqualTo(Files.getLastModifiedTime(original));
                    }
                }
                goesOn(again);
            }
            FileSystemUtils.deleteRecursively(folder.resolve("two"));
        }
    }

    /** The next night has nothing to do, the way back to the cell is there, and a new file gets the next numbers. */
    private void goesOn(TestNight again) {
        NightSummary next = again.run();
        assertThat(next.nothingNew()).isTrue();
        assertThat(again.home().backups()).doesNotExist();
        assertThat(next.contentHash()).isEqualTo(last.contentHash());
        assertThat(next.snapshotId()).isEqualTo(last.snapshotId());
        assertThat(TestNight.standing(next)).isEqualTo(TestNight.standing(last));
        long assessment = Long.parseLong(
                again.query("select min(assessment_id) from warehouse.assessment where" + " site_code = 'beta'")
                        .get(0));
        assertThat(again.context().getBean(Explanation.class).ofAssessment(assessment))
                .hasValueSatisfying(origin -> assertThat(
                                origin.parts().get(0).answers().get(0).sent())
                        .isNotBlank());
        Compared compared = again.context().getBean(Comparing.class).compareFrozen("kept", false, Progress.NONE);
        assertThat(compared.differences()).isNotEmpty().allMatch(difference -> difference.isNone());
        again.put("gamma", "gamma_2021-02-01.csv", RepeatedNightTest.twelve("C"));
        assertThat(again.run().participants()).isEqualTo(last.participants() + 12);
    }

    @Test
    void isMadeAtAMomentWhenNoRunIsAtWork() throws SQLException {
        try (Connection holder = night.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("select pg_advisory_lock(" + 0x6571756970L + ")");
            assertThatThrownBy(() -> backUp(folder.resolve("b/home.zip"), true))
                    .isInstanceOfSatisfying(
                            RunRefused.class,
                            refused -> assertThat(refused.exitCode()).isEqualTo(5));
        }
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void isForItsOwnerAloneAndReplacesNothing() throws IOException {
        Path written = folder.resolve("b/home.zip");
        backUp(written, true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written)))
                .isEqualTo("rw-------");
        assertThat(files(folder.resolve("b"))).containsExactly("home.zip");
        assertThatThrownBy(() -> backUp(file, true))
                .isInstanceOf(RunRefused.class)
                .hasMessage(file + " is there already. Name a file that is not.");
    }

    @Test
    void withoutTheSecretTheRestoredHomeRefusesANightInWords() throws IOException {
        Files.delete(file);
        assertThat(backUp(file, false).hasSecret()).isFalse();
        DatabaseAddress database = TestDatabase.fresh();
        restore(database);

        try (TestNight again = TestNight.mini(folder.resolve("two"), database)) {
            assertThatThrownBy(again::run)
                    .isInstanceOf(RunRefused.class)
                    .hasMessageStartingWith("The secret is not the one");
        }
    }

    @Test
    void whatIsNotEmptyIsLeftAlone() throws IOException {
        Path mine = Files.writeString(Files.createDirectories(target().folder()).resolve("mine.txt"), "mine");
        DatabaseAddress database = TestDatabase.fresh();

        assertThatThrownBy(() -> restore(database))
                .isInstanceOf(RunRefused.class)
                .hasMessage(target().folder()
                        + " is not empty. Name a home that is not there yet with --home; nothing was changed.");
        assertThat(mine).hasContent("mine");
        Files.delete(mine);
        List<String> before = night.query(EVERYTHING);
        assertThatThrownBy(() -> restore(night.database()))
                .isInstanceOf(RunRefused.class)
                .hasMessageMatching(
                        "The database postgresql://.* is not empty. Name an empty one; nothing was changed.");
        assertThat(night.query(EVERYTHING)).isEqualTo(before);
        assertThat(files(target().folder())).isEmpty();
        assertThat(files(folder.resolve("two"))).containsExactly("home");
        assertThat(restore(database).hasSecret()).isTrue();
    }

    @Test
    void aDamagedFileIsRefusedBeforeAnythingIsWritten() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int part = 1; part <= 9; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length * part / 10));
            refuses("it has been cut after " + part + " tenths");
        }
        int refused = 0;
        for (int part = 0; part < 40; part++) {
            byte[] spoiled = whole.clone();
            spoiled[whole.length / 40 * part + 11] ^= 0x10;
            Files.write(file, spoiled);
            refused += refusal().startsWith(file + " is damaged: ") ? 1 : 0;
        }
        // a byte of a member's time of writing matters to nobody
        assertThat(refused).isGreaterThanOrEqualTo(36);
        Files.writeString(file, "no backup");
        refuses("it is something else");
        Files.write(file, whole);
        rewrite("tables/warehouse.participant_history", bytes -> null);
        refuses("a member is missing");
        assertThat(refusal())
                .isEqualTo(file + " is damaged: tables/warehouse.participant_history is missing. Take another copy of"
                        + " it; nothing was changed.");
        Files.write(file, whole);
        rewrite("home/secret.key", bytes -> "0123".getBytes(StandardCharsets.US_ASCII));
        assertThat(refusal())
                .isEqualTo(file + " is damaged: home/secret.key is not as it was written. Take another copy of it;"
                        + " nothing was changed.");
        assertThat(target().folder()).doesNotExist();
    }

    private String refusal() {
        DatabaseAddress nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/none", "nobody", "");
        try {
            restore(nowhere);
            return "";
        } catch (RunRefused refused) {
            return String.valueOf(refused.getMessage());
        } catch (DatabaseProblem reached) {
            return ""; // the file was held sound: only then the database is asked
        }
    }

    private void refuses(String why) {
        assertThat(refusal()).as(why).startsWith(file + " is damaged: ").endsWith("nothing was changed.");
    }

    /** Writes the file again with one member changed; null leaves it out. */
    private void rewrite(String member, UnaryOperator<byte[]> change) throws IOException {
        Path other = file.resolveSibling("other.zip");
        try (ZipFile from = new ZipFile(file.toFile());
                OutputStream out = Files.newOutputStream(other);
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry entry : from.stream().toList()) {
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    bytes = entry.getName().equals(member) ? change.apply(bytes) : bytes;
                    if (bytes != null) {
                        to.putNextEntry(new ZipEntry(entry.getName()));
                        to.write(bytes);
                        to.closeEntry();
                    }
                }
            }
        }
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] replaced(byte[] bytes, String before, String after) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertThat(text).contains(before);
        return text.replace(before, after).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLaterVersionsFileIsLeftToThatVersion() throws IOException {
        rewrite("manifest.json", bytes -> replaced(bytes, "\"migrations\":[", "\"migrations\":[\"9000\","));
        DatabaseAddress database = TestDatabase.fresh();

        assertThatThrownBy(() -> restore(database))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("whose tables this version cannot make");
        assertThat(files(folder.resolve("two"))).isEmpty();
        rewrite("manifest.json", bytes -> replaced(bytes, "\"format\":1", "\"format\":2"));
        assertThatThrownBy(() -> restore(database))
                .isInstanceOf(RunRefused.class)
                .hasMessageContaining("was made by version test, which knows tables that this version does not");
    }

    @Test
    void whatComesOutOtherwiseIsTakenBack() throws IOException {
        rewrite(
                "manifest.json",
                bytes -> replaced(
                        bytes, last.contentHash(), "00" + last.contentHash().substring(2)));
        DatabaseAddress database = TestDatabase.fresh();

        assertThatThrownBy(() -> restore(database))
                .isInstanceOf(RunRefused.class)
                .hasMessageStartingWith("What was read is not what was written: the content hashes differ.");
        try (TestNight none = TestNight.mini(folder.resolve("none"), database)) {
            assertThat(none.query("select count(*) from submission.submission")).containsExactly("0");
        }
        assertThat(files(folder.resolve("two"))).isEmpty();
    }

    /** A change of the database by a later version is preceded by a backup; of these, three are kept. */
    @Test
    void aMigrationOfAHomeWithDataIsPrecededByABackup() throws IOException {
        assertThat(night.home().backups()).doesNotExist();
        for (int upgrade = 1; upgrade <= 4; upgrade++) {
            night.execute("comment on table flyway_schema_history is 'of an earlier version'");
            night.restart();
            assertThat(night.run().nothingNew()).isTrue();
            assertThat(files(night.home().backups())).hasSize(Math.min(upgrade, 3));
        }
        night.restart();
        night.run();
        assertThat(files(night.home().backups())).hasSize(3).allMatch(name -> name.endsWith("-before-test.zip"));
        file = night.home().backups().resolve(files(night.home().backups()).get(2));
        DatabaseAddress database = TestDatabase.fresh();
        restore(database);
        try (TestNight again = TestNight.mini(folder.resolve("two"), database)) {
            assertThat(again.run().contentHash()).isEqualTo(last.contentHash());
        }
    }

    /** Every table is in a backup, and every column is of a type whose binary form is the same in all versions. */
    @Test
    void holdsEveryTableInFormsThatStay() throws IOException {
        List<String> members;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            members = zip.stream().map(ZipEntry::getName).toList();
        }
        List<String> tables =
                night.query("select 'tables/' || schemaname || '.' || tablename from pg_tables where schemaname"
                        + " not in ('pg_catalog', 'information_schema') and tablename <> 'flyway_schema_history'");
        assertThat(tables.stream().filter(table -> !members.contains(table))).isEmpty();
        assertThat(members).contains("home/jobs/studies/mini.yaml", "home/secret.key");
        assertThat(night.query(
                        "select distinct ltrim(t.typname, '_') from pg_attribute a join pg_class c on c.oid = a.attrelid"
                                + " join pg_type t on t.oid = a.atttypid join pg_tables s on s.tablename = c.relname and c.relnamespace ="
                                + " s.schemaname::regnamespace where s.schemaname not in ('pg_catalog', 'information_schema') and"
                                + " a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'"))
                .isSubsetOf(
                        "bool",
                        "bpchar",
                        "bytea",
                        "date",
                        "float8",
                        "int2",
                        "int4",
                        "int8",
                        "jsonb",
                        "text",
                        "timestamp",
                        "timestamptz",
                        "uuid",
                        "varchar");
    }
}
