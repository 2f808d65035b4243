package org.equipoise.harmonize;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashedFieldsTest {
    private static final List<String> TEXTS =
            List.of("", "BDI-II", "Ærø", "\u20ac", "\ud83d\ude00", "x".repeat(20_000), "y".repeat(8_000) + "ß");

    /** The same bytes by the JDK's own streams. */
    @Test
    void hashesWhatDataOutputStreamWrites() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        HashedFields fields = new HashedFields();
        for (int i = 0; i < 3000; i++) {
            String text = TEXTS.get(i % TEXTS.size());
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
            fields.text(text);
            String day = LocalDate.ofEpochDay(i).toString();
            out.writeInt(day.length());
            out.writeBytes(day);
            fields.date(LocalDate.ofEpochDay(i));
            out.writeInt(-1);
            fields.date(null);
            out.writeByte(-i);
            fields.int1(-i);
            out.writeShort(3 * i);
            fields.int2(3 * i);
            out.writeInt(-5 * i);
            fields.int4(-5 * i);
            out.writeDouble(i / 7.0);
            fields.bits(i / 7.0);
        }
        assertThat(fields.digest()).isEqualTo(HashedFields.sha256().digest(bytes.toByteArray()));
    }
}
