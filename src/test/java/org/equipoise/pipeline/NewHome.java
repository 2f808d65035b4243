package org.equipoise.pipeline;

import java.nio.file.Path;
import org.equipoise.testing.TestNight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has an installation of the made-up study to itself: a new home, a new database. */
abstract class NewHome {
    @TempDir
    Path folder;

    TestNight night;

    @BeforeEach
    void open() {
        night = new TestNight(folder);
    }

    @AfterEach
    void close() {
        night.close();
    }
}
