package org.equipoise.drafting;

/** What a coordinator says to a guess. */
public record Answer(String file, String column, String about, String text) {}
