package org.equipoise.testing;

import java.nio.file.Path;

/** Where the public reference packs lie, outside the repository: {@code -Dequipoise.reference=DIR} says it. */
public final class ReferencePacks {
    private static final Path FOLDER = Path.of(System.getProperty("equipoise.reference", "../shared/reference"));

    private ReferencePacks() {}

    /** The folder of a pack, whether it is there or not. */
    public static Path folder(String pack) {
        return FOLDER.resolve(pack);
    }
}
