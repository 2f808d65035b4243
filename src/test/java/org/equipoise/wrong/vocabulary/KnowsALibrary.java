package org.equipoise.wrong.vocabulary;

import tools.jackson.databind.JsonNode;

/** A shared value must know the JDK only. */
record KnowsALibrary(JsonNode value) {}
