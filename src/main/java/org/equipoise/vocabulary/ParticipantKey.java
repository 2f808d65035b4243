package org.equipoise.vocabulary;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names a person in a study without identifying them: the first 128 bits of HMAC-SHA-256 over study,
 * site and the site's record id, keyed with the installation's secret. The same person always gets
 * the same key, in whatever order files arrive; without the secret nobody can go back.
 *
 * @param value the key, as the warehouse stores it
 */
public record ParticipantKey(UUID value) implements Comparable<ParticipantKey> {

    /** Makes keys for one study and site. Not for use by several threads at once. */
    public static final class Maker {
        private final Mac mac;
        private final byte[] prefix;

        /**
         * @param secret the installation's secret, at least 16 bytes
         * @throws IllegalArgumentException if the secret is shorter
         */
        public Maker(byte[] secret, StudyCode study, SiteCode site) {
            if (secret.length < 16) {
                throw new IllegalArgumentException("secret: at least 16 bytes");
            }
            try {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java has no HmacSHA256", e);
            }
            prefix = (study.value() + '\u001f' + site.value() + '\u001f').getBytes(StandardCharsets.UTF_8);
        }

        /** The key of the participant with this record id. */
        public ParticipantKey of(String recordId) {
            mac.update(prefix);
            byte[] hash = mac.doFinal(recordId.getBytes(StandardCharsets.UTF_8));
            return new ParticipantKey(new UUID(bits(hash, 0), bits(hash, 8)));
        }

        private static long bits(byte[] bytes, int from) {
            long bits = 0;
            for (int i = from; i < from + 8; i++) {
                bits = bits << 8 | (bytes[i] & 0xff);
            }
            return bits;
        }
    }

    /** By the key's unsigned bits, the order PostgreSQL gives {@code uuid}. */
    @Override
    public int compareTo(ParticipantKey other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ParticipantKey key && value.equals(key.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
