package org.equipoise.wrong.pipeline;

/** What a feature must not know. */
public enum Order {
    FIRST
}
