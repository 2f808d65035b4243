package org.equipoise.wrong.staging;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Autowired;

/** What a class needs must come with its constructor. */
class HasFieldsFilled {
    @Autowired
    Clock clock;
}
