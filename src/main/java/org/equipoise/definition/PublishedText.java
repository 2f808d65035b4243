package org.equipoise.definition;

import java.time.Instant;

/**
 * A definition file as a snapshot was last published by it.
 *
 * @param text its canonical text
 * @param asOf a site's mapping: when the latest export in use was taken; else when it was first published by
 */
public record PublishedText(String text, Instant asOf) {}
