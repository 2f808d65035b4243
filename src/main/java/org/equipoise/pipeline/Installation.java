package org.equipoise.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.vocabulary.SiteCode;

/**
 * What a run works with.
 *
 * @param definitions as loaded, with the sites whose mapping has errors
 * @param secret makes participant keys
 * @param programVersion recorded with every snapshot and result
 */
public record Installation(
        Home home, DefinitionBundle bundle, LoadedDefinitions definitions, byte[] secret, String programVersion) {

    /** Hash of all that a site's files are read with: its mapping, the instruments, the study's arms. */
    public String readingSha256(SiteCode site) {
        MessageDigest digest = sha256();
        update(digest, Objects.requireNonNull(bundle.mappings().get(site)).sha256());
        bundle.texts().forEach((name, text) -> {
            if (name.startsWith("instrument/")) {
                update(digest, text);
            }
        });
        bundle.study().arms().forEach(arm -> update(digest, arm.code().value()));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
