package org.equipoise.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.equipoise.definition.DefinitionBundle;
import org.equipoise.definition.LoadedDefinitions;
import org.equipoise.definition.SiteMapping;
import org.equipoise.submission.FittingVersions;
import org.equipoise.submission.Submission;
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

    /**
     * Hash of all that a site's file is read with: the versions of its mapping that it may be for, the instruments, the
     * study's arms. What the mapping says of other files does not matter to it.
     */
    public String readingSha256(Submission submission) {
        MessageDigest digest = sha256();
        SiteMapping mapping = Objects.requireNonNull(bundle.mappings().get(new SiteCode(submission.site())));
        update(digest, mapping.zone().getId());
        FittingVersions.of(mapping, submission.export(), submission.fileName(), submission.receivedAt())
                .forEach(version -> update(digest, version.version().sha256()));
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
